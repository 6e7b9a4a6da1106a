import Foundation
import Statistics
import Testing

/// The values of SciPy, NumPy and statsmodels in Fixtures/correlations.json, written by Fixtures/make_fixtures.py.
struct ReferenceValues: Decodable {
    struct Coefficient: Decodable {
        var estimate, p: Double
        var lower, upper: Double?
        var rank: Int?
    }

    struct Pair: Decodable, CustomTestStringConvertible {
        var name: String
        var x, y, ranks: [Double]
        var spearman, pearson, kendall: Coefficient
        var testDescription: String { name }

        func coefficient(_ method: CorrelationMethod) -> Coefficient {
            switch method {
            case .spearman: spearman
            case .pearson: pearson
            case .kendall: kendall
            }
        }
    }

    struct Partial: Decodable, CustomTestStringConvertible {
        var name: String
        var x, y: [Double]
        var covariates: [[Double]]
        var spearman, pearson: Coefficient
        var testDescription: String { name }
    }

    struct Interval: Decodable, CustomTestStringConvertible {
        var name, method, seed: String
        var x, y: [Double]
        var covariates: [[Double]]
        var resamples, degenerate: Int
        var level, lower, upper: Double
        var testDescription: String { name }
    }

    struct Family: Decodable {
        var p, adjusted: [Double]
    }

    struct Categorical: Decodable, CustomTestStringConvertible {
        var name: String
        var x, y: [Double]
        var labels: [String]
        var spearman: Coefficient
        var testDescription: String { name }
    }

    struct Welch: Decodable, CustomTestStringConvertible {
        var name: String
        var a, b: [Double]
        var difference, t, degrees, p, lower, upper: Double
        var testDescription: String { name }
    }

    var pairs: [Pair]
    var partials: [Partial]
    var bootstraps: [Interval]
    var holm: [Family]
    var categorical: [Categorical]
    var welch: [Welch]

    static func load() throws -> ReferenceValues {
        let file = Bundle.module.bundleURL.appending(path: "Fixtures/correlations.json")
        return try JSONDecoder().decode(ReferenceValues.self, from: Data(contentsOf: file))
    }
}

func variables(_ columns: [[Double]]) -> [Variable] {
    columns.enumerated().map { Variable("covariate \($0 + 1)", $1) }
}

/// Whether two p values of correlation `r` agree to 1e-12 of their size.
///
/// Near |r| = 1 the last bits of r itself move p by more: dp/p is about ν dr/(1 - r²). They are granted there, as
/// SciPy's own two ways to such an r differ by them.
func agree(_ p: Double, _ reference: Double, correlation r: Double, count: Int) -> Bool {
    let lastBits = 4 * Double(count) * Double.ulpOfOne / max(1 - r * r, .leastNormalMagnitude)
    return abs(p - reference) <= (1e-12 + lastBits) * reference
}
