/// What the catalogue says of one dataset: `datasets/NAME.yml`.
public struct DatasetEntry: Sendable, Equatable {
    /// What a plain file must be.
    public struct File: Sendable, Equatable {
        /// The largest size that a catalogue file may state: 1 TiB.
        static let largestSize = 1 << 40

        /// Length of the plain file in bytes.
        public let size: Int
        /// SHA-256 of the plain file, 64 lower-case hexadecimal digits.
        public let sha256: String

        public init(size: Int, sha256: String) {
            self.size = size
            self.sha256 = sha256
        }
    }

    public let name: String
    /// One line for people.
    public let title: String
    public let classCount: Int
    /// Rows, columns.
    public let imageShape: [Int]
    /// All four files.
    public let files: [DatasetFile: File]
    /// Addresses that the packed file names are appended to, in the order in which they are tried; each ends in "/".
    public let mirrors: [String]
    public let licence: String
    public let citation: String

    public init(
        name: String, title: String, classCount: Int, imageShape: [Int], files: [DatasetFile: File],
        mirrors: [String], licence: String, citation: String
    ) {
        precondition(files.count == DatasetFile.allCases.count)
        self.name = name
        self.title = title
        self.classCount = classCount
        self.imageShape = imageShape
        self.files = files
        self.mirrors = mirrors.map { $0.hasSuffix("/") ? $0 : $0 + "/" }
        self.licence = licence
        self.citation = citation
    }
}
