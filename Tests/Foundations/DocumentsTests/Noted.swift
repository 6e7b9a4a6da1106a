import Documents

/// What is noted while `content` reads a text, as "LINE: MESSAGE"; empty when nothing is.
func noted(_ text: String, as name: String = "the recipe", _ content: (MappingReader) -> Void = { _ in }) throws
    -> [String]
{
    do {
        try YAMLDocument(text: text, path: "recipe.yml").read(as: name, content)
        return []
    } catch let error as DocumentError {
        return error.problems.map { "\($0.line): \($0.message)" }
    }
}
