import Foundation
import Measures
import Randomness
import Testing

@Suite struct LabellingCounterTests {
    /// Counts that are known: closed forms, and enumeration by hand and by another program.
    struct Known: CustomTestStringConvertible, Sendable {
        let name: String
        let classes: Int
        let width: Int
        var training: [Float] = []
        var labels: [UInt8] = []
        let probes: [Float]
        let labellings: Int
        var extensions: Int?

        var testDescription: String { name }

        var problem: LabellingProblem {
            LabellingProblem(classCount: classes, width: width, features: training, labels: labels, probes: probes)
        }
    }

    /// 10^log10 of the estimate; of the count with a budget that keeps every node.
    private func count(
        _ problem: LabellingProblem, _ target: LabellingCounter.Target, budget: Int = 100_000, seed: Int = 1
    ) throws -> (count: Double, pass: LabellingCounter.Pass) {
        let answers = LabellingSolver.solve(problem)
        let counter = LabellingCounter(
            problem, rootClasses: (0..<problem.probeCount).map(answers.feasibleClasses), counting: target,
            budget: budget)
        let pass = try #require(counter.run(NativeStream(seed: UInt64(seed))))
        return (pow(10, pass.log10Count), pass)
    }

    /// Points of the moment curve, which are in general position.
    private static func general(width: Int, count: Int) -> [Float] {
        (1...count).flatMap { point in (1...width).map { Float(pow(Double(point) - 4.5, Double($0))) } }
    }

    private static func cover(_ f: Int, _ m: Int, _ labellings: Int) -> Known {
        Known(
            name: "Cover, f = \(f), m = \(m)", classes: 2, width: f - 1, probes: general(width: f - 1, count: m),
            labellings: labellings)
    }

    static let known = [
        // 2 Σ_{i<f} C(m-1, i): Cover 1965.
        cover(2, 6, 12), cover(3, 4, 14), cover(3, 5, 22), cover(3, 10, 92), cover(4, 10, 260),
        // Σ_s C(m-1, s-1) K!/(K-s)!: orders of the classes on a line.
        Known(name: "line 3 3", classes: 3, width: 1, probes: [1, 2, 4], labellings: 21, extensions: 58),
        Known(name: "line 3 4", classes: 3, width: 1, probes: [1, 2, 4, 7], labellings: 39, extensions: 190),
        Known(name: "line 4 3", classes: 4, width: 1, probes: [1, 2, 4], labellings: 52),
        Known(
            name: "between two points", classes: 2, width: 1, training: [0, 4], labels: [0, 1], probes: [1, 2, 3],
            labellings: 4, extensions: 20),
        Known(
            name: "between two points and a third class", classes: 3, width: 1, training: [0, 4], labels: [0, 1],
            probes: [1, 2, 3], labellings: 10, extensions: 38),
        Known(
            name: "outside, too", classes: 3, width: 1, training: [0, 4], labels: [0, 1], probes: [-1, 2, 5],
            labellings: 7, extensions: 28),
        Known(
            name: "no choice", classes: 2, width: 1, training: [0, 4], labels: [0, 1], probes: [-1, 5], labellings: 1),
        Known(
            name: "plane", classes: 3, width: 2, probes: [0, 0, 3, 1, 1, 4, 5, 5], labellings: 75, extensions: 250),
        Known(
            name: "triangle", classes: 3, width: 2, training: [0, 0, 6, 0, 0, 6], labels: [0, 1, 2],
            probes: [2, 2, 1, 3, 3, 1], labellings: 16, extensions: 50),
        Known(
            name: "triangle and a point beyond", classes: 3, width: 2, training: [0, 0, 6, 0, 0, 6],
            labels: [0, 1, 2], probes: [2, 2, 1, 3, 3, 1, 4, 4], labellings: 36, extensions: 168),
    ]

    @Test("With a budget of all nodes the estimate is the count", arguments: known)
    func exact(known: Known) throws {
        let (count, pass) = try count(known.problem, .labellings)
        #expect(abs(count - Double(known.labellings)) < 1e-6 * count)
        #expect(pass.undecided == 0)
        if let extensions = known.extensions {
            let (count, pass) = try self.count(known.problem, .extensions)
            #expect(abs(count - Double(extensions)) < 1e-6 * count)
            #expect(pass.undecided == 0)
        }
    }

    @Test("A small budget's estimates have the count for their mean", arguments: [1, 4])
    func unbiased(budget: Int) throws {
        let known = Self.cover(4, 10, 260)
        let repeats = budget == 1 ? 2000 : 500
        let counts = try (0..<repeats).map { try count(known.problem, .labellings, budget: budget, seed: $0).count }
        let mean = counts.reduce(0, +) / Double(repeats)
        let deviation = (counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(repeats - 1)).squareRoot()
        #expect(deviation > 10)
        #expect(abs(mean - 260) < 4 * deviation / Double(repeats).squareRoot())
    }

    @Test("The more is kept the less estimates scatter")
    func budgets() throws {
        let problem = Self.cover(4, 20, 2320).problem
        func deviation(_ budget: Int) throws -> Double {
            let values = try (0..<100).map { try count(problem, .labellings, budget: budget, seed: $0).pass.log10Count }
            let mean = values.reduce(0, +) / 100
            return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        }
        #expect(try deviation(64) < deviation(4) / 4)
    }

    @Test("Counts multiply where training ties a unit to each probe, and units of probes alone couple them")
    func units() throws {
        // Two probes, each alone on a unit of its own: any labels.
        let apart = LabellingProblem(
            classCount: 3, width: 2, features: [0, 0], labels: [0], probes: [2, 0, 0, 5])
        #expect(try abs(count(apart, .labellings).count - 9) < 1e-9)
        // The same unit, for the second probe twice the first: on the line from the training point through both.
        let together = LabellingProblem(classCount: 3, width: 1, features: [0], labels: [0], probes: [1, 2])
        // 00, 01, 02, 11, 12, 21, 22; not 10 or 20, nor through 0 again.
        #expect(try abs(count(together, .labellings).count - 7) < 1e-9)
    }
}
