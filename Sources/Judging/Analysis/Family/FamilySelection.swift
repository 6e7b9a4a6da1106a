import Definitions
import Diagnostics
import Results

/// The studies that a command names for one report, each by its name or by a pattern in which `*` stands for anything;
/// studies in another arithmetic are meant by patterns with "-rounding-" in them only.
public struct FamilySelection: Sendable {
    /// By name, each once; of those named by a pattern or a name the newest version.
    public let studies: [StudyRecord]
    /// What the report is called.
    public let name: String

    /// - Parameter name: nil for what stands before the star (of several patterns, what they have in common), without
    ///   hyphens at the end; "-family" is added where a study has that name, whose own report it would take the place
    ///   of.
    /// - Throws: `NoMatchingStudy`, `SeveralVersions`, `UnusableReportName`, `TakenReportName`, `ResultsError` for an
    ///   unknown study.
    public init(matching patterns: [StudyReference], name: String? = nil, in store: ResultsStore) throws {
        let all = try store.studies()
        let known = Set(all.map(\.name)).sorted()
        // Studies in another arithmetic have the networks of their study: a pattern that is not about them means none.
        let rounded = Set(all.filter { $0.rounding != 0 }.map(\.name))
        var wanted: [String: StudyRecord] = [:]
        func add(_ study: StudyRecord) throws {
            if let other = wanted[study.name], other.id != study.id { throw SeveralVersions(study: study.name) }
            wanted[study.name] = study
        }
        for pattern in patterns {
            guard pattern.name.contains("*") else {
                try add(store.study(pattern))
                continue
            }
            let isOfRounded = pattern.name.contains(RoundedName.infix)
            let offered = known.filter { isOfRounded || !rounded.contains($0) }
            let matching = offered.filter { Self.matches($0, pattern.name) }
            guard !matching.isEmpty else { throw NoMatchingStudy(pattern: pattern.name, known: offered) }
            for name in matching { try add(store.study(named: name)) }
        }
        studies = wanted.sorted { $0.key < $1.key }.map(\.value)
        if let name {
            guard Self.isUsable(name) else { throw UnusableReportName(name: name) }
            guard !NameRule.study.reserved.contains(name) else {
                throw UnusableReportName(name: name, isReserved: true)
            }
            guard !known.contains(name) else { throw TakenReportName(name: name, free: Self.free(name, of: known)) }
            self.name = name
        } else {
            let found = Self.commonStart(patterns.map { String($0.name.prefix { $0 != "*" }) })
            self.name = Self.free(found.isEmpty ? "family" : found, of: known)
        }
    }

    /// Whether a name is that of the pattern, `*` standing for any number of characters.
    static func matches(_ name: String, _ pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1, let first = parts.first, let last = parts.last else { return name == pattern }
        guard name.count >= first.count + last.count, name.hasPrefix(first), name.hasSuffix(last) else { return false }
        var rest = name.dropFirst(first.count).dropLast(last.count)
        // Taking each part where it first occurs leaves the most for those behind it.
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let place = rest.firstRange(of: part) else { return false }
            rest = rest[place.upperBound...]
        }
        return true
    }

    private static func commonStart(_ texts: [String]) -> String {
        guard var start = texts.first else { return "" }
        for text in texts { while !text.hasPrefix(start) { start.removeLast() } }
        while start.hasSuffix("-") { start.removeLast() }
        return isUsable(start) && !NameRule.study.reserved.contains(start) ? start : ""
    }

    /// The name, or the first of those with "-family" behind it that no study has.
    private static func free(_ name: String, of studies: [String]) -> String {
        studies.contains(name) ? free(name + "-family", of: studies) : name
    }

    /// Whether it can name a folder within another.
    private static func isUsable(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix(".") && name.utf8.count <= NameRule.mostCharacters
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
    }
}

/// A pattern that no study's name matches.
public struct NoMatchingStudy: RequestError {
    public let pattern: String
    public let known: [String]

    public var description: String {
        known.isEmpty
            ? "The results file has no study yet, so '\(pattern)' matches none. Run one with 'basin run STUDY'."
            : "No study's name matches '\(pattern)'. Known names: \(known.joined(separator: ", "))."
    }
}

/// Two versions of one study, which one report or one mean cannot hold apart.
public struct SeveralVersions: RequestError {
    public let study: String

    public var description: String {
        "Two versions of the study '\(study)' were named. Name one of them, or give them names of their own in their "
            + "study files."
    }
}

/// A name that cannot be a report's folder.
public struct UnusableReportName: RequestError {
    public let name: String
    /// Whether the name is a folder's that holds something else.
    public var isReserved = false

    public var description: String {
        isReserved
            ? "'\(name)' cannot name a report: it is kept for something else. Choose another."
            : """
            '\(name.shortened)' cannot name a report. Use letters, digits, hyphens, underscores and dots, with no dot \
            at the start, \(NameRule.mostCharacters) at most.
            """
    }
}

/// A name whose folder is that of a study's own report.
public struct TakenReportName: RequestError {
    public let name: String
    /// One that no study has.
    public let free: String

    public var description: String {
        "'\(name)' is the name of a study, whose own report a report over several would overwrite. Choose "
            + "another, such as --name \(free)."
    }
}
