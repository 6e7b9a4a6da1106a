import Reports
import Testing

@Suite struct MarkdownTableTests {
    @Test("Markup is escaped, and an underscore inside a word stays")
    func escaping() {
        #expect(markdownEscaped("a|b *c* `d` <e> [f](g) h\\i") == "a\\|b \\*c\\* \\`d\\` \\<e> \\[f\\](g) h\\\\i")
        #expect(markdownEscaped("pair_proxy _x_ __init__") == "pair_proxy \\_x\\_ \\_\\_init\\_\\_")
        #expect(markdownEscaped("one\r\ntwo\nthree\rfour") == "one<br>two<br>three<br>four")
    }

    @Test("Notes on missing values stand below the table")
    func notes() {
        let table = Table(["measure", "rho"], rows: [["a_b", 0.5], ["c", .missing("constant | flat")]])
        #expect(
            table.render(.markdown) == """
                | measure | rho |
                | :--- | ---: |
                | a_b | 0.5000 |
                | c | – (1) |

                (1) constant \\| flat

                """)
    }
}
