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

    /// - Complexity: O(bytes of all unpacked files).
    public init(_ folder: DatasetFolder, against entry: DatasetEntry) {
        self.folder = folder
        findings = DatasetFile.allCases.compactMap { file in
            guard let stated = entry.files[file] else { return nil }
            let path = folder.path(of: file)
            return Finding(file: file, path: path, check: FileCheck(path, against: stated))
        }
    }

    public var isIntact: Bool { damaged.isEmpty }

    /// - Throws: `DatasetDamaged` unless every file is intact.
    public func requireIntact() throws {
        guard isIntact else { throw DatasetDamaged(name: folder.name, findings: damaged) }
    }

    private var damaged: [Finding] { findings.filter { $0.check != .intact } }
}

/// Files that are not what the catalogue states.
public struct DatasetDamaged: RequestError {
    public let name: String
    public let findings: [DatasetVerification.Finding]

    public var description: String {
        let lines = findings.map { finding in
            if case .unreadable(let reason) = finding.check { return "\n  \(reason)" }
            return "\n  \(finding.path): \(finding.check.explanation)"
        }
        return "The dataset '\(name)' is not what the catalogue states:\(lines.joined())\n"
            + "Remove these files, or fetch them again with 'basin data fetch \(name)'."
    }
}
