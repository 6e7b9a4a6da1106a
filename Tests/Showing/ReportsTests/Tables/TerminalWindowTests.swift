import Reports
import Testing
import Typography

@Suite struct TerminalWindowTests {
    private static let table: Table = {
        var table = Table(
            [
                "name", Table.Column("word", tones: ["good": .good]), Table.Column("n"),
                Table.Column("p", format: .significant(2)), "why",
            ],
            rows: [
                ["a_measure", "good", 100, 0.5, "because of something that takes many words to say, as reasons do"],
                ["b", "bad", 7, 0.00012, "short"],
            ])
        table.essential = ["name", "word", "why"]
        return table
    }()

    private func lines(_ columns: Int, isColoured: Bool = false) -> [String] {
        Self.table.terminalText(in: TerminalWindow(columns: columns, isColoured: isColoured))
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test("No line of rows is wider than the window", arguments: 40...140)
    func fits(columns: Int) {
        for line in lines(columns).prefix(4) { #expect(displayWidth(line) <= columns) }
    }

    @Test("What matters most is shown first, and what is left out is named")
    func essential() {
        let text = lines(42)
        #expect(text[0].hasPrefix("name") && text[0].contains("why") && !text[0].contains(" n "))
        #expect(text[2].hasSuffix("…"))
        #expect(text.contains("Not shown: n, p. --wide shows all."))
    }

    @Test("A window that has the room shows all and says nothing of it")
    func whole() {
        let text = lines(140)
        #expect(text[2].hasSuffix("as reasons do") && !text.contains { $0.contains("--wide") })
    }

    @Test("Points of numbers stand below each other")
    func points() throws {
        let text = lines(140)
        let places = try text[2...3].map { line in
            try #require(line.firstIndex(of: ".").map { line.distance(from: line.startIndex, to: $0) })
        }
        #expect(places[0] == places[1])
    }

    @Test("A word that has a colour is painted where the terminal has colours, and nowhere else")
    func colours() {
        #expect(lines(140, isColoured: true)[2].contains("\u{1B}[32mgood\u{1B}[0m"))
        #expect(!lines(140, isColoured: true)[3].contains("\u{1B}"))
        #expect(!lines(140).joined().contains("\u{1B}"))
        #expect(!Self.table.render(.table).contains("\u{1B}"))
    }
}
