extension ImageDataset {
    /// Reads a dataset from its folder.
    ///
    /// - Parameter entry: What the catalogue says of it: the number of classes and the image shape. A dataset without
    ///   an entry has as many classes as its largest label + 1. Digests are not compared; see `DatasetVerification`.
    /// - Throws: `FileFailure`, `GzipError` or `IDXError` for a single file, `DatasetError` for files that do not fit
    ///   together or not the entry.
    /// - Complexity: O(bytes of all unpacked files).
    public init(folder: DatasetFolder, entry: DatasetEntry? = nil) throws {
        var arrays: [DatasetFile: IDXArray] = [:]
        for file in DatasetFile.allCases { arrays[file] = try IDXArray(contentsOf: folder.path(of: file)) }
        try self.init(name: folder.name, arrays: arrays, classCount: entry?.classCount, paths: folder.files)
        if let entry, entry.imageShape != imageShape {
            let problem = DatasetError.Problem.unexpectedImageShape(shape: imageShape, expected: entry.imageShape)
            throw DatasetError(path: folder.path(of: .trainImages), problem: problem)
        }
    }

    /// The four IDX arrays of the dataset, as its files hold them.
    public var arrays: [DatasetFile: IDXArray] {
        let trainPixels = trainCount * inputSize
        return [
            .trainImages: IDXArray(shape: [trainCount] + imageShape, elements: Array(pixels[..<trainPixels])),
            .trainLabels: IDXArray(shape: [trainCount], elements: Array(labels[..<trainCount])),
            .testImages: IDXArray(shape: [testCount] + imageShape, elements: Array(pixels[trainPixels...])),
            .testLabels: IDXArray(shape: [testCount], elements: Array(labels[trainCount...])),
        ]
    }
}
