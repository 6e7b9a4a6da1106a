extension ImageDataset {
    /// Reads a dataset from its folder.
    ///
    /// What the headers say is checked before any element is read. Pixels are held once, and labels.
    ///
    /// - Parameter entry: What the catalogue says of it: the number of classes, the image shape, sizes and digests, all
    ///   of which must hold. A dataset without an entry has as many classes as its largest label + 1, files of at most
    ///   1 GiB, and at most 2^24 images.
    /// - Throws: `FileFailure`, `NotRegularFile`, `GzipError` or `IDXError` for a single file, `DatasetError` for files
    ///   that do not fit together or not the entry, `DatasetDamaged` for others than the entry's.
    /// - Complexity: O(bytes of all unpacked files).
    public init(folder: DatasetFolder, entry: DatasetEntry? = nil) throws {
        try self.init(folder: folder, entry: entry, classCount: entry?.classCount)
    }

    /// - Parameter classCount: without it, the largest label + 1.
    init(folder: DatasetFolder, entry: DatasetEntry? = nil, classCount: Int?) throws {
        var files: [DatasetFile: IDXFile] = [:]
        for file in DatasetFile.allCases { files[file] = try IDXFile(folder.path(of: file)) }
        let shape = try DatasetShape(of: files.mapValues(\.shape), at: folder.files)
        if let entry, entry.imageShape != shape.image {
            let problem = DatasetError.Problem.unexpectedImageShape(shape: shape.image, expected: entry.imageShape)
            throw DatasetError(path: folder.path(of: .trainImages), problem: problem)
        }
        try Self.require(entry, in: folder) { file, stated in
            files[file].map { FileCheck(size: $0.headerLength + $0.count, stated: stated) } ?? .intact
        }

        // What an entry states bounds what is read: the sizes are the same by now.
        func limit(_ most: Int) -> Int { entry == nil ? most : .max }
        var (pixels, labels, digests) = ([UInt8](), [UInt8](), [DatasetFile: String]())
        let images = [DatasetFile.trainImages, .testImages].compactMap { files[$0] }
        pixels.reserveCapacity(try images.reduce(0) { $0 + (try $1.room(limit: limit(IDXFile.mostElements))) })
        func read(_ file: DatasetFile, into elements: inout [UInt8], most: Int) throws {
            digests[file] = try files[file]?.read(into: &elements, limit: limit(most))
        }
        // Labels first: they are fewer, and there are as many of them as of images.
        try read(.trainLabels, into: &labels, most: IDXFile.mostLabels)
        try read(.testLabels, into: &labels, most: IDXFile.mostLabels)
        try read(.trainImages, into: &pixels, most: IDXFile.mostElements)
        try read(.testImages, into: &pixels, most: IDXFile.mostElements)
        try Self.require(entry, in: folder) { file, stated in
            FileCheck(digest: digests[file] ?? "", stated: stated)
        }
        try self.init(
            name: folder.name, shape: shape, pixels: pixels, labels: labels, classCount: classCount,
            paths: folder.files, digests: Dictionary(uniqueKeysWithValues: digests.map { ($0.key.name, $0.value) }))
    }

    private static func require(
        _ entry: DatasetEntry?, in folder: DatasetFolder, _ check: (DatasetFile, DatasetEntry.File) -> FileCheck
    ) throws {
        guard let entry else { return }
        try DatasetVerification(folder, against: entry, check).requireIntact()
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
