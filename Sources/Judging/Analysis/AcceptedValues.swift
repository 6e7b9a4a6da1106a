import Definitions

/// The values with which a measured number agrees with what is claimed or published.
///
/// One slack for all: a number just at the tolerance or bound agrees, as 0.7508 - 0.7503 is more than 0.0005 in binary.
enum AcceptedValues {
    /// At most the tolerance from a number.
    case about(Double, tolerance: Double)
    /// Between bounds, one of which may be missing.
    case between(Double?, Double?)

    init(_ claim: Claim) {
        self =
            claim.expected.map { .about($0, tolerance: claim.tolerance ?? 0) } ?? .between(claim.atLeast, claim.atMost)
    }

    func contain(_ measured: Double) -> Bool {
        switch self {
        case .about(let expected, let tolerance):
            abs(measured - expected) <= tolerance + Self.slack(max(abs(expected), tolerance))
        case .between(let low, let high):
            (low.map { measured >= $0 - Self.slack($0) } ?? true)
                && (high.map { measured <= $0 + Self.slack($0) } ?? true)
        }
    }

    private static func slack(_ number: Double) -> Double { 1e-12 * abs(number) }
}
