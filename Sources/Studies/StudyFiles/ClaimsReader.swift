import Definitions
import Documents

/// Reads a study file's `claims`: sentences with a number in them, to be held against the models.
///
///     claims:
///       - claim: The last iterate's risk is ¼(η(r - ρ)√(T-1) - ρ)².
///         origin: derived                       # paper; restated: of the paper's instance, by others; derived: here
///         statistic: value                      # of one model; mean, minimum, maximum, slope, spearman of several
///         of: population_risk
///         where: {steps: 64, radius: 0.5}
///         expected: 0.17764
///         tolerance: 1e-5
///       - {claim: It grows as the square root of T., origin: paper, statistic: slope,
///          of: population_risk, over: steps, at_least: 0.45, at_most: 0.55}
struct ClaimsReader {
    let columns: StudyColumns

    /// The claims under the key of a study file.
    func claims(_ study: MappingReader, _ key: String) -> [Claim] {
        var claims: [Claim] = []
        var sentences: Set<String> = []
        for entry in study.mappings(key) {
            let claim = self.claim(entry)
            if !sentences.insert(claim.claim).inserted, !claim.claim.isEmpty {
                entry.complain("claim", "is given twice")
            }
            claims.append(claim)
        }
        return claims
    }

    private func claim(_ entry: MappingReader) -> Claim {
        entry.require(ClaimKeys.all)
        let statistic = entry.choice(ClaimKeys.statistic, as: Claim.Statistic.self)
        let claim = Claim(
            claim: entry.text(ClaimKeys.claim) ?? "", origin: entry.choice(ClaimKeys.origin) ?? .derived,
            statistic: statistic ?? .value, measure: columns.number(entry, ClaimKeys.of.name) ?? "",
            over: columns.number(entry, ClaimKeys.over.name),
            selection: columns.selection(entry, ClaimKeys.selection.name),
            expected: entry.number(ClaimKeys.expected),
            tolerance: entry.number(ClaimKeys.tolerance),
            atLeast: entry.number(ClaimKeys.atLeast), atMost: entry.number(ClaimKeys.atMost),
            limit: entry.text(ClaimKeys.limit))
        if entry.value("claim") != nil, claim.claim.isEmpty { entry.complain("claim", "is empty") }
        if let statistic { checkColumns(entry, statistic, claim) }
        checkNumber(entry, claim)
        entry.finish()
        return claim
    }

    private func checkColumns(_ entry: MappingReader, _ statistic: Claim.Statistic, _ claim: Claim) {
        if statistic.isOverAnother {
            entry.require("over", "the column that the \(statistic.rawValue) is over")
            if let over = claim.over, over == claim.measure {
                entry.complain("over", "is 'of' itself, of which the \(statistic.rawValue) is 1: name another column")
            }
        } else if entry.value("over") != nil {
            entry.complain("over", "has no meaning for a claim about a \(statistic.rawValue): leave it out")
        }
    }

    /// Either a number with its tolerance, or bounds.
    private func checkNumber(_ entry: MappingReader, _ claim: Claim) {
        let hasBounds = entry.value("at_least") != nil || entry.value("at_most") != nil
        if entry.value("expected") != nil {
            entry.require("tolerance", "the difference up to which a measured number agrees")
            if hasBounds { entry.problemHere("has both 'expected' and bounds: leave one out") }
        } else {
            if !hasBounds {
                entry.problemHere("claims no number: state 'expected' with 'tolerance', or 'at_least', 'at_most'")
            }
            if entry.value("tolerance") != nil { entry.complain("tolerance", "has no meaning without 'expected'") }
        }
        if let low = claim.atLeast, let high = claim.atMost, low > high {
            entry.complain("at_least", "is above 'at_most'")
        }
        if claim.statistic == .spearman {
            for key in ["expected", "at_least", "at_most"] {
                if let number = entry.number(key), abs(number) > 1 {
                    entry.complain(key, "is no correlation: \(number)")
                }
            }
        }
    }
}

// MARK: Keys

/// The keys of an entry of `claims`.
enum ClaimKeys {
    static let claim = StudyFileKey(
        "claim", .text, .required(hint: "a sentence"), "one plain sentence", example: "The risk grows with the radius.")
    static let origin = StudyFileKey(
        "origin", .choice(Claim.Origin.words), .required(hint: "who says so: " + list(Claim.Origin.words)),
        "who says so; restated is the paper's instance as others give it", example: "paper")
    static let statistic = StudyFileKey(
        "statistic", .choice(Claim.Statistic.words),
        .required(hint: "the number that is claimed: " + list(Claim.Statistic.words)),
        "value of exactly one model; the others of several", example: "spearman")
    static let of = StudyFileKey(
        "of", .text, .required(hint: "the column that it is about"), "a measure, a hyperparameter or seed",
        example: "population_risk")
    static let over = StudyFileKey(
        "over", .text, .optional(otherwise: "nothing: needed with slope and spearman"), "the second column",
        example: "radius")
    static let selection = FigureKeys.selection
    static let expected = StudyFileKey(
        "expected", .number(.any), .optional(otherwise: "bounds are stated instead"), "the number itself",
        example: "0.5")
    static let tolerance = StudyFileKey(
        "tolerance", .number(.atLeastZero), .optional(otherwise: "nothing: needed with expected"),
        "the difference up to which a measured number agrees", example: "0.01")
    static let atLeast = StudyFileKey(
        "at_least", .number(.any), .optional(otherwise: "no bound"), "the least number that agrees", example: "0.45")
    static let atMost = StudyFileKey(
        "at_most", .number(.any), .optional(otherwise: "no bound"), "the greatest number that agrees", example: "0.55")
    static let limit = StudyFileKey(
        "limit", .text, .optional(otherwise: "nothing"), "what should be known before it is believed",
        example: "Of small steps.")

    static let all = [
        claim, origin, statistic, of, over, selection, expected, tolerance, atLeast, atMost, limit,
    ]

    private static func list(_ words: [String]) -> String { words.joined(separator: ", ") }
}
