import Datasets
import Foundation

/// A catalogue entry for the fixture `tiny`, with the digests and sizes that Python computed. States 5 classes where
/// the labels use 4, so that a test can tell which of the two was taken.
///
/// - Parameter changingDigests: whether it states those of no file.
func tinyEntry(
    imageShape: [Int] = [3, 2], mirrors: [String] = ["https://mirror.example/tiny/"], changingDigests: Bool = false
) throws -> DatasetEntry {
    let sums = String(decoding: try bytes(of: fixture("tiny/SHA256SUMS")), as: UTF8.self)
    var files: [DatasetFile: DatasetEntry.File] = [:]
    for line in sums.split(separator: "\n") {
        let parts = line.split(separator: " ")
        guard let file = DatasetFile(rawValue: String(parts[1])) else { continue }
        let digest = changingDigests ? String(parts[0].reversed()) : String(parts[0])
        files[file] = DatasetEntry.File(size: tinySizes[file] ?? 0, sha256: digest)
    }
    return DatasetEntry(
        name: "tiny", title: "A tiny dataset", classCount: 5, imageShape: imageShape, files: files, mirrors: mirrors,
        licence: "none", citation: "none")
}

/// Bytes of the plain files: headers of 16 and 8 bytes, 12 and 5 images of 6 pixels.
let tinySizes: [DatasetFile: Int] = [.trainImages: 88, .trainLabels: 20, .testImages: 46, .testLabels: 13]
