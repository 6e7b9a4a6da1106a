import Diagnostics

/// How a dataset on this machine relates to the catalogue.
public enum DatasetState: String, Sendable {
    /// All files are what the catalogue states.
    case intact
    /// Sound files, which are not those that the catalogue states under this name.
    case other = "other data"
    /// A file that cannot be used.
    case damaged
    /// Sound files, of which the catalogue says nothing.
    case uncatalogued = "not in the catalogue"
    case absent = "not here"
}

/// What a list of datasets says of one.
public struct DatasetSummary: Sendable {
    public let name: String
    /// What the catalogue states, if it has the dataset.
    public let entry: DatasetEntry?
    /// Where the dataset lies; nil if it is not on this machine.
    public let folder: DatasetFolder?
    public let state: DatasetState
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
    /// - Complexity: O(bytes of all unpacked files): they are read, and none is kept.
    public func summaries() -> [DatasetSummary] { knownNames.map(summary) }

    /// Sums up one dataset. Never throws: a broken file or entry is the summary's `problem`.
    public func summary(_ name: String) -> DatasetSummary {
        var problems: [String] = []
        func attempt<Value>(_ body: () throws -> Value?) -> Value? {
            do {
                return try body()
            } catch {
                let problem = "\(error)"
                if !problems.contains(problem) { problems.append(problem) }
                return nil
            }
        }
        let entry = attempt { try catalogue.entry(named: name) }
        let isMissing: Bool
        let folder: DatasetFolder?
        do {
            (folder, isMissing) = (try locate(name), false)
        } catch {
            (folder, isMissing) = (nil, error is DatasetNotFound)
            problems.append("\(error)")
        }
        let train = attempt { try folder.map { try IDXArray.shape(ofFileAt: $0.path(of: .trainImages)) } }
        let test = attempt { try folder.map { try IDXArray.shape(ofFileAt: $0.path(of: .testImages)) } }
        // What cannot be opened is told by now.
        let inspection = train == nil || test == nil ? nil : attempt { try folder.map { try inspect($0, entry) } }
        if let problem = inspection?.problem { problems.append(problem) }
        let broken: DatasetState = isMissing ? .absent : .damaged
        return DatasetSummary(
            name: name, entry: entry, folder: folder, state: inspection?.state ?? broken,
            trainCount: train?.first, testCount: test?.first,
            classCount: entry?.classCount ?? inspection?.classCount
                ?? folder.flatMap { folder in
                    inspection == nil ? attempt { try Self.countClasses(folder) } : nil
                },
            imageShape: train.map { Array($0.dropFirst()) } ?? entry?.imageShape,
            problem: problems.isEmpty ? nil : problems.joined(separator: " "))
    }

    private struct Inspection {
        var state: DatasetState
        var classCount: Int?
        var problem: String?
    }

    /// Reads all files of a dataset.
    ///
    /// - Throws: what `ImageDataset.init(folder:entry:)` would, for a dataset without an entry.
    private func inspect(_ folder: DatasetFolder, _ entry: DatasetEntry?) throws -> Inspection {
        guard let entry else {
            let shapes = try folder.files.mapValues { try IDXArray.shape(ofFileAt: $0) }
            _ = try DatasetShape(of: shapes, at: folder.files)
            for file in [DatasetFile.trainImages, .testImages] {
                _ = try IDXFile(folder.path(of: file)).largestElement()
            }
            return Inspection(state: .uncatalogued, classCount: try Self.countClasses(folder))
        }
        let verification = DatasetVerification(folder, against: entry)
        guard let first = verification.damaged.first else { return Inspection(state: .intact) }
        let more = " 'basin data verify \(folder.name)' says more."
        guard verification.damaged.allSatisfy(\.check.isOtherContent) else {
            let reason = first.check.explanation
            let place = reason.hasPrefix(first.path) ? "" : "\(first.path): "
            return Inspection(state: .damaged, problem: "\(place)\(reason)".endingInStop + more)
        }
        let other = verification.otherName(in: catalogue).map { "the files of '\($0)'" } ?? "other files"
        return Inspection(
            state: .other,
            problem: "\(folder.path) holds \(other), not those that the catalogue states for '\(folder.name)'." + more)
    }

    /// The largest label + 1.
    private static func countClasses(_ folder: DatasetFolder) throws -> Int {
        let largest = try [DatasetFile.trainLabels, .testLabels].compactMap {
            try IDXFile(folder.path(of: $0)).largestElement(limit: IDXFile.mostLabels)
        }
        return Int(largest.max() ?? 0) + 1
    }
}

extension FileCheck {
    fileprivate var isOtherContent: Bool {
        if case .wrongDigest = self { true } else { false }
    }
}

extension String {
    fileprivate var endingInStop: String { hasSuffix(".") ? self : self + "." }
}
