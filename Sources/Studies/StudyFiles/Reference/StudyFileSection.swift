import Definitions

/// A section of study files: a mapping with its declared keys, for whoever describes them.
public struct StudyFileSection: Sendable {
    /// As "data.probes" or "claims[]"; empty for the file itself.
    public let path: String
    public let summary: String
    public let keys: [StudyFileKey]
    /// What further keys depend on, where they do.
    public let variation: Variation?

    /// Keys that go with the value of another one.
    public struct Variation: Sendable {
        /// The key whose value tells which.
        public let key: String
        /// What goes with each of its values.
        public let variants: [StudyFileKey.Variant]
        /// The command that says all about each; nil where nothing says more than the variants do.
        public let help: String?
    }

    /// All sections: the file, then those of each kind of models, then the others, each before those inside it.
    public static var all: [StudyFileSection] {
        let kinds = ModelKindCatalogue.readable.flatMap { $0.keys }.reduce(into: [StudyFileKey]()) { keys, key in
            // Kinds share sections.
            if !keys.contains(where: { $0.name == key.name }) { keys.append(key) }
        }
        let file = StudyFileSection(
            path: "", summary: "at the root of the file", keys: RootKeys.all + kinds, variation: nil)
        return [file] + (kinds + RootKeys.all).flatMap { sections(in: $0, under: "") }
    }

    /// The keys that stand at the root in place of this one; empty for a key of every file.
    public static func alternatives(to key: StudyFileKey) -> [[String]] {
        let kinds = ModelKindCatalogue.readable.map { $0.keys.map(\.name) }
        guard kinds.contains(where: { $0.contains(key.name) }) else { return [] }
        // What stands beside this key, too, is no alternative to it.
        let beside = Set(kinds.filter { $0.contains(key.name) }.joined())
        return kinds.filter { !$0.contains(key.name) }.map { $0.filter { !beside.contains($0) } }
    }

    private static func sections(in key: StudyFileKey, under path: String) -> [StudyFileSection] {
        mappings(in: key.kind).flatMap { suffix, keys, variation in
            let place = path + key.name + suffix
            return [StudyFileSection(path: place, summary: key.summary, keys: keys, variation: variation)]
                + keys.flatMap { sections(in: $0, under: place + ".") }
        }
    }

    private static func mappings(
        in kind: StudyFileKey.Kind
    ) -> [(suffix: String, keys: [StudyFileKey], variation: Variation?)] {
        switch kind {
        case .mapping(let keys): [("", keys, nil)]
        case .variants(let keys, let key, let help, let variants):
            [("", keys, Variation(key: key, variants: variants, help: help))]
        case .list(let element): mappings(in: element).map { ("[]" + $0.suffix, $0.keys, $0.variation) }
        case .either(let kinds): kinds.flatMap(mappings)
        default: []
        }
    }
}
