import Digests
import Foundation

/// An IDX file that is open and whose header has been read, its elements not yet.
final class IDXFile {
    /// The most elements that are read of a file of which no catalogue states the size: 1 GiB.
    static let mostElements = 1 << 30
    /// The most labels, and so images, of such a dataset: work on them takes far more memory than their bytes.
    static let mostLabels = 1 << 24

    let shape: [Int]
    /// Number of elements that the header states.
    let count: Int
    private let reader: UncompressedReader

    var path: String { reader.path }
    var headerLength: Int { 4 + 4 * shape.count }

    /// Opens a file, plain or packed with gzip; its first bytes tell which.
    ///
    /// - Throws: `FileFailure` or `NotRegularFile` if the file cannot be read, `GzipError` if it does not unpack,
    ///   `IDXError` if it is no IDX file of unsigned bytes, or plain and of another length than its header says.
    init(_ path: String) throws {
        reader = try UncompressedReader(path: path)
        shape = try Self.readHeader(reader)
        guard let count = elementCount(of: shape) else {
            throw IDXError(path: path, offset: 4, problem: .tooLarge(shape: shape))
        }
        self.count = count
        if !reader.isCompressed { try check(reader.file.length - headerLength) }
    }

    /// The memory that the elements take, in bytes: no more than the file, as long as it is, can fill.
    ///
    /// - Parameter limit: most elements that are read; half of the machine's memory is another limit.
    /// - Throws: `IDXError` for more elements.
    func room(limit: Int) throws(IDXError) -> Int {
        let limit = min(limit, Int(clamping: ProcessInfo.processInfo.physicalMemory / 2))
        guard count <= limit else {
            throw IDXError(path: path, offset: 4, problem: .beyondLimit(shape: shape, expected: count, limit: limit))
        }
        return min(count, reader.mostBytes)
    }

    /// Reads all elements, to the end of `elements`.
    ///
    /// - Returns: SHA-256 of the plain file, header included, in hexadecimal.
    /// - Throws: `IDXError` for more than `limit` elements or more or fewer than the header says, `GzipError`,
    ///   `FileFailure`.
    func read(into elements: inout [UInt8], limit: Int = mostElements) throws -> String {
        elements.reserveCapacity(elements.count + (try room(limit: limit)))
        let hash = SHA256()
        IDXArray.header(of: shape).withUnsafeBytes { hash.update($0) }
        try forEachChunk { chunk in
            hash.update(chunk)
            elements.append(contentsOf: chunk)
        }
        return hexadecimal(hash.finalize())
    }

    /// Reads all elements of a file without a catalogue entry and keeps none.
    ///
    /// - Returns: the largest of them; nil where there is none.
    /// - Throws: as `read(into:limit:)`.
    func largestElement(limit: Int = mostElements) throws -> UInt8? {
        _ = try room(limit: limit)
        var largest: UInt8?
        try forEachChunk { chunk in
            if let found = chunk.max(), found >= largest ?? 0 { largest = found }
        }
        return largest
    }

    /// Hands over the elements that the header states, and checks that the file ends behind them.
    private func forEachChunk(_ body: (UnsafeRawBufferPointer) -> Void) throws {
        var found = 0
        // On for a while where there are too many, to say how many; and to the end of the packed stream, which keeps
        // its checksum there.
        try reader.forEachChunk { chunk in
            body(UnsafeRawBufferPointer(rebasing: chunk[..<min(chunk.count, max(0, count - found))]))
            found += chunk.count
            return found - count <= IDXError.mostCounted
        }
        try check(found)
    }

    private func check(_ found: Int) throws {
        if found < count {
            let problem = IDXError.Problem.truncated(shape: shape, expected: count, found: found)
            throw IDXError(path: path, offset: headerLength + found, problem: problem)
        }
        if found > count {
            let problem = IDXError.Problem.oversized(shape: shape, expected: count, found: found)
            throw IDXError(path: path, offset: headerLength + count, problem: problem)
        }
    }

    private static func readHeader(_ reader: UncompressedReader) throws -> [Int] {
        let start = try reader.read(4)
        guard start.prefix(2).allSatisfy({ $0 == 0 }) else {
            throw IDXError(path: reader.path, offset: 0, problem: .wrongMagic(found: start))
        }
        guard start.count == 4 else {
            let problem = IDXError.Problem.truncatedHeader(expected: 4, found: start.count)
            throw IDXError(path: reader.path, offset: start.count, problem: problem)
        }
        guard start[2] == IDXArray.unsignedByte else {
            throw IDXError(path: reader.path, offset: 2, problem: .unsupportedType(code: start[2]))
        }
        let rank = Int(start[3])
        let bytes = try reader.read(4 * rank)
        guard bytes.count == 4 * rank else {
            let found = 4 + bytes.count
            let problem = IDXError.Problem.truncatedHeader(expected: 4 + 4 * rank, found: found)
            throw IDXError(path: reader.path, offset: found, problem: problem)
        }
        return (0..<rank).map { dimension in
            bytes[(4 * dimension)..<(4 * dimension + 4)].reduce(0) { $0 << 8 | Int($1) }
        }
    }
}
