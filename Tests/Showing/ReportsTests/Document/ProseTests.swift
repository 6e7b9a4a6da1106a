import Reports
import Testing

@Suite struct ProseTests {
    @Test("What is inserted says what it is, and plain text beside plain text is one")
    func insertions() {
        let name = "pair_proxy"
        let text: Prose =
            "\(code: name) is \(strong: "supported") in \(3) of \(4.5), \(emphasis: "not") \("here", link: "#there")"
        #expect(
            text.inlines == [
                .code("pair_proxy"), .text(" is "), .strong("supported"), .text(" in 3 of 4.5, "), .emphasis("not"),
                .text(" "), .link("here", to: "#there"),
            ])
        #expect(text.plainText == "pair_proxy is supported in 3 of 4.5, not here")
    }

    @Test("Prose within prose, and an empty one, leave no seam")
    func nesting() {
        let inner: Prose = "a \(code: "b")"
        let whole: Prose = "\(inner), \(Prose())c"
        #expect(whole == Prose([.text("a "), .code("b"), .text(", c")]))
        #expect([inner, inner].joined(separator: "; ").plainText == "a b; a b")
        #expect(Prose("").isEmpty && ("" as Prose).isEmpty && Prose([.lineBreak, .text("x")]).plainText == " x")
    }
}
