import Definitions
import Documents

/// A kind of models that study files can ask for: every kind of the catalogue but a simulation's.
protocol ReadableKind: ModelKind {
    /// The kind's sections (`about.sections`) with the keys that may stand in them.
    static var keys: [StudyFileKey] { get }

    /// What a file says of such models in the kind's sections, with all that is wrong noted.
    ///
    /// - Parameter study: the study's root, perhaps with some keys overridden.
    static func read(_ study: MappingReader) -> Self
}

extension ModelKindCatalogue {
    /// Those that a file can ask for, in the catalogue's order.
    static let readable: [any ReadableKind.Type] = all.compactMap { $0 as? any ReadableKind.Type }

    /// The kind whose sections a file has; the first of the catalogue where it has none.
    ///
    /// A file that has sections of several means the last of them: sections of the first are asked of every file.
    static func kind(of study: MappingReader) -> any ReadableKind.Type {
        readable.last { kind in kind.about.sections.contains { study.value($0.key) != nil } } ?? readable[0]
    }
}
