/// The commit that a program's sources were checked out at when it was built.
///
/// It is compiled in: a program that is copied elsewhere, or into another repository, keeps its own.
public struct SourceCommit: Sendable, Equatable {
    /// Hexadecimal digits, 40 or, in a repository of SHA-256, 64.
    public let hash: String
    /// Whether the sources differed from the commit. Reports, documents and studies are no sources.
    public let isDirty: Bool

    public init(hash: String, isDirty: Bool) {
        self.hash = hash
        self.isDirty = isDirty
    }

    /// That of this program; nil where it was built without git, or from sources that are no checkout.
    public static var ofThisBuild: SourceCommit? { embeddedCommit }
}
