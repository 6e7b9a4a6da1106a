import Documents
import Testing

@Suite struct YAMLExpansionTests {
    /// Ten lists, each of nine times the one before.
    private static let bomb: String = {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for depth in 1...9 {
            let aliases = [String](repeating: "*a\(depth - 1)", count: 9).joined(separator: ", ")
            text += "a\(depth): &a\(depth) [\(aliases)]\n"
        }
        return text
    }()

    @Test("Aliases of aliases are counted before they are followed, as values and in keys", .timeLimit(.minutes(1)))
    func bombs() throws {
        #expect(try noted(Self.bomb).first?.contains("with its aliases written out, this has more than") == true)
        // Each key is compared value by value, and so is each that it is within.
        let small = Self.bomb.split(separator: "\n").prefix(6).joined(separator: "\n") + "\n"
        for key in [
            "? *a5\n: 1\n", "*a5 : 1\n", "{*a5 : 1}\n", "? [*a5]\n: 1\n", "? {b: *a5}\n: 1\n", "? - *a5\n: 1\n",
        ] {
            let text = key.hasPrefix("{") ? small + "z: " + key : small + key
            #expect(
                try noted(text).first == "7: a key is a list, or keys and values, and a long one: a key is a word",
                "\(key)")
        }
    }

    @Test("Keys within keys are counted as often as they are compared", .timeLimit(.minutes(1)))
    func nestedKeys() throws {
        let list = [String](repeating: "1", count: 100_000).joined(separator: ",")
        let text = String(repeating: "? ", count: 900) + "[\(list)]\n"
        #expect(try noted(text).first?.contains("a key is a word") == true)
    }

    @Test("Ordinary aliases, and a short list for a key, are the reader's to judge")
    func ordinary() throws {
        let shared = "a: &it {size: 3}\n" + (0..<500).map { "b\($0): *it\n" }.joined()
        #expect(try noted(shared) { root in for key in root.keys { _ = root.value(key) } } == [])
        #expect(try noted("[1, 2]: 3\n") == ["1: a key of the recipe is a list, not a word"])
        let named = try noted("a: &name b\n*name : 1\n") { root in for key in ["a", "b"] { _ = root.value(key) } }
        #expect(named == [])
    }

    @Test("However deep a text is nested, it is read or refused", .timeLimit(.minutes(1)))
    func deep() throws {
        for text in [
            String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 100_000),
            String(repeating: "- ", count: 100_000), String(repeating: "? ", count: 100_000),
            "a: " + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000),
        ] {
            #expect(try !noted(text).isEmpty)
        }
    }
}
