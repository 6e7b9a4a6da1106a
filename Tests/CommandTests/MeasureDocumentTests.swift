import Foundation
import Reports
import Testing

/// docs/measures.md is what the catalogues say.
@Suite struct MeasureDocumentTests {
    @Test("The page on measures is that of the catalogues")
    func current() throws {
        let page = try String(contentsOfFile: packageFolder + "/docs/measures.md", encoding: .utf8)
        #expect(
            page == MeasureReference.markdown(),
            "renew it with 'basin measures --reference > docs/measures.md'")
    }

    @Test("The command prints the page, and nothing else")
    func command() throws {
        let printed = try Workplace().basin("measures", "--reference")
        #expect(printed.status == 0 && printed.errors.isEmpty)
        #expect(printed.output == MeasureReference.markdown())
    }

    @Test("The page has each option with its values and its default")
    func options() {
        let page = MeasureReference.markdown()
        #expect(page.contains("| probes | a whole number from 2 to 1000000 | 30 | random sign vectors |"))
        #expect(
            page.contains("| layer | a whole number from 1 to 64 | the last | which hidden layer, counted from 1 |"))
        #expect(page.contains("| points | unseen or training | unseen | where patterns are counted |"))
    }

    @Test("The page is asked for as a whole, not of one measure")
    func oneMeasure() throws {
        let refused = try Workplace().basin("measures", "pair_proxy", "--reference")
        #expect(refused.status == 2 && refused.errors.contains("leave the id out"))
    }
}
