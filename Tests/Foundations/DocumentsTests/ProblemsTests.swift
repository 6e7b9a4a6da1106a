import Documents
import Testing

@Suite struct ProblemsTests {
    @Test("A hundred problems are listed; of more it is said that there are", .timeLimit(.minutes(1)))
    func many() throws {
        func error(_ count: Int) throws -> DocumentError? {
            let text = (0..<count).map { "key\($0): 1\n" }.joined()
            let document = try YAMLDocument(text: text, path: "recipe.yml")
            return #expect(throws: DocumentError.self) {
                try document.read(as: "the recipe") { root in
                    _ = root.value("flour")
                    root.finish()
                }
            }
        }
        let hundred = try #require(try error(100))
        #expect(hundred.problems.count == 100 && !hundred.isCut)
        let more = try #require(try error(100_000))
        #expect(more.problems.count == 100 && more.isCut)
        let lines = more.description.split(separator: "\n")
        #expect(lines.count == 101 && lines.last?.contains("these are the first 100") == true)
    }

    @Test("A message that quotes something endless stays readable")
    func endless() throws {
        let endless = String(repeating: "a", count: 1_000_000)
        for text in ["? \(endless)\n: 1\n", "eggs: \(endless)\n", "flour: \(endless)\n"] {
            let found = try noted(text) { root in
                _ = root.integer("eggs", in: 0...9)
                _ = root.choice("flour", among: ["rye", "spelt"])
                root.finish()
            }
            #expect(
                found.count == 1 && found.allSatisfy { $0.count < 300 && $0.contains("aaa…") }, "\(found.map(\.count))")
        }
        let named = try noted("eggs: 1\n") { $0.complain(endless, "is too long") }
        #expect(named.count == 1 && named.allSatisfy { $0.count < 3000 && $0.hasSuffix("is too long") })
    }
}
