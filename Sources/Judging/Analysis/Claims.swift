import Definitions
import Results
import Statistics

/// What a study claims, held against its models.
public struct Claims: Sendable {
    /// In the order of the study's file.
    public let findings: [ClaimFinding]

    /// Evaluates claims over a study's trained models; variants of networks are none. A model that a study has at
    /// several positions can be selected by each of them and counts once.
    ///
    /// - Complexity: O(models) a claim; O(models log models) for a rank correlation.
    public init(_ claims: [Claim], of population: Population) {
        let factors = ModelFactors(of: population)
        findings = claims.map { Self.finding($0, factors) }
    }

    /// Those that were measured and agree, and those that were measured and do not.
    public var agreeing: Int { findings.count { $0.agrees == true } }
    public var disagreeing: Int { findings.count { $0.agrees == false } }

    private static func finding(_ claim: Claim, _ factors: ModelFactors) -> ClaimFinding {
        var finding = ClaimFinding(claim)
        finding.count = 0
        switch factors.models(claim.selection) {
        case .failure(let nothing):
            finding.reason = nothing.description
        case .success(let places):
            let models = factors.distinct(places)
            let columns = [claim.measure] + (claim.over.map { [$0] } ?? [])
            let numbers = columns.map { Column($0, factors.numbers($0, models)) }
            let complete = CompleteRows(of: numbers)
            let variables = numbers.map(complete.variable)
            let count = variables[0].values.count
            finding.count = count
            switch number(claim, variables, selected: models.count) {
            case .failure(let nothing):
                finding.reason = nothing.description
            case .success(let number):
                (finding.measured, finding.standardError) = (number.value, number.standardError)
                finding.agrees = claim.agrees(with: number.value)
                if count < models.count {
                    finding.reason =
                        "\(models.count - count) of \(models.count) selected models have no value and are left out."
                }
            }
        }
        return finding
    }

    private typealias Number = (value: Double, standardError: Double?)

    private struct NoNumber: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameter variables: those of the claim's columns, over the models that have both.
    private static func number(
        _ claim: Claim, _ variables: [Variable], selected: Int
    ) -> Result<Number, NoNumber> {
        let values = variables[0].values
        guard let first = values.first else {
            let columns = variables.map(\.name).joined(separator: " and ")
            return .failure(
                NoNumber(
                    description: selected == 1
                        ? "The selected model has no value of \(columns)."
                        : "None of \(selected) selected models has a value of \(columns)."))
        }
        if let odd = variables.first(where: { !$0.values.allSatisfy(\.isFinite) }) {
            return .failure(NoNumber(description: "\(odd.name) has a value that is not finite."))
        }
        switch claim.statistic {
        case .value:
            guard selected == 1 else {
                return .failure(
                    NoNumber(description: "A claim about one value is about one model, and \(selected) are selected."))
            }
            return .success((first, nil))
        case .mean:
            let mean = values.reduce(0, +) / Double(values.count)
            return mean.isFinite
                ? .success((mean, nil)) : .failure(NoNumber(description: "The sum of \(variables[0].name) overflows."))
        case .minimum: return .success((values.min() ?? first, nil))
        case .maximum: return .success((values.max() ?? first, nil))
        case .slope:
            return powerLaw(variables[0], over: variables[1]).map { ($0.exponent, $0.standardError) }
                .mapError { NoNumber(description: $0.description) }
        case .spearman:
            return correlate(variables[0], variables[1]).outcome.map { ($0.value, nil) }
                .mapError { NoNumber(description: $0.description) }
        }
    }
}

extension Claim {
    /// Whether a measured number is what is claimed. One just at the tolerance or bound agrees: 0.7508 - 0.7503 is more
    /// than 0.0005 in binary.
    func agrees(with measured: Double) -> Bool {
        func slack(_ number: Double) -> Double { 1e-12 * abs(number) }
        if let expected { return abs(measured - expected) <= (tolerance ?? 0) + slack(expected) }
        return (atLeast.map { measured >= $0 - slack($0) } ?? true)
            && (atMost.map { measured <= $0 + slack($0) } ?? true)
    }
}
