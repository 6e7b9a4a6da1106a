import Crypto

/// SHA-256 as 64 lower-case hexadecimal digits, as `sha256sum` prints it.
func hexadecimal(_ digest: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}

extension IDXArray {
    /// SHA-256 of the plain IDX file, header included, in hexadecimal.
    public var digest: String {
        var hash = SHA256()
        header.withUnsafeBytes { hash.update(bufferPointer: $0) }
        elements.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hexadecimal(hash.finalize())
    }
}

/// One digest for several files: that of the lines `sha256sum` prints for them, sorted by file name.
///
///     sha256sum t10k-images-idx3-ubyte t10k-labels-idx1-ubyte train-images-idx3-ubyte train-labels-idx1-ubyte | sha256sum
public func combinedDigest(of digests: [String: String]) -> String {
    let lines = digests.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }
    return hexadecimal(SHA256.hash(data: Array(lines.joined().utf8)))
}
