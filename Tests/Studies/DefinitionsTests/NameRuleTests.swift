import Definitions
import Testing

@Suite struct NameRuleTests {
    @Test("A study's name is lower-case words with hyphens, of a length that a folder's can have")
    func study() {
        for name in ["toy", "a", "1", "pair-proxy-mnist", String(repeating: "a", count: 100)] {
            #expect(NameRule.study.problem(with: name) == nil, "\(name)")
        }
        for name in [
            "", ".", "..", "-a", "a-", "a--b", "A", "a b", "a/b", "../x", "z.yml", "a_b", "ä", "a\n", "a\u{0}",
        ] {
            #expect(
                NameRule.study.problem(with: name) == "is no name of a study: use lower-case letters, digits, hyphens")
        }
        #expect(
            NameRule.study.problem(with: String(repeating: "a", count: 101))
                == "is no name of a study: use at most 100 characters")
    }

    @Test("A name that stands for something else already is no name of a new thing")
    func reserved() {
        #expect(NameRule.study.problem(with: "published") == "is no name of a study: it is kept for something else")
        #expect(NameRule.study.problem(with: "published-2") == nil)
        for name in MeasureSpecification.reservedColumns {
            #expect(NameRule.column.problem(with: name)?.contains("use none of") == true)
        }
    }

    @Test("Regimes, pictures and columns have the characters that their places allow")
    func others() {
        #expect(NameRule.regime.problem(with: "batch-1.5") == nil && NameRule.regime.problem(with: "a_b") == nil)
        #expect(NameRule.regime.problem(with: "../a") != nil && NameRule.regime.problem(with: "") != nil)
        #expect(NameRule.picture.problem(with: "a_b") == nil && NameRule.picture.problem(with: "a.svg") != nil)
        #expect(NameRule.column.problem(with: "trace_2") == nil && NameRule.column.problem(with: "2nd") != nil)
    }
}
