import Definitions
import Diagnostics
import Documents

/// A file of training points: a line each, the place of one of the training images, from 0.
struct PointIndicesFile {
    private(set) var indices: PointIndices?
    /// What is wrong, with the line where it has one; of many faults the first.
    private(set) var problem: String?

    /// - Parameter path: of the file, which is read.
    init(path: String) {
        do {
            let text = try DocumentFile.text(at: path)
            (indices, problem) = Self.read(text, path)
        } catch {
            problem = "'\(path)' cannot be read: \(error.reason)"
        }
    }

    private static func read(_ text: String, _ path: String) -> (PointIndices?, String?) {
        var (places, lines) = ([Int](), [Int: Int]())
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let word = line.filter { !$0.isWhitespace }
            if word.isEmpty { continue }
            guard let place = Int(word), place >= 0 else {
                return (
                    nil,
                    "'\(path)', line \(number + 1): '\(word.shortened)' is no whole number from 0, which the "
                        + "place of a training image is"
                )
            }
            if let other = lines.updateValue(number + 1, forKey: place) {
                return (nil, "'\(path)', line \(number + 1): \(place) stands in line \(other), too")
            }
            places.append(place)
        }
        return places.isEmpty ? (nil, "'\(path)' names no training image") : (PointIndices(places), nil)
    }
}
