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
        #expect(error.description.hasSuffix("fetch them again with 'basin data fetch tiny'."))
    }

    struct WrongCheck: Error { let check: FileCheck }
}

extension ScratchFolder {
    fileprivate func write(_ bytes: ArraySlice<UInt8>, to name: String) throws -> String {
        try write(Array(bytes), to: name)
    }
}
