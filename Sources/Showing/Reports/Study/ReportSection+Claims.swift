import Analysis
import Definitions
import Foundation
import Parameters
import Recording
import Results
import Typography

extension ReportSection {
    /// What the study's file claims, beside what was measured.
    static func claims(_ claims: Claims, of study: StudyRecord) -> ReportSection {
        guard !claims.findings.isEmpty else { return ReportSection() }
        return ReportSection([
            .heading(2, "Claims"), .paragraph(Prose(agreement(claims.findings))),
            .table(table(claims.findings.map { (study.name, $0) }, namesStudies: false)),
            .command([
                "basin sql "
                    + "SELECT claim, measured, expected, agrees FROM claims WHERE study = \(study.name.sqlText)"
                    .shellQuoted
            ]),
        ])
    }

    /// The claims of several studies in one table.
    static func claims(_ members: [(study: StudyRecord, claims: Claims)]) -> ReportSection {
        let findings = members.flatMap { member in member.claims.findings.map { (member.study.name, $0) } }
        guard !findings.isEmpty else { return ReportSection() }
        let names = members.filter { !$0.claims.findings.isEmpty }.map(\.study.name.sqlText).joined(separator: ", ")
        return ReportSection([
            .heading(2, "Claims"), .paragraph(Prose(agreement(findings.map(\.1)))),
            .table(table(findings, namesStudies: true)),
            .command([
                "basin sql "
                    + "SELECT study, claim, measured, expected, agrees FROM claims WHERE study IN (\(names))"
                    .shellQuoted
            ]),
        ])
    }

    /// How many agree, in a sentence or two.
    private static func agreement(_ findings: [ClaimFinding]) -> String {
        let measured = findings.count { $0.measured != nil }
        let agreeing = findings.count { $0.agrees == true }
        let rest = findings.count - measured
        let sentence =
            agreeing == measured && measured > 0
            ? (measured == 1
                ? "The one claim that was measured agrees" : "All \(measured) claims that were measured agree")
                + " with what was claimed."
            : "\(agreeing) of \(measured) measured claims agree with what was claimed."
        return rest == 0 ? sentence : "\(sentence) \(rest) \(rest == 1 ? "was" : "were") not measured."
    }

    private static func table(_ findings: [(study: String, finding: ClaimFinding)], namesStudies: Bool) -> Table {
        let hasLimits = findings.contains { $0.finding.claim.limit != nil }
        var table = Table(
            (namesStudies ? ["study"] : []) + [
                "claim", "origin", "of what", Table.Column("claimed", alignment: .right),
                Table.Column("measured", alignment: .right),
                "models", "agrees",
            ] + (hasLimits ? ["limit"] : []))
        for (study, finding) in findings {
            let claim = finding.claim
            let agrees: Cell =
                switch finding.agrees {
                case true?: "yes"
                case false?: .strong("no")
                case nil: .text("not measured")
                }
            table.append(
                (namesStudies ? [.text(study)] : []) + [
                    .text(claim.claim), .text(claim.origin.words), .text(claim.subject), .text(claim.claimedText),
                    measured(finding),
                    Cell(finding.count), agrees,
                ] + (hasLimits ? [.text(claim.limit ?? "")] : []))
        }
        return table
    }

    private static func measured(_ finding: ClaimFinding) -> Cell {
        guard let value = finding.measured else { return .missing(finding.reason ?? "Nobody has looked yet.") }
        guard let error = finding.standardError else {
            // Counts as they are.
            let whole = Int(exactly: value).flatMap { abs($0) < 1_000_000 ? "\($0)" : nil }
            return .text(whole ?? finding.claim.format.string(value))
        }
        // As many decimals as the error has to two digits.
        let decimals = error > 0 && error.isFinite ? min(max(1 - Int(log10(error).rounded(.down)), 3), 10) : 10
        let format: NumberFormat = abs(value) < 1e7 ? .fixed(decimals) : .significant(decimals)
        return .text("\(format.string(value)) ± \(NumberFormat.significant(2).string(error))")
    }
}

extension Claim.Origin {
    /// Who says so, in the report's words.
    var words: String {
        switch self {
        case .paper: "the paper"
        case .restated: "the paper's instance, as restated"
        case .derived: "derived here"
        }
    }
}

extension Claim {
    /// The number that is claimed something of: "slope of risk over steps; radius 0.5".
    var subject: String {
        let number =
            switch statistic {
            case .value: measure
            case .spearman: "rho of \(measure) and \(over ?? "")"
            default: "\(statistic.rawValue) of \(measure)\(over.map { " over \($0)" } ?? "")"
            }
        return selection == .all ? number : "\(number); \(selection)"
    }

    /// "0.17764 ± 1e-05", "at least 0.45", "0.45 to 0.55".
    var claimedText: String {
        func text(_ number: Double) -> String { ParameterValue.number(number).description }
        if let expected {
            return tolerance.map { $0 == 0 ? text(expected) : "\(text(expected)) ± \(text($0))" } ?? text(expected)
        }
        return switch (atLeast, atMost) {
        case (let low?, let high?): "\(text(low)) to \(text(high))"
        case (let low?, nil): "at least \(text(low))"
        case (nil, let high?): "at most \(text(high))"
        case (nil, nil): ""
        }
    }

    /// With as many digits as it takes to see whether a measured number is within the tolerance.
    var format: NumberFormat {
        guard let expected, let tolerance, expected != 0 else { return .significant(6) }
        guard tolerance > 1e-15 * abs(expected) else { return .exact }
        // A difference of logarithms: the quotient of 1e-300 and 1e300 is 0, without one.
        let digits = Int((log10(abs(expected)) - log10(tolerance)).rounded(.up)) + 1
        return .significant(min(max(digits, 6), 15))
    }
}
