import Foundation

/// A study as its file states it, about to be entered into the database.
public struct NewStudy: Sendable, Equatable {
    public var name: String
    /// Digest of all that defines the results. A study of the same name with another digest is another version.
    public var digest: String
    public var title: String
    public var source: String
    /// The measure that the others are correlated with.
    public var target: String
    /// The study file, as read.
    public var specificationYAML: String
    /// What the digest was taken of: JSON with sorted keys.
    public var specificationJSON: String

    public init(
        name: String, digest: String, title: String = "", source: String = "", target: String = "test_accuracy",
        specificationYAML: String, specificationJSON: String
    ) {
        self.name = name
        self.digest = digest
        self.title = title
        self.source = source
        self.target = target
        self.specificationYAML = specificationYAML
        self.specificationJSON = specificationJSON
    }
}

/// One version of a study: a row of `study`. Versions count 1, 2, … for each name.
public struct StudyRecord: Sendable, Equatable, Identifiable {
    public typealias ID = RowID<StudyRecord>

    public let id: ID
    public let name: String
    public let version: Int
    public let digest: String
    public let title: String
    public let source: String
    public let target: String
    public let specificationYAML: String
    public let specificationJSON: String
    public let createdAt: Date

    /// The same with another column to predict.
    func predicting(_ target: String) -> StudyRecord {
        StudyRecord(
            id: id, name: name, version: version, digest: digest, title: title, source: source, target: target,
            specificationYAML: specificationYAML, specificationJSON: specificationJSON, createdAt: createdAt)
    }
}
