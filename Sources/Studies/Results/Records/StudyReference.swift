/// Which study of a results file somebody means.
public struct StudyReference: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The study's name, or a pattern with `*` where several may be meant.
    public let name: String
    /// The digest of its definition; nil for the newest version.
    public let digest: String?
    /// The file that defines it, for messages.
    public let file: String?

    /// The newest version of a study.
    public init(_ name: String) { (self.name, digest, file) = (name, nil, nil) }

    /// The version that a study file defines.
    public init(_ name: String, digest: String, file: String) {
        (self.name, self.digest, self.file) = (name, digest, file)
    }

    public init(stringLiteral name: String) { self.init(name) }
}

extension ResultsStore {
    /// The study that is meant.
    ///
    /// - Throws: `ResultsError.unknownStudy`; `.neverRun` for a file whose definition was never run into this file.
    public func study(_ reference: StudyReference) throws -> StudyRecord {
        guard let digest = reference.digest else { return try study(named: reference.name) }
        let versions = try studies().filter { $0.name == reference.name }
        if let found = versions.first(where: { $0.digest == digest }) { return found }
        throw ResultsError.neverRun(
            file: reference.file ?? reference.name, study: reference.name, path: path, versions: versions.count)
    }
}
