import Documents

extension DatasetEntry {
    /// Reads an entry from the text of its file.
    ///
    /// - Throws: `DocumentError` with all that is wrong, each with its line.
    init(name: String, yaml text: String, path: String) throws {
        self = try YAMLDocument(text: text, path: path).read(as: "the dataset") { root in
            defer { root.finish() }
            return DatasetEntry(
                name: name, title: root.requiredText("title", "one line for people"),
                classCount: root.classCount, imageShape: root.imageShape, files: root.files, mirrors: root.mirrors,
                licence: root.requiredText("licence", "the terms of use"),
                citation: root.requiredText("citation", "who made it, and where that is written"))
        }
    }
}

extension MappingReader {
    fileprivate func requiredText(_ key: String, _ what: String) -> String {
        require(key, what)
        let text = text(key) ?? ""
        if text.isEmpty, value(key) != nil { complain(key, "must not be empty") }
        return text
    }

    fileprivate var classCount: Int {
        require("classes", "how many")
        // Labels are single bytes.
        return integer("classes", in: 1...256) ?? 1
    }

    fileprivate var imageShape: [Int] {
        require("image", "rows and columns, as [28, 28]")
        requireElements("image")
        return integers("image", each: "a side", in: 1...Int.max) ?? []
    }

    fileprivate var files: [DatasetFile: DatasetEntry.File] {
        require("files", "size and sha256 of \(DatasetFile.allCases.map(\.name).joined(separator: ", "))")
        let files = mapping("files")
        defer { files?.finish() }
        return Dictionary(
            uniqueKeysWithValues: DatasetFile.allCases.map { part in
                files?.require(part.name, "its size and sha256")
                return (part, files?.mapping(part.name)?.file ?? .init(size: 1, sha256: ""))
            })
    }

    private var file: DatasetEntry.File {
        defer { finish() }
        require("size", "the length of the plain file in bytes")
        require("sha256", "the digest of the plain file")
        let size = integer("size", in: 1...DatasetEntry.File.largestSize) ?? 1
        let digest = text("sha256") ?? ""
        if value("sha256")?.text != nil, digest.wholeMatch(of: /[0-9a-f]{64}/) == nil {
            complain("sha256", "must be 64 lower-case hexadecimal digits, not '\(digest)'")
        }
        return .init(size: size, sha256: digest)
    }

    fileprivate var mirrors: [String] {
        require("mirrors", "a list of addresses that the files' names are appended to, [] where there is none")
        return (list("mirrors") ?? []).map { mirror in
            let address = mirror.text ?? ""
            if !address.hasPrefix("https://"), !address.hasPrefix("http://") {
                complain("mirrors", "an address must start with https:// or http://, not \(mirror.kind)", at: mirror)
            }
            return address
        }
    }
}
