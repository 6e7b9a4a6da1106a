import Analysis
import Results

/// One report over several studies that share columns: what differs between them, and what their correlations do.
public struct FamilyReport: Reported {
    public let report: Report

    /// - Parameters:
    ///   - name: that of the report's folder.
    ///   - statedDigests: SHA-256 of each data file that the catalogue states, by "dataset/file"; the report says where
    ///     models saw others.
    /// - Throws: `UnknownColumn` when no study's target was measured and none has a claim or a figure.
    public init(
        of populations: [Population], name: String, in store: ResultsStore, statedDigests: [String: String] = [:]
    ) throws {
        let family = StudyFamily(of: populations)
        let restriction = RestrictionText(of: family.members)
        let stated = try family.members.map { try store.findings(of: $0.study.id).map(\.claim) }
        let published = try family.members.map { try store.replication(of: $0.study) }
        // What a study claims, and others published, is about all of its networks.
        let claims = zip(family.members, stated).map { member, claims in
            (study: member.study, claims: Claims(restriction == nil ? claims : [], of: member))
        }
        let figures = try family.members.map { member in
            (study: member.study, figures: try store.figures(of: member.study.id), factors: ModelFactors(of: member))
        }
        var judged = family.members.filter { $0.columns.contains($0.study.target) }
        // Without claims and figures there would be nothing to report: then the missing target is the error to tell.
        if judged.isEmpty, claims.allSatisfy(\.claims.findings.isEmpty), figures.allSatisfy(\.figures.isEmpty) {
            judged = family.members
        }
        let judgedFamily = StudyFamily(of: judged)
        let verdicts = judged.isEmpty || !judgedFamily.hasSample ? nil : try FamilyVerdicts(of: judgedFamily)
        let networks: [ReportSection] =
            (verdicts.map(Self.answer) ?? []) + [.claims(claims), .figures(figures), .targets(family, judged: judged)]
            + (judged.isEmpty ? [] : try Self.evidence(of: judgedFamily, in: store))
            + [.experiments(family.members)]
        report = Report(
            name: name + (family.members.first?.reportMark ?? ""), summary: verdicts?.finding,
            [
                .head(family, name: name),
                .restriction(restriction, leavesOut: !(stated.joined().isEmpty && published.joined().isEmpty)),
                .otherData(
                    runs: try family.members.flatMap { try StudyReport.runs(behind: $0, in: store) },
                    stated: statedDigests),
            ] + networks.map { $0.restricted(by: restriction) } + [.studies(family, name: name)])
    }

    /// What was found of the studies' targets, which all members have, for readers who stop there.
    private static func answer(_ verdicts: FamilyVerdicts) -> [ReportSection] {
        [.finding(verdicts), .health(verdicts.family), .verdicts(verdicts)]
    }

    /// What stands behind it.
    private static func evidence(of family: StudyFamily, in store: ResultsStore) throws -> [ReportSection] {
        if !family.hasSample { return [try .labRanks(family.members)] }
        let published = try family.members.map { member in
            member.restriction == nil ? try store.replication(of: member.study) : []
        }
        return [
            .regimes(family, published: published),
            .correlations(try FamilyCorrelations(of: family, published: published)),
            .publishedSummaries(family, published),
            .publishedNetworks(family, published),
        ]
    }
}
