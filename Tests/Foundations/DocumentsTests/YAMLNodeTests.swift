import Documents
import Testing

@Suite struct YAMLNodeTests {
    private func node(_ yaml: String) throws -> YAMLNode { try YAMLDocument(text: yaml, path: "node.yml").root }

    @Test("Quotes make a text of a number", arguments: ["\"250\"", "'250'"])
    func quotes(yaml: String) throws {
        let node = try node(yaml)
        #expect(node.text == "250")
        #expect(node.integer == nil)
        #expect(node.number == nil)
        #expect(node.kind == "the text \"250\"")
    }

    @Test(
        "A plain number is a number and a text",
        arguments: [("250", 250, 250), ("-0.5", nil, -0.5), ("1e-4", nil, 1e-4)])
    func numbers(yaml: String, integer: Int?, number: Double) throws {
        let node = try node(yaml)
        #expect(node.integer == integer)
        #expect(node.number == number)
        #expect(node.text == yaml)
        #expect(node.kind == "'\(yaml)'")
    }

    @Test(
        "Nothing is a plain tilde or null, and no text in quotes",
        arguments: [
            ("~", true), ("null", true), ("\"\"", false), ("'null'", false), ("[]", false), ("0", false),
        ])
    func nothing(yaml: String, isNull: Bool) throws {
        #expect(try node(yaml).isNull == isNull)
    }

    @Test("A block scalar's text ends with its last word")
    func block() throws {
        #expect(try node(">\n  A title.\n  2020.\n").text == "A title. 2020.")
        #expect(try node("|\n  one\n  two\n\n").text == "one\ntwo")
    }

    @Test("A list hands out its elements, each with its line")
    func elements() throws {
        let elements = try #require(try node("- a\n- {b: 1}\n\n- [c]\n").elements)
        #expect(elements.map(\.line) == [1, 2, 4])
        #expect(elements.map(\.kind) == ["'a'", "keys and values", "a list"])
        #expect(elements.map(\.text) == ["a", nil, nil])
        #expect(try node("a").elements == nil)
    }
}
