import Documents
import Testing

@Suite struct YAMLDocumentTests {
    @Test("A document says what its reader takes from it")
    func content() throws {
        let document = try YAMLDocument(text: "bread: rye\n", path: "recipe.yml")
        #expect(document.path == "recipe.yml")
        #expect(try document.read(as: "the recipe") { $0.text("bread") } == "rye")
    }

    @Test(
        "Broken syntax is told with its line and what the parser was about",
        arguments: [
            ("a: 1\nb: [3, 2\nc: 3\n", "3: not YAML: while parsing a flow sequence, did not find expected ',' or ']'"),
            ("a: 1\nb: \"open\n", "3: not YAML: while scanning a quoted scalar, found unexpected end of stream"),
            ("a: 1\n---\nb: 2\n", "2: not YAML: expected a single document in the stream, but found another document"),
            ("a: 1\nb: *nobody\n", "2: not YAML: found undefined alias"),
            ("a: 1\nb: 2\nc: \u{1}\n", "3: not YAML: control characters are not allowed"),
        ])
    func syntax(text: String, problem: String) throws {
        #expect(try noted(text) == [problem])
    }

    @Test("A text without content is refused", arguments: ["", "\n\n", "# a remark\n"])
    func empty(text: String) throws {
        #expect(try noted(text) == ["1: the file is empty"])
    }

    @Test("A key that stands twice is refused, at the root and below")
    func duplicates() throws {
        #expect(try noted("a: 1\nb: 2\na: 3\n").map { $0.drop { $0 != " " } } == [" a key is given twice: 'a'"])
        #expect(try noted("a:\n  b: 1\n  b: 2\n").map { $0.drop { $0 != " " } } == [" a key is given twice: 'b'"])
    }

    @Test(
        "A whole that is no mapping is refused by the name that it has in messages",
        arguments: [
            ("- a\n- b\n", "a list"), ("nonsense\n", "'nonsense'"), ("~", "nothing (~)"),
        ])
    func noMapping(text: String, kind: String) throws {
        #expect(try noted(text, as: "the menu") == ["1: the menu needs keys and values, not \(kind)"])
    }

    @Test("An alias stands for what its anchor names")
    func alias() throws {
        let document = try YAMLDocument(text: "a: &it {size: 3}\nb: *it\n", path: "recipe.yml")
        #expect(try document.read(as: "the recipe") { $0.mapping("b")?.integer("size", in: 0...9) } == 3)
    }
}
