import Testing
import Typography

@Suite struct TextWidthTests {
    @Test(
        "Wide characters and emoji take two cells of a terminal, marks none",
        arguments: [("ab", 2), ("日本", 4), ("e\u{301}", 1), ("🙂", 2), ("ﬁ", 1), ("", 0)])
    func width(text: String, cells: Int) {
        #expect(displayWidth(text) == cells)
    }

    @Test("Control characters are spelt out, others stay")
    func controls() {
        #expect(visibleControls("x\u{1B}[31m\ny – é") == "x\\u{1B}[31m\\ny – é")
    }
}
