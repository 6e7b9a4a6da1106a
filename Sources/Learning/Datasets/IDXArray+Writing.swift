extension IDXArray {
    public enum Compression: Sendable { case plain, gzip }

    /// Writes an IDX file that appears whole or not at all; an older file of that name is replaced.
    ///
    /// Equal arrays give equal files, packed ones too: no name and no time goes into the gzip header.
    ///
    /// - Throws: `FileFailure` for a full disk or a folder that may not be written to; an older file then stays.
    public func write(to path: String, compression: Compression = .plain) throws {
        let file = try AtomicFile(replacing: path)
        switch compression {
        case .plain:
            try header.withUnsafeBytes { try file.append($0) }
            try elements.withUnsafeBytes { try file.append($0) }
        case .gzip:
            let deflater = Deflater()
            try header.withUnsafeBytes { try deflater.pack($0, isLast: false) { try file.append($0) } }
            try elements.withUnsafeBytes { try deflater.pack($0, isLast: true) { try file.append($0) } }
        }
        try file.commit()
    }
}
