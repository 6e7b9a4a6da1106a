import Foundation
import Reports
import Testing

@Suite struct JSONRowsTests {
    @Test("Keys follow the order of the columns")
    func keyOrder() {
        let table = Table(["z", "a", "m"], rows: [[1, "t", 0.5], [nil, .missing("why"), .real(-.infinity)]])
        #expect(
            table.render(.json) == """
                [
                  {"z": 1, "a": "t", "m": 0.5},
                  {"z": null, "a": null, "m": null}
                ]

                """)
    }

    @Test("Foundation's parser reads back texts with quotes, controls and emoji, and every digit of a real")
    func roundTrip() throws {
        let texts = [
            "\"quoted\" \\ back", "line\nbreak\r\ttab", "bell\u{7}\u{1F}\u{7F}", "ü 日本 🙂\u{9B}\u{202E}\u{2028}", "",
        ]
        let numbers = [0.1, 1.0 / 3, Double.leastNonzeroMagnitude, 1.7976931348623157e308, -1e-30]
        let table = Table(["text", "number"], rows: zip(texts, numbers).map { [.text($0), .real($1)] })
        struct Row: Decodable { var text: String, number: Double }
        let rows = try JSONDecoder().decode([Row].self, from: Data(table.render(.json).utf8))
        #expect(rows.map(\.text) == texts)
        #expect(rows.map(\.number) == numbers)
    }

    @Test("A column name that occurs again gets a suffix that is free")
    func repeatedNames() {
        let table = Table(["n", "n_2", "n"], rows: [[1, 2, 3]])
        #expect(table.render(.json) == "[\n  {\"n\": 1, \"n_2\": 2, \"n_3\": 3}\n]\n")
    }
}
