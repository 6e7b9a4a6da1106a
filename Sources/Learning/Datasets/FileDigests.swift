import Digests

extension IDXArray {
    /// SHA-256 of the plain IDX file, header included, in hexadecimal.
    public var digest: String {
        let hash = SHA256()
        header.withUnsafeBytes { hash.update($0) }
        elements.withUnsafeBytes { hash.update($0) }
        return hexadecimal(hash.finalize())
    }
}

/// One digest for several files: that of the lines `sha256sum` prints for them, sorted by file name.
///
///     sha256sum t10k-images-idx3-ubyte t10k-labels-idx1-ubyte \
///         train-images-idx3-ubyte train-labels-idx1-ubyte | sha256sum
public func combinedDigest(of digests: [String: String]) -> String {
    let lines = digests.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }
    return SHA256.hexadecimal(of: lines.joined())
}
