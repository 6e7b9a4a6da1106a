import Plots
import Reports
import Testing

@Suite struct TerminalRendererTests {
    private func text(_ blocks: Block...) throws -> String {
        try #require(ReportFormat(named: "terminal")).render(Report(name: "r", [ReportSection(blocks)]))
    }

    @Test("Titles and sections are underlined, text has no marks, blocks are a line apart")
    func plain() throws {
        let found = try text(
            .heading(1, "Title"), .heading(2, "Part \(code: "x")"), .heading(3, "Detail"),
            .paragraph("\(code: "a*b") is \(strong: "supported")\(" here", link: "#x"), \("there", link: "u.html")"),
            .list(["one", "two"]), .command(["basin run x"]), .note("Of n = 3."))
        #expect(
            found == """
                Title
                =====

                Part x
                ------

                Detail

                a*b is supported here, there (u.html)

                - one
                - two

                    basin run x

                Of n = 3.

                """)
    }

    @Test("Text breaks at spaces within a hundred cells, a list's under its text; a long word has its own line")
    func wrapping() throws {
        let words = Prose(Array(repeating: "nine_char", count: 25).joined(separator: " "))
        let paragraph = try text(.paragraph(words)).split(separator: "\n")
        #expect(paragraph.map(\.count) == [99, 99, 49])
        let item = try text(.list([words])).split(separator: "\n")
        #expect(item[0].hasPrefix("- nine") && item.dropFirst().allSatisfy { $0.hasPrefix("  nine") })
        #expect(item.allSatisfy { $0.count <= 100 })
        let long = String(repeating: "x", count: 120)
        #expect(try text(.paragraph(Prose("a \(long) b"))) == "a\n\(long)\nb\n")
    }

    @Test("A picture is its words, a table as commands print it, and control characters are spelt out")
    func others() throws {
        let picture = Illustration(.matrix, saying: "rho of all", Picture(sentence: "Nothing.", title: "t"))
        #expect(try text(.picture(picture), .gallery([picture])) == "[picture: rho of all]\n\n[picture: rho of all]\n")
        let table = Table(["a"], rows: [["b"]])
        #expect(try text(.table(table)) == table.render(.table))
        #expect(try text(.paragraph(Prose([.authored("x\u{1B}[31my")]))) == "x\\u{1B}[31my\n")
    }
}

@Suite struct ReportFormatTests {
    @Test("Every format is found by its name, says what it does, and writes a file of its own or prints")
    func catalogue() {
        let names = ReportFormat.all.map(\.name)
        #expect(Set(names).count == names.count && names.contains("markdown") && names.contains("terminal"))
        for format in ReportFormat.all {
            #expect(ReportFormat(named: format.name)?.fileName == format.fileName && !format.summary.isEmpty)
        }
        let files = ReportFormat.all.compactMap(\.fileName)
        #expect(Set(files).count == files.count && files.contains("report.md"))
        #expect(ReportFormat(named: "word") == nil)
    }
}
