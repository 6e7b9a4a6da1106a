/// Little-endian whole numbers at places of an array of bytes; nil beyond its end.
struct ByteReader {
    let bytes: ArraySlice<UInt8>

    /// - Parameters:
    ///   - offset: from the first of the bytes.
    ///   - size: bytes of the number, at most 8.
    func integer(at offset: Int, size: Int) -> UInt64? {
        guard offset >= 0, offset <= bytes.count - size else { return nil }
        let start = bytes.startIndex + offset
        return bytes[start..<start + size].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }

    /// The same as a place or a count; nil also where it is larger than any file.
    func count(at offset: Int, size: Int) -> Int? { integer(at: offset, size: size).flatMap { Int(exactly: $0) } }

    /// So many bytes from an offset on; nil where there are fewer.
    func slice(at offset: Int, count: Int) -> ArraySlice<UInt8>? {
        guard offset >= 0, count >= 0, offset <= bytes.count - count else { return nil }
        let start = bytes.startIndex + offset
        return bytes[start..<start + count]
    }
}
