import Testing
import Typography

@Suite struct TextWidthTests {
    @Test(
        "Wide characters and emoji take two cells of a terminal, marks none",
        arguments: [("ab", 2), ("日本", 4), ("e\u{301}", 1), ("🙂", 2), ("ﬁ", 1), ("", 0)])
    func width(text: String, cells: Int) {
        #expect(displayWidth(text) == cells)
    }
}
