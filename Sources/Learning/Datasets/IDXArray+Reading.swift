extension IDXArray {
    /// Reads an IDX file, plain or packed with gzip; its first bytes tell which.
    ///
    /// - Throws: `FileFailure` or `NotRegularFile` if the file cannot be read, `GzipError` if it does not unpack,
    ///   `IDXError` if it is no IDX file of unsigned bytes, has more than 1 GiB of them or another length than its
    ///   header says.
    /// - Complexity: O(length of the unpacked file).
    public init(contentsOf path: String) throws {
        let file = try IDXFile(path)
        var elements: [UInt8] = []
        _ = try file.read(into: &elements)
        self.init(shape: file.shape, elements: elements)
    }

    /// The dimensions that the header of an IDX file states, without reading the elements.
    ///
    /// - Throws: as `init(contentsOf:)`, for what can be known from the header and the length of a plain file.
    public static func shape(ofFileAt path: String) throws -> [Int] { try IDXFile(path).shape }
}
