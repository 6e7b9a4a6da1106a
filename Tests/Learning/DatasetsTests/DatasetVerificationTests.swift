import Datasets
import Foundation
import Testing

@Suite struct DatasetVerificationTests {
    let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder()
        for file in DatasetFile.allCases {
            _ = try scratch.write(bytes(of: fixture("tiny/\(file.packedName)")), to: "tiny/\(file.packedName)")
        }
    }

    func verification() throws -> DatasetVerification {
        let folder = try #require(DatasetFolder(name: "tiny", path: "\(scratch.path)/tiny"))
        return try DatasetVerification(folder, against: tinyEntry())
    }

    @Test("Files with the stated digests are intact, packed or plain")
    func intact() throws {
        let labels = try IDXArray(contentsOf: "\(scratch.path)/tiny/train-labels-idx1-ubyte.gz")
        try labels.write(to: "\(scratch.path)/tiny/train-labels-idx1-ubyte")
        let verification = try verification()
        #expect(verification.isIntact)
        #expect(verification.findings.map(\.file) == DatasetFile.allCases)
        #expect(verification.findings[1].path.hasSuffix("train-labels-idx1-ubyte"))
        try verification.requireIntact()
    }

    @Test("Each kind of damage is told apart")
    func damage() throws {
        func plain(_ file: DatasetFile) throws -> [UInt8] {
            let array = try IDXArray(contentsOf: fixture("tiny/\(file.packedName)"))
            return array.header + array.elements
        }
        _ = try scratch.write(plain(.trainImages).dropLast(3), to: "tiny/\(DatasetFile.trainImages.name)")
        _ = try scratch.write(plain(.trainLabels) + [0], to: "tiny/\(DatasetFile.trainLabels.name)")
        var flipped = try plain(.testImages)
        flipped[20] ^= 1
        _ = try scratch.write(flipped, to: "tiny/\(DatasetFile.testImages.name)")
        let packed = try bytes(of: fixture("tiny/\(DatasetFile.testLabels.packedName)"))
        let cut = try scratch.write(packed.dropLast(4), to: "tiny/\(DatasetFile.testLabels.packedName)")

        let verification = try verification()
        let checks = verification.findings.map(\.check)
        #expect(checks[0] == .tooShort(expected: 88, found: 85))
        #expect(checks[1] == .tooLong(expected: 20))
        let stated = try tinyEntry().files[.testImages]?.sha256
        let digest = IDXArray(shape: [5, 3, 2], elements: Array(flipped[16...])).digest
        #expect(checks[2] == .wrongDigest(expected: try #require(stated), found: digest))
        guard case .unreadable(let reason) = checks[3] else { throw WrongCheck(check: checks[3]) }
        #expect(reason.hasPrefix("\(cut): the gzip data ends early"))

        let error = try #require(throws: DatasetDamaged.self) { try verification.requireIntact() }
        #expect(error.description.contains("train-images-idx3-ubyte: expected 88 bytes unpacked, found 85\n"))
        #expect(error.description.contains("fetch them again with 'basin data fetch tiny'."))
    }

    @Test("Other data under a catalogued name are refused when they are read, with the name of those that they are")
    func otherData() throws {
        try catalogue("tiny", tinyEntry().files)
        // Labels may be the same, as those of sets that were made alike are.
        var files = try tinyEntry(changingDigests: true).files
        files[.trainLabels] = try tinyEntry().files[.trainLabels]
        try catalogue("mnist", files)
        for file in DatasetFile.allCases {
            let packed = try bytes(of: fixture("tiny/\(file.packedName)"))
            _ = try scratch.write(packed, to: "datasets/mnist/\(file.packedName)")
        }
        let error = try #require(throws: DatasetDamaged.self) { try locator.load("mnist") }
        #expect(error.name == "mnist")
        #expect(error.otherName == "tiny")
        #expect(error.findings.map(\.file) == [.trainImages, .testImages, .testLabels])
        #expect(error.description.contains("They are the files of 'tiny'."))
        #expect(error.description.contains("Data of your own need a folder with a name that the catalogue does not"))
        // Under the name that is theirs, and under one of which the catalogue says nothing, they are taken.
        for name in ["tiny", "own"] {
            try FileManager.default.moveItem(
                atPath: "\(scratch.path)/datasets/mnist", toPath: "\(scratch.path)/datasets/\(name)")
            #expect(try locator.load(name).trainCount == 12)
            try FileManager.default.moveItem(
                atPath: "\(scratch.path)/datasets/\(name)", toPath: "\(scratch.path)/datasets/mnist")
        }
    }

    @Test("One other file is enough to refuse a dataset", arguments: DatasetFile.allCases)
    func oneOtherFile(file: DatasetFile) throws {
        try catalogue("tiny", tinyEntry().files)
        for other in DatasetFile.allCases {
            let packed = try bytes(of: fixture("tiny/\(other.packedName)"))
            _ = try scratch.write(packed, to: "datasets/tiny/\(other.packedName)")
        }
        let array = try IDXArray(contentsOf: fixture("tiny/\(file.packedName)"))
        var elements = array.elements
        elements[1] = 3 - elements[1] % 4
        try IDXArray(shape: array.shape, elements: elements).write(to: "\(scratch.path)/datasets/tiny/\(file.name)")
        let error = try #require(throws: DatasetDamaged.self) { try locator.load("tiny") }
        #expect(error.findings.map(\.file) == [file])
        #expect(error.otherName == nil)
    }

    @Test("A set of another size than the catalogue states is refused before it is read")
    func otherSize() throws {
        try catalogue("tiny", tinyEntry().files)
        try FileManager.default.createDirectory(
            atPath: "\(scratch.path)/datasets/tiny", withIntermediateDirectories: true)
        for part in [(DatasetFile.trainImages, DatasetFile.trainLabels), (.testImages, .testLabels)] {
            let path = "\(scratch.path)/datasets/tiny/\(part.0.name)"
            try IDXArray(shape: [20, 3, 2], elements: [UInt8](repeating: 1, count: 120)).write(to: path)
            try IDXArray(shape: [20], elements: [UInt8](repeating: 1, count: 20)).write(
                to: "\(scratch.path)/datasets/tiny/\(part.1.name)")
        }
        let error = try #require(throws: DatasetDamaged.self) { try locator.load("tiny") }
        #expect(
            error.findings.map(\.check) == [
                .tooLong(expected: 88), .tooLong(expected: 20), .tooLong(expected: 46), .tooLong(expected: 13),
            ])
    }

    private var locator: DatasetLocator {
        DatasetLocator(surroundings: Surroundings(variables: [:], workingDirectory: scratch.path, executable: nil))
    }

    /// Writes a catalogue file that states these files.
    private func catalogue(_ name: String, _ files: [DatasetFile: DatasetEntry.File]) throws {
        let files = files.map { "  \($0.key.name): {size: \($0.value.size), sha256: \($0.value.sha256)}" }
        _ = try scratch.write(
            """
            title: T
            classes: 5
            image: [3, 2]
            files:
            \(files.joined(separator: "\n"))
            mirrors: [http://127.0.0.1:9/]
            licence: none
            citation: none
            """, to: "datasets/\(name).yml")
    }

    struct WrongCheck: Error { let check: FileCheck }
}

extension ScratchFolder {
    fileprivate func write(_ bytes: ArraySlice<UInt8>, to name: String) throws -> String {
        try write(Array(bytes), to: name)
    }
}
