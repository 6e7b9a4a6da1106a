import Digests

extension StudySpecification.Definition {
    /// JSON with sorted keys and without spaces: equal definitions are equal texts, however their files are laid out.
    ///
    /// A key that is added to the format later must be left out here when it has its default, or all studies of old
    /// would turn into new versions.
    public func canonicalJSON() throws -> String { try CanonicalJSON.text(of: self) }

    /// SHA-256 of the canonical JSON, in hexadecimal.
    public func digest() throws -> String { SHA256.hexadecimal(of: try canonicalJSON()) }
}

extension Configuration {
    /// Digest of all that determines a model as it is made, whatever is done to it then (`ModelKind.digest`).
    public func trainingDigest(seed: UInt64) throws -> String { try model.kind.digest(seed: seed) }

    /// Digest of a model: its training digest, unless it is a variant of a network.
    public func modelDigest(seed: UInt64) throws -> String {
        let trained = try trainingDigest(seed: seed)
        guard let variant else { return trained }
        return SHA256.hexadecimal(of: "\(trained) \(try CanonicalJSON.text(of: variant))")
    }
}
