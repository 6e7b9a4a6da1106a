import CCrypto

/// SHA-256 (FIPS 180-4) over bytes that come in parts, by the system's libcrypto.
///
/// Used on one thread.
public final class SHA256 {
    private let context: OpaquePointer

    /// A hash of no bytes yet.
    public init() {
        guard let context = EVP_MD_CTX_new() else { preconditionFailure("libcrypto has no memory for a hash") }
        self.context = context
        precondition(EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1, "libcrypto offers no SHA-256")
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds bytes to what is hashed.
    public func update(_ bytes: UnsafeRawBufferPointer) {
        precondition(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1, "libcrypto refuses to hash")
    }

    /// Adds a text's UTF-8.
    public func update(_ text: String) {
        var text = text
        text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
    }

    /// The 32 bytes of the digest. The hash is used up: nothing may be added or asked for after.
    public consuming func finalize() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            var length: UInt32 = 0
            precondition(EVP_DigestFinal_ex(context, buffer.baseAddress, &length) == 1, "the hash was used up before")
            count = Int(length)
        }
    }

    /// The digest of these bytes, as `sha256sum` prints it: 64 lower-case hexadecimal digits.
    ///
    /// - Complexity: O(bytes).
    public static func hexadecimal(of bytes: UnsafeRawBufferPointer) -> String {
        let hash = SHA256()
        hash.update(bytes)
        return Digests.hexadecimal(hash.finalize())
    }

    /// The digest of these bytes, as `sha256sum` prints it.
    public static func hexadecimal(of bytes: [UInt8]) -> String { bytes.withUnsafeBytes { hexadecimal(of: $0) } }

    /// The digest of a text's UTF-8, as `sha256sum` prints it.
    public static func hexadecimal(of text: String) -> String { hexadecimal(of: Array(text.utf8)) }
}
