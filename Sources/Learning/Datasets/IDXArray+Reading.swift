extension IDXArray {
    /// Reads an IDX file, plain or packed with gzip; its first bytes tell which.
    ///
    /// - Throws: `FileFailure` if the file cannot be read, `GzipError` if it does not unpack, `IDXError` if it is no
    ///   IDX file of unsigned bytes or its length differs from what its header says.
    /// - Complexity: O(length of the unpacked file).
    public init(contentsOf path: String) throws {
        let reader = try UncompressedReader(path: path)
        let shape = try Self.readHeader(reader)
        let headerLength = 4 + 4 * shape.count

        guard let expected = elementCount(of: shape) else {
            throw IDXError(path: path, offset: 4, problem: .tooLarge(shape: shape))
        }
        if !reader.isCompressed {
            try Self.check(reader.fileLength - headerLength, of: expected, shape: shape, path: path)
        }

        // A packed file may promise anything, so memory beyond a moderate size is taken only as elements arrive.
        var elements: [UInt8] = []
        elements.reserveCapacity(min(expected, 1 << 28))
        var found = 0
        // To the end even when there are too many: the packed stream keeps its checksum there.
        try reader.forEachChunk { chunk in
            let wanted = min(chunk.count, expected - elements.count)
            elements.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<wanted]))
            found += chunk.count
            return true
        }
        try Self.check(found, of: expected, shape: shape, path: path)
        self.init(shape: shape, elements: elements)
    }

    /// The dimensions that the header of an IDX file states, without reading the elements.
    ///
    /// - Throws: as `init(contentsOf:)`, for what can be known from the header.
    public static func shape(ofFileAt path: String) throws -> [Int] {
        try readHeader(UncompressedReader(path: path))
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
        guard start[2] == unsignedByte else {
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

    private static func check(_ found: Int, of expected: Int, shape: [Int], path: String) throws {
        let headerLength = 4 + 4 * shape.count
        if found < expected {
            let problem = IDXError.Problem.truncated(shape: shape, expected: expected, found: found)
            throw IDXError(path: path, offset: headerLength + found, problem: problem)
        }
        if found > expected {
            let problem = IDXError.Problem.oversized(shape: shape, expected: expected, found: found)
            throw IDXError(path: path, offset: headerLength + expected, problem: problem)
        }
    }
}
