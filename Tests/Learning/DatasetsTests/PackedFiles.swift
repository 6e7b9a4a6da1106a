import Datasets

/// The packed files of a made-up dataset, as a mirror would hold them: noise, so that packing makes them no smaller and
/// a transfer takes many pieces.
struct PackedFiles: Sendable {
    private let files: [DatasetFile: [UInt8]]
    private let arrays: [DatasetFile: IDXArray]

    init() throws {
        var state: UInt32 = 1
        func noise(_ shape: [Int], below limit: UInt32) -> IDXArray {
            let elements = (0..<shape.reduce(1, *)).map { _ -> UInt8 in
                state = state &* 1_664_525 &+ 1_013_904_223
                return UInt8((state >> 16) % limit)
            }
            return IDXArray(shape: shape, elements: elements)
        }
        arrays = [
            .trainImages: noise([1500, 20, 10], below: 256), .trainLabels: noise([1500], below: 10),
            .testImages: noise([500, 20, 10], below: 256), .testLabels: noise([500], below: 10),
        ]
        let folder = try ScratchFolder()
        files = try arrays.reduce(into: [:]) { files, item in
            let path = "\(folder.path)/\(item.key.packedName)"
            try item.value.write(to: path, compression: .gzip)
            files[item.key] = try bytes(of: path)
        }
    }

    var digests: [String: String] {
        Dictionary(uniqueKeysWithValues: arrays.map { ($0.key.name, $0.value.digest) })
    }

    func packed(_ file: DatasetFile) -> [UInt8] { files[file] ?? [] }

    func packed(_ request: LoopbackServer.Request) -> [UInt8] {
        DatasetFile.allCases.first { request.path.hasSuffix("/\($0.packedName)") }.map(packed) ?? []
    }

    func entry(mirrors: [String]) -> DatasetEntry {
        DatasetEntry(
            name: "noise", title: "Noise", classCount: 10, imageShape: [20, 10],
            files: arrays.mapValues { .init(size: $0.header.count + $0.elements.count, sha256: $0.digest) },
            mirrors: mirrors, licence: "none", citation: "none")
    }
}
