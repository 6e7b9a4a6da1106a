import Diagnostics

/// What a list of datasets says of one, found out without reading its images.
public struct DatasetSummary: Sendable {
    public let name: String
    /// What the catalogue states, if it has the dataset.
    public let entry: DatasetEntry?
    /// Where the dataset lies; nil if it is not on this machine.
    public let folder: DatasetFolder?
    public let trainCount: Int?
    public let testCount: Int?
    public let classCount: Int?
    public let imageShape: [Int]?
    /// Why something above is nil, or what is wrong with a file.
    public let problem: String?
}

extension DatasetLocator {
    /// One summary for each name in `knownNames`.
    ///
    /// - Complexity: O(number of labels) for a dataset without an entry, else O(1): only headers are read.
    public func summaries() -> [DatasetSummary] { knownNames.map(summary) }

    /// Sums up one dataset. Never throws: a broken file or entry is the summary's `problem`.
    public func summary(_ name: String) -> DatasetSummary {
        var problems: [String] = []
        func attempt<Value>(_ body: () throws -> Value?) -> Value? {
            do {
                return try body()
            } catch {
                problems.append("\(error)")
                return nil
            }
        }
        let entry = attempt { try catalogue.entry(named: name) }
        let folder = attempt { try locate(name) }
        let train = attempt { try folder.map { try IDXArray.shape(ofFileAt: $0.path(of: .trainImages)) } }
        let test = attempt { try folder.map { try IDXArray.shape(ofFileAt: $0.path(of: .testImages)) } }
        let classCount =
            entry?.classCount
            ?? attempt {
                try folder.map { folder in
                    let files: [DatasetFile] = [.trainLabels, .testLabels]
                    let largest = try files.map { try IDXArray(contentsOf: folder.path(of: $0)).elements.max() ?? 0 }
                    return Int(largest.max() ?? 0) + 1
                }
            }
        return DatasetSummary(
            name: name, entry: entry, folder: folder, trainCount: train?.first, testCount: test?.first,
            classCount: classCount, imageShape: train.map { Array($0.dropFirst()) } ?? entry?.imageShape,
            problem: problems.isEmpty ? nil : problems.joined(separator: " "))
    }
}
