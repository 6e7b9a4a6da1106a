import Testing
import Typography

@Suite struct TextWidthTests {
    @Test(
        "Wide characters and emoji take two cells of a terminal, marks none",
        arguments: [("ab", 2), ("日本", 4), ("e\u{301}", 1), ("🙂", 2), ("ﬁ", 1), ("", 0)])
    func width(text: String, cells: Int) {
        #expect(displayWidth(text) == cells)
    }

    @Test(
        "A text is cut behind a character to so many cells, with an ellipsis where something is missing",
        arguments: [
            ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("e\u{301}bc", 2, "e\u{301}…"),
            ("ab", 1, "…"), ("ab", 0, ""), ("", 0, ""), ("ab", -3, ""),
        ])
    func cut(text: String, cells: Int, shown: String) {
        #expect(shortened(text, toCells: cells) == shown)
        #expect(displayWidth(shortened(text, toCells: cells)) <= max(0, cells))
    }
}
