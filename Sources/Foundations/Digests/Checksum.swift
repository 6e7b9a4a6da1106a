import CXXHash

/// A 64-bit checksum of a row of typed values, by XXH3 (xxHash 0.8).
///
/// It tells damage, not forgery: whoever can change a row can write its checksum anew. A damaged row keeps its checksum
/// once in 2^64 times.
///
/// The values go one after the other into one buffer, each as a byte for its kind and its bytes, texts and blobs with
/// their length before them; so no two different rows are the same bytes. Kinds are SQLite's: 0 NULL, 1 an integer, 2 a
/// real number, 3 a text, 4 a blob.
///
/// Used on one thread. One object does for any number of rows: `finish()` empties it.
public final class Checksum {
    private var bytes: UnsafeMutableRawBufferPointer
    private var count = 0

    public init() {
        bytes = .allocate(byteCount: 1 << 10, alignment: 16)
    }

    deinit { bytes.deallocate() }

    @inline(__always)
    public func appendNull() {
        reserve(1)
        bytes[count] = 0
        count += 1
    }

    @inline(__always)
    public func append(_ value: Int64) { append(kind: 1, UInt64(bitPattern: value)) }

    /// A negative zero counts as zero: SQLite stores whole numbers without their sign of zero.
    @inline(__always)
    public func append(_ value: Double) { append(kind: 2, value == 0 ? 0 : value.bitPattern) }

    /// The UTF-8 of a text.
    @inline(__always)
    public func append(text: UnsafeRawBufferPointer) { append(kind: 3, text) }

    @inline(__always)
    public func append(blob: UnsafeRawBufferPointer) { append(kind: 4, blob) }

    /// The checksum of what was added since the last one.
    ///
    /// - Complexity: O(bytes), some tens of nanoseconds for a hundred.
    @inline(__always)
    public func finish() -> Int64 {
        defer { count = 0 }
        return Int64(bitPattern: xxh3(bytes.baseAddress, count))
    }

    @inline(__always)
    private func append(kind: UInt8, _ value: UInt64) {
        reserve(9)
        bytes[count] = kind
        bytes.storeBytes(of: value.littleEndian, toByteOffset: count + 1, as: UInt64.self)
        count += 9
    }

    @inline(__always)
    private func append(kind: UInt8, _ value: UnsafeRawBufferPointer) {
        append(kind: kind, UInt64(value.count))
        guard let start = value.baseAddress else { return }
        reserve(value.count)
        (bytes.baseAddress! + count).copyMemory(from: start, byteCount: value.count)
        count += value.count
    }

    @inline(__always)
    private func reserve(_ more: Int) {
        if count + more > bytes.count { grow(to: count + more) }
    }

    private func grow(to size: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(size, 2 * bytes.count), alignment: 16)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        bytes.deallocate()
        bytes = larger
    }
}
