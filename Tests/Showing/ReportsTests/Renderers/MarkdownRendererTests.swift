import Diagnostics
import Plots
import Reports
import Testing

@Suite struct MarkdownRendererTests {
    private func text(_ sections: [Block]...) -> String {
        ReportFormat.markdown.render(Report(name: "r", sections.map { ReportSection($0) }))
    }

    static let illustration = Illustration(
        .scatter, of: ["a"], saying: "a <against> b", Picture(sentence: "Nothing.", title: "t"))

    @Test(
        "Each kind of text has its marks, and what is plain is escaped",
        arguments: [
            (.text("a*b <c> d_e"), "a\\*b \\<c> d_e"), (.authored("a*b <c>"), "a\\*b \\<c>"), (.code("a*b"), "`a*b`"),
            (.code("a``b`"), "``` a``b` ```"), (.code(""), "`  `"), (.code("a\n\u{1B}b"), "`a \\u{1B}b`"),
            (.emphasis("a*b"), "*a\\*b*"), (.strong("no*"), "**no\\***"),
            (.link("a*b", to: "#there"), "[a\\*b](#there)"), (.lineBreak, "\n"), (.strong(""), ""),
            (.link("a", to: "studies.md"), "[a](studies.md)"),
            (.link("a", to: "https://x.org/a_b?c=d&e=(f) g"), "[a](https://x.org/a_b?c=d&e=%28f%29%20g)"),
            (.link("a]b", to: "javascript:alert(1)"), "a\\]b"), (.link("a", to: "JaVaScript:x"), "a"),
            (.link("a", to: "data:text/html,x"), "a"), (.link("a", to: "//evil.org"), "a"), (.link("a", to: ""), "a"),
            (.link("a", to: "\u{1}javascript:x"), "a"), (.link("a", to: "file:///etc/passwd"), "a"),
        ] as [(Inline, String)])
    func inlines(inline: Inline, markdown: String) {
        #expect(text([.paragraph(Prose([inline]))]) == markdown + "\n")
    }

    @Test(
        "Each kind of block has its lines",
        arguments: [
            (.heading(1, "A \(code: "b")"), "# A `b`\n"), (.heading(3, "C"), "### C\n"), (.paragraph("p"), "p\n"),
            (.note("n"), "n\n"), (.list(["one", "\(strong: "two")"]), "- one\n- **two**\n"),
            (.command(["basin run x", "basin report x"]), "    basin run x\n    basin report x\n"),
            (.picture(illustration), "![a \\<against> b](scatter-a.svg)\n"),
        ] as [(Block, String)])
    func blocks(block: Block, markdown: String) {
        #expect(text([block]) == markdown)
    }

    @Test("Blocks and sections are a line apart; tables and galleries at a section's end two")
    func distances() {
        let table = Block.table(Table(["a"], rows: [[1]]))
        let lines = "| a |\n| ---: |\n| 1 |\n"
        #expect(text([.paragraph("x"), table, .note("y")], [.paragraph("z")]) == "x\n\n\(lines)\ny\n\nz\n")
        #expect(text([table], [.paragraph("z")]) == "\(lines)\n\nz\n")
        let pictures = [Self.illustration, Self.illustration]
        func picture(_ name: String) -> String { "![a \\<against> b](\(name).svg)\n" }
        #expect(
            text([.gallery(pictures)], [.paragraph("z")])
                == "\(picture("scatter-a"))\n\(picture("scatter-a-2"))\n\nz\n")
    }

    /// What people who mean harm write into a study's file, and people who do not.
    static let hostile = [
        "<script>alert(1)</script>", "![x](https://evil.org/x.png)", "[x](javascript:alert(1))",
        "<img src=x onerror=y>",
        "a|b", "_p_ *q* **r** ~s~ `t`", "w<k and k>2 for lr*2 and batch*2?", "&lt;b&gt;", "$x$", "one\ntwo\r\n# three",
        "\u{1B}]0;title\u{7}", "a\u{202E}b", "a\u{0}b", "# a", "- a", "+ a", "> a", "1. a", "2) a", "    code", "a #",
        "\\*a", "<!-- a", "| a | b |\n| - | - |", "a\u{9B}31m", "=\n===", "\t- a",
    ]

    @Test("What an author writes is text in every block, on one line, whatever it is", arguments: hostile)
    func authored(text author: String) throws {
        let blocks: [Block] = [
            .heading(1, "\(authored: author)"), .paragraph("\(authored: author)"), .note(Prose(author)),
            .list(["\(authored: author)"]), .paragraph("Source: \(authored: author)."), .command([author]),
            .picture(
                Illustration(.figure, of: [author], saying: author, Picture(sentence: author, title: author))),
        ]
        for block in blocks {
            let found = text([block])
            #expect(found.split(separator: "\n", omittingEmptySubsequences: false).count == 2, "\(found)")
            #expect(found.withVisibleControls == found)
            // No mark of any kind but one that is escaped; the text of a command has none.
            if case .command = block { continue }
            var marks = found.replacing("<br>", with: "")
            for escaped in ["\\\\"] + "|`*[]<~&$_#".map({ "\\\($0)" }) { marks = marks.replacing(escaped, with: "") }
            for prefix in ["# ", "- ", "!["] where marks.hasPrefix(prefix) { marks.removeFirst(prefix.count) }
            #expect(!marks.contains { "<`*[~$".contains($0) }, "\(found)")
            // What follows a heading's mark is text, whatever it begins with.
            if case .heading = block { continue }
            let beginning = found.drop { "#-".contains($0) }.drop { $0 == " " }
            #expect(beginning.first.map { !"#-+>=".contains($0) } ?? true, "\(found)")
            #expect(!found.hasPrefix(" ") && beginning.prefix(2) != "1." && beginning.prefix(2) != "2)", "\(found)")
        }
        let table = Table(
            ["\(author)"].map { Table.Column($0) }, rows: [[.text(author)], [.strong(author)], [.missing(author)]])
        let lines = table.render(.markdown).split(separator: "\n")
        #expect(lines.count == 6)
        #expect(lines.prefix(5).allSatisfy { line in line.replacing("\\|", with: "").count { $0 == "|" } == 2 })
        #expect(table.render(.markdown).withVisibleControls == table.render(.markdown))
        #expect(table.render(.table).withVisibleControls == table.render(.table))
        #expect(!table.render(.json).unicodeScalars.contains { $0 != "\n" && $0.commandsItsReader })
        let plain = try #require(ReportFormat(named: "terminal")).render(Report(name: "r", [ReportSection(blocks)]))
        #expect(plain.withVisibleControls == plain && !plain.contains("\t"))
    }
}
