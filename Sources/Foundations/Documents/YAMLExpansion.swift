import CYaml

/// What a text's aliases make of it, counted before a tree is made: a few hundred bytes of aliases of aliases can stand
/// for more values than any memory holds.
struct YAMLExpansion {
    /// A value that an anchor names.
    private struct Named {
        /// Itself and all below it, each alias counted as what it stands for.
        var size: Int
        var isCollection: Bool
    }

    /// A list or mapping whose end is still to come.
    private struct Open {
        var isMapping: Bool
        var anchor: String?
        var line: Int
        var size = 1
        /// Keys and values so far.
        var children = 0
    }

    private var named: [String: Named] = [:]
    private var open: [Open] = []
    /// Values in all keys that are lists or mappings: keys are compared, whatever they are.
    private var sizeOfKeys = 0

    /// All values of a document, and those in its keys. No study file comes near.
    private static let (most, mostInKeys) = (2_000_000, 10_000)

    /// What is wrong; nil, too, for a text that is no YAML, which its parser says better.
    ///
    /// - Complexity: O(length).
    static func problem(with text: String) -> DocumentError.Problem? {
        var text = text
        return text.withUTF8 { bytes in
            var parser = yaml_parser_t()
            guard yaml_parser_initialize(&parser) == 1 else { return nil }
            defer { yaml_parser_delete(&parser) }
            yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
            yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
            var expansion = YAMLExpansion()
            while true {
                var event = yaml_event_t()
                guard yaml_parser_parse(&parser, &event) == 1 else { return nil }
                defer { yaml_event_delete(&event) }
                if event.type == YAML_STREAM_END_EVENT { return nil }
                if let problem = expansion.take(event) { return problem }
            }
        }
    }

    private mutating func take(_ event: yaml_event_t) -> DocumentError.Problem? {
        let line = Int(event.start_mark.line) + 1
        switch event.type {
        case YAML_ALIAS_EVENT:
            // One that names nothing is the parser's to tell.
            let value = Self.text(event.data.alias.anchor).flatMap { named[$0] }
            return add(value ?? Named(size: 1, isCollection: false), line: line)
        case YAML_SCALAR_EVENT:
            let value = Named(size: 1, isCollection: false)
            if let anchor = Self.text(event.data.scalar.anchor) { named[anchor] = value }
            return add(value, line: line)
        case YAML_SEQUENCE_START_EVENT:
            begin(isMapping: false, anchor: Self.text(event.data.sequence_start.anchor), line: line)
        case YAML_MAPPING_START_EVENT:
            begin(isMapping: true, anchor: Self.text(event.data.mapping_start.anchor), line: line)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            guard let ended = open.popLast() else { return nil }
            let value = Named(size: ended.size, isCollection: true)
            if let anchor = ended.anchor { named[anchor] = value }
            return add(value, line: ended.line)
        default: break
        }
        return nil
    }

    private mutating func begin(isMapping: Bool, anchor: String?, line: Int) {
        open.append(Open(isMapping: isMapping, anchor: anchor, line: line))
    }

    private var nextIsKey: Bool { open.last.map { $0.isMapping && $0.children.isMultiple(of: 2) } ?? false }

    /// Takes a whole value into what is open around it.
    private mutating func add(_ value: Named, line: Int) -> DocumentError.Problem? {
        guard !open.isEmpty else { return nil }
        if nextIsKey, value.isCollection {
            // Neither sum overflows: each part is at most `most`, and the first that is beyond ends the count.
            sizeOfKeys += value.size
            if sizeOfKeys > Self.mostInKeys {
                return .init(
                    line: line, message: "a key is a list, or keys and values, and a long one: a key is a word")
            }
        }
        open[open.count - 1].children += 1
        open[open.count - 1].size += value.size
        if open[open.count - 1].size > Self.most {
            return .init(
                line: line, message: "with its aliases written out, this has more than \(Self.most) values: state fewer"
            )
        }
        return nil
    }

    private static func text(_ anchor: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        anchor.map { String(cString: $0) }
    }
}
