import Foundation
import Statistics
import Testing

/// The values of SciPy and NumPy in Fixtures/resampling.json, written by Fixtures/make_resampling_fixtures.py.
struct ResamplingValues: Decodable {
    struct Permutation: Decodable, CustomTestStringConvertible {
        var name, seed: String
        var method: CorrelationMethod
        var x, y: [Double]
        var covariates: [[Double]]
        var blocks: [Int]?
        var permutations, extreme: Int
        var coefficient, between, p: Double
        var testDescription: String { "\(name), \(method.rawValue)" }
    }

    struct ExactPermutation: Decodable, CustomTestStringConvertible {
        var name: String
        var method: CorrelationMethod
        var x, y: [Double]
        var coefficient, p: Double
        var testDescription: String { "\(name), \(method.rawValue)" }
    }

    struct Disagreement: Decodable, CustomTestStringConvertible {
        var name, seed: String
        var method: CorrelationMethod
        var x, y: [Double]
        var covariates: [[Double]]
        var permutations: Int
        var raw, partial, p: Double
        var testDescription: String { "\(name), \(method.rawValue)" }
    }

    struct Bootstrapped: Decodable, CustomTestStringConvertible {
        var name, seed: String
        var method: CorrelationMethod
        var x, y: [Double]
        var covariates: [[Double]]
        var clusters: [Int]?
        var clusterCount: Int?
        var resamples, degenerate: Int
        var level, bias, acceleration: Double
        /// Lower and upper.
        var percentile, bca: [Double]
        var testDescription: String { "\(name), \(method.rawValue)" }
    }

    struct ExactSpearman: Decodable {
        var x, y: [Double]
        var p: Double
    }

    struct SemiPartial: Decodable, CustomTestStringConvertible {
        /// With the covariates removed from x alone, and from y alone.
        struct Coefficients: Decodable {
            var x, y, p: Double
        }

        var name: String
        var x, y: [Double]
        var covariates: [[Double]]
        var spearman, pearson: Coefficients
        var testDescription: String { name }
    }

    struct WithinStrata: Decodable, CustomTestStringConvertible {
        var name: String
        var method: CorrelationMethod
        var variance: RankVariance
        var x, y: [Double]
        var labels: [String]
        /// `mean` and `error` are Fisher's z; `q` and `qP` Cochran's.
        var mean, error, lower, upper, p, q, qP: Double
        var testDescription: String { "\(name), \(method.rawValue), \(variance.rawValue)" }
    }

    var permutations: [Permutation]
    var exactPermutations: [ExactPermutation]
    var disagreements: [Disagreement]
    var bootstraps: [Bootstrapped]
    var exactSpearman: [ExactSpearman]
    var semiPartials: [SemiPartial]
    var withinStrata: [WithinStrata]

    static func load() throws -> ResamplingValues {
        let file = Bundle.module.bundleURL.appending(path: "Fixtures/resampling.json")
        return try JSONDecoder().decode(ResamplingValues.self, from: Data(contentsOf: file))
    }
}

/// Columns of numbers that are made up from a seed, alike on every machine.
struct MadeUpColumns {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// Roughly normal: the sum of four uniform numbers less their mean.
    mutating func next() -> Double {
        (0..<4).reduce(-2) { sum, _ in
            // SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
            return sum + Double((z ^ z >> 31) >> 11) * 0x1p-53
        }
    }

    mutating func column(_ count: Int) -> [Double] { (0..<count).map { _ in next() } }
}
