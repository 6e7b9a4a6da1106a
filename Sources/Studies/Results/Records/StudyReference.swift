/// Which study of a results file somebody means.
public struct StudyReference: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The study's name, or a pattern with `*` where several may be meant.
    public let name: String
    /// The digest of its definition; nil for the newest version.
    public let digest: String?
    /// The file that defines it, for messages; nil where the name was given: then the version of the digest is meant
    /// where it is there, else the newest.
    public let file: String?
    /// The column that measures are to predict, where it is not the one that was last recorded.
    public let target: String?

    /// The newest version of a study.
    public init(_ name: String) { (self.name, digest, file, target) = (name, nil, nil, nil) }

    /// A study by its name: the version of this digest, else the newest.
    public init(_ name: String, preferring digest: String) {
        (self.name, self.digest, file, target) = (name, digest, nil, nil)
    }

    /// The version that a study file defines, with the file's target.
    public init(_ name: String, digest: String, target: String? = nil, file: String) {
        (self.name, self.digest, self.file, self.target) = (name, digest, file, target)
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
        if let found = versions.first(where: { $0.digest == digest }) {
            return reference.target.map(found.predicting) ?? found
        }
        guard let file = reference.file else { return try study(named: reference.name) }
        throw ResultsError.neverRun(file: file, study: reference.name, path: path, versions: versions.count)
    }
}
