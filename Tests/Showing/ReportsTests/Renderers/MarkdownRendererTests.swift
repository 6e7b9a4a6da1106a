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
            (.text("a*b <c> d_e"), "a\\*b \\<c> d_e"), (.authored("a*b <c>"), "a*b <c>"), (.code("a*b"), "`a*b`"),
            (.emphasis("a*b"), "*a\\*b*"), (.strong("no*"), "**no\\***"),
            (.link("a*b", to: "#there"), "[a\\*b](#there)"), (.lineBreak, "\n"),
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
        let picture = "![a \\<against> b](scatter-a.svg)\n"
        #expect(text([.gallery(pictures)], [.paragraph("z")]) == "\(picture)\n\(picture)\n\nz\n")
    }
}
