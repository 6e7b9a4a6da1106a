import Diagnostics

extension DatasetEntry {
    /// What the catalogue would say of the files in a folder.
    ///
    /// - Parameter classCount: the largest label + 1 unless given.
    /// - Throws: as `ImageDataset(folder:entry:)`.
    /// - Complexity: O(bytes of all unpacked files).
    public init(of folder: DatasetFolder, classCount: Int?, title: String, licence: String, citation: String) throws {
        let dataset = try ImageDataset(folder: folder, classCount: classCount)
        let files = Dictionary(
            uniqueKeysWithValues: try DatasetFile.allCases.map { file in
                let shape = try IDXArray.shape(ofFileAt: folder.path(of: file))
                let size = IDXArray.header(of: shape).count + shape.reduce(1, *)
                return (file, File(size: size, sha256: dataset.digests[file.name] ?? ""))
            })
        self.init(
            name: folder.name, title: title, classCount: dataset.classCount, imageShape: dataset.imageShape,
            files: files, mirrors: [], licence: licence, citation: citation)
    }

    /// The entry's file, `datasets/NAME.yml`.
    public var yaml: String {
        let parts = DatasetFile.allCases.compactMap { file in
            files[file].map { "  \(file.name):\n    size: \($0.size)\n    sha256: \($0.sha256)\n" }
        }
        func quoted(_ text: String) -> String {
            "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").withVisibleControlsOnOneLine)\""
        }
        return """
            title: \(quoted(title))
            classes: \(classCount)
            image: [\(imageShape.map(String.init).joined(separator: ", "))]
            # Sizes and digests are those of the plain files.
            files:
            \(parts.joined())mirrors: [\(mirrors.joined(separator: ", "))]
            licence: \(quoted(licence))
            citation: \(quoted(citation))

            """
    }
}
