import Definitions
import Documents

/// A kind of models that study files can ask for: every kind of the catalogue but a simulation's.
protocol ReadableKind: ModelKind {
    /// The kind's sections (`about.sections`) with the keys that may stand in them.
    static var keys: [StudyFileKey] { get }

    /// What a file says of the study's models, with all that is wrong noted.
    ///
    /// - Parameters:
    ///   - study: the study's root.
    ///   - folder: where files lie that it names.
    static func configurations(_ study: MappingReader, in folder: StudyFolder) -> [Configuration]
}

/// A kind whose models are made of seeds and of settings that regimes and a grid may vary: the file has a section
/// `population`.
protocol PopulatedKind: ReadableKind {
    /// What a file says of such models in the kind's sections, with all that is wrong noted.
    ///
    /// - Parameter study: the study's root, perhaps with some keys overridden.
    static func read(_ study: MappingReader, in folder: StudyFolder) -> Self
}

extension PopulatedKind {
    static func configurations(_ study: MappingReader, in folder: StudyFolder) -> [Configuration] {
        study.require(RootKeys.population)
        return PopulationReader(study: study, kind: self, folder: folder).configurations(
            study.mapping(RootKeys.population))
    }
}

extension ModelKindCatalogue {
    /// Those that a file can ask for, in the catalogue's order.
    static let readable: [any ReadableKind.Type] = all.compactMap { $0 as? any ReadableKind.Type }

    /// The kind whose first section a file has; the first of the catalogue where it has none.
    ///
    /// A file that has those of several means the last of them: sections of the first are asked of every file.
    static func kind(of study: MappingReader) -> any ReadableKind.Type {
        readable.last { kind in kind.about.sections.first.map { study.value($0.key) != nil } ?? false } ?? readable[0]
    }
}
