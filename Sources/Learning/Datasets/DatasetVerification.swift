import Diagnostics

/// The files of a dataset on this machine, each compared with the catalogue.
public struct DatasetVerification: Sendable {
    public struct Finding: Sendable {
        public let file: DatasetFile
        public let path: String
        public let check: FileCheck
    }

    public let folder: DatasetFolder
    /// One for each file, in the order of `DatasetFile.allCases`.
    public let findings: [Finding]
    /// SHA-256 that the catalogue states.
    private let stated: [DatasetFile: String]

    /// - Complexity: O(bytes of all unpacked files).
    public init(_ folder: DatasetFolder, against entry: DatasetEntry) {
        self.init(folder, against: entry) { FileCheck(folder.path(of: $0), against: $1) }
    }

    init(
        _ folder: DatasetFolder, against entry: DatasetEntry,
        _ check: (DatasetFile, DatasetEntry.File) -> FileCheck
    ) {
        self.folder = folder
        stated = entry.files.mapValues(\.sha256)
        findings = DatasetFile.allCases.compactMap { file in
            guard let stated = entry.files[file] else { return nil }
            return Finding(file: file, path: folder.path(of: file), check: check(file, stated))
        }
    }

    public var isIntact: Bool { damaged.isEmpty }

    /// The dataset of the catalogue whose files these are, if they are sound.
    public func otherName(in catalogue: DatasetCatalogue) -> String? {
        var digests: [DatasetFile: String] = [:]
        for finding in findings {
            switch finding.check {
            case .intact: digests[finding.file] = stated[finding.file]
            case .wrongDigest(_, let found): digests[finding.file] = found
            case .tooShort, .tooLong, .unreadable: return nil
            }
        }
        return catalogue.name(ofFilesWith: digests)
    }

    /// - Parameter catalogue: tells whose files these are if they are another dataset's.
    /// - Throws: `DatasetDamaged` unless every file is intact.
    public func requireIntact(knowing catalogue: DatasetCatalogue? = nil) throws {
        guard !isIntact else { return }
        throw DatasetDamaged(verification: self, otherName: catalogue.flatMap { otherName(in: $0) })
    }

    var damaged: [Finding] { findings.filter { $0.check != .intact } }
}

/// Files that are not what the catalogue states.
public struct DatasetDamaged: RequestError {
    let verification: DatasetVerification
    /// The dataset whose files they are, where that is known.
    public let otherName: String?

    public var name: String { verification.folder.name }
    public var findings: [DatasetVerification.Finding] { verification.damaged }

    public var description: String {
        let lines = findings.map { finding in
            if case .unreadable(let reason) = finding.check { return "\n  \(reason)" }
            return "\n  \(finding.path): \(finding.check.explanation)"
        }
        let other = otherName.map { "They are the files of '\($0)'. " } ?? ""
        return "The dataset '\(name)' is not what the catalogue states:\(lines.joined())\n"
            + "\(other)Remove these files from there, or fetch them again with 'basin data fetch \(name)'. "
            + "Data of your own need a folder with a name that the catalogue does not have."
    }
}
