import Foundation
import Parameters
import Randomness

/// One estimate of the version space's volume, with classifiers drawn from it.
struct VersionSpaceRun {
    struct Choice: Hashable {
        let particles: Int
        let sweeps: Int
        let runs: Int
        let seed: UInt64

        init(_ options: ParameterValues) {
            particles = options.integer("particles")
            sweeps = options.integer("sweeps")
            runs = options.integer("runs")
            seed = UInt64(options.integer("seed"))
        }

        static let options = [
            Parameter("particles", integers: 8...100_000, default: 128, "classifiers that walk side by side"),
            Parameter("sweeps", integers: 1...10_000, default: 4, "twice so many moves a class between levels"),
            Parameter("runs", integers: 2...10_000, default: 4, "independent estimates"), .seed,
        ]
    }

    /// The natural logarithm of the estimated probability.
    let logVolume: Double
    /// Σ_j H(label of probe j), in bits.
    let labelEntropy: Double
    fileprivate let particles: [Double]

    /// The place of the run's points in the order in which they were added.
    fileprivate let order: [Int]

    /// The runs of a choice; nil when all particles of a run died in three tries.
    static func all(_ choice: Choice, _ features: WhitenedFeatures, _ problem: LabellingProblem, _ stream: NativeStream)
        -> [VersionSpaceRun]?
    {
        let runs = (0..<choice.runs).compactMap { index in
            (0..<3).lazy.compactMap {
                VersionSpaceRun(choice, features, problem, stream.child(UInt64(index)).child(UInt64($0)))
            }.first
        }
        return runs.count == choice.runs ? runs : nil
    }

    private init?(
        _ choice: Choice, _ features: WhitenedFeatures, _ problem: LabellingProblem, _ stream: NativeStream
    ) {
        var stream = stream
        let order = stream.permutation(of: problem.pointCount)
        let walk = VersionSpaceWalk(
            rows: order.map { features.points[$0] }, labels: order.map { problem.labels[$0] },
            classCount: problem.classCount, width: features.width, particles: choice.particles,
            sweeps: choice.sweeps, stream.child("walk"))
        for _ in order { guard walk.addPoint() else { return nil } }
        var counts = [Int](repeating: 0, count: features.probes.count * problem.classCount)
        for _ in 0..<4 {
            walk.renew(sweeps: choice.sweeps)
            walk.countChoices(of: features.probes, into: &counts)
        }
        let total = Double(4 * choice.particles)
        labelEntropy = counts.reduce(0) { sum, count in
            count == 0 ? sum : sum - Double(count) / total * log2(Double(count) / total)
        }
        logVolume = walk.logProbability
        particles = walk.particles
        self.order = order
    }

    /// The natural logarithm of the share of the version space that also gives the probes these labels; nil when all
    /// particles died.
    func logShare(
        labels: [Int], _ choice: Choice, _ features: WhitenedFeatures, _ problem: LabellingProblem,
        _ stream: NativeStream
    ) -> Double? {
        var stream = stream
        let places = stream.permutation(of: features.probes.count)
        let walk = VersionSpaceWalk(
            rows: order.map { features.points[$0] } + places.map { features.probes[$0] },
            labels: order.map { problem.labels[$0] } + places.map { labels[$0] }, classCount: problem.classCount,
            width: features.width, particles: choice.particles, sweeps: choice.sweeps,
            continuing: (particles, order.count), stream.child("walk"))
        for _ in places { guard walk.addPoint() else { return nil } }
        return walk.logProbability
    }
}
