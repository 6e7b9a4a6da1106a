/// What the catalogue says of one dataset: `datasets/NAME.yml`.
public struct DatasetEntry: Sendable, Equatable {
    /// What a plain file must be.
    public struct File: Sendable, Equatable {
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

extension DatasetEntry {
    /// Reads an entry from the text of its file.
    ///
    /// - Throws: `CatalogueError` with line and key.
    init(name: String, yaml text: String, file: String) throws {
        let keys = ["title", "classes", "image", "files", "mirrors", "licence", "citation"]
        let root = try YAMLMapping(text, file: file, keys: keys)
        let fileKeys = try root.mapping("files", keys: DatasetFile.allCases.map(\.name))
        var files: [DatasetFile: File] = [:]
        for part in DatasetFile.allCases {
            let stated = try fileKeys.mapping(part.name, keys: ["size", "sha256"])
            let digest = try stated.string("sha256")
            guard digest.utf8.count == 64, digest.allSatisfy({ "0123456789abcdef".contains($0) }) else {
                throw stated.error("sha256", "should be 64 lower-case hexadecimal digits, found '\(digest)'.")
            }
            files[part] = try File(size: stated.positiveInteger("size"), sha256: digest)
        }
        let mirrors = try root.strings("mirrors")
        for mirror in mirrors where !mirror.hasPrefix("https://") && !mirror.hasPrefix("http://") {
            throw root.error("mirrors", "should be addresses that start with https:// or http://, found '\(mirror)'.")
        }
        let classCount = try root.positiveInteger("classes")
        // Labels are single bytes.
        guard classCount <= 256 else { throw root.error("classes", "should be at most 256, found \(classCount).") }
        try self.init(
            name: name, title: root.string("title"), classCount: classCount,
            imageShape: root.positiveIntegers("image"), files: files, mirrors: mirrors,
            licence: root.string("licence"), citation: root.string("citation"))
    }
}
