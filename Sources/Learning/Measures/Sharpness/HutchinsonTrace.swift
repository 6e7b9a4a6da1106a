import Foundation
import Networks
import Parameters
import Randomness

/// Hutchinson's estimate of the training loss's Hessian trace: the mean of vᵀ H v over random sign vectors.
///
/// With `points` fewer than the training points, the loss is the mean over a random subset of that size, another one
/// for each network: the first of the permutation dealt by the child "hutchinson-points", and of that the network's
/// seed, of the native stream of `seed`, whichever stream draws the signs. The standard error then covers the choice of
/// points as well: the variance of the points' mean curvatures, with the correction for a finite population, is added
/// to the probes' own.
///
/// - Complexity: O(probes) passes over the training points.
public struct HutchinsonTrace: Measure {
    public static let about = MeasureDescription(
        id: "hessian_trace_hutchinson", title: "Hessian trace (Hutchinson)", family: "sharpness",
        formula:
            """
            (1/m) Σ_k v_kᵀ H v_k, v_k uniform in {-1, +1}^P; standard error s / sqrt(m), of the points too when \
            they are a subset
            """,
        source: "Hutchinson (1990); Bennett, arXiv 2605.05209, with 30 probes",
        invariances: [.permutation], reads: [.trainingInputs, .trainingLabels], predictedSign: .negative,
        effortUnit: "probes",
        limits:
            """
            Noise of a few per cent at 30 probes, which weakens every correlation; the exact trace is cheaper. \
            Permutation leaves the estimate's law as it is, not the estimate of fixed probes.
            """,
        // Always written are the options whose defaults shipped studies stated before there was a rule.
        options: [
            Parameter("probes", integers: 2...1_000_000, default: 30, isAlwaysWritten: true, "random sign vectors"),
            Parameter(
                "stream", .choice([StreamKind.native, .torchCUDA].map(\.rawValue)),
                default: .value(.word(StreamKind.native.rawValue)), isAlwaysWritten: true, "where the signs come from"),
            Parameter("seed", integers: 0...Int.max, default: 0, isAlwaysWritten: true, "of the stream"),
            Parameter(
                "offset", integers: 0...1 << 48, multipleOf: 4, default: 0,
                "torch-cuda only: the generator's state before the population's first probe"),
            Parameter(
                "points", .integer(in: 2...1_000_000_000), default: .absent(meaning: "all"),
                "training points that the loss is taken over, a random subset when there are more"),
        ], roles: [.followedOverStudies])

    private enum Probes {
        /// The network's own child of the stream, by its seed.
        case native(seed: UInt64)
        /// One generator for the whole population, network after network.
        case torchCUDA(seed: UInt64, offset: UInt64)
    }

    private let probeCount: Int
    private let probes: Probes
    private let pointLimit: Int?
    private let seed: UInt64

    public init(options: ParameterValues) {
        probeCount = options.integer("probes")
        pointLimit = options["points"]?.integer
        seed = UInt64(options.integer("seed"))
        probes =
            options.choice("stream") == StreamKind.torchCUDA
            ? .torchCUDA(seed: seed, offset: UInt64(options.integer("offset"))) : .native(seed: seed)
    }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        switch probes {
        case .native(let seed):
            let stream = NativeStream(seed: seed).child("hutchinson").child(subject.seed)
            return estimate(for: subject, probes: stream)
        case .torchCUDA(let seed, let offset):
            let draws = Self.tensorSizes(subject.architecture).reduce(0) { $0 + TorchCUDAStream.advance(ofBits: $1) }
            let before = UInt64(subject.position * probeCount) * draws
            return estimate(for: subject, probes: TorchCUDAStream(seed: seed, offset: offset + before))
        }
    }

    private func estimate(for subject: Subject, probes stream: some RademacherSource) -> MeasuredValue {
        var stream = stream
        let points = points(of: subject)
        let derivative = SecondDirectionalDerivative(network: subject.network, points: points)
        let sizes = Self.tensorSizes(subject.architecture)
        var sums = [Double](repeating: 0, count: points.count)
        let values = (0..<probeCount).map { _ in
            let curvatures = derivative.pointwise(along: sizes.flatMap { stream.signs(count: $0) })
            for (index, curvature) in curvatures.enumerated() { sums[index] += curvature }
            return curvatures.reduce(0, +) / Double(points.count)
        }
        var variance = varianceOfMean(values)
        if points.count < subject.training.count {
            let missing = 1 - Double(points.count) / Double(subject.training.count)
            variance += missing * varianceOfMean(sums.map { $0 / Double(probeCount) })
        }
        return MeasuredValue(
            values.reduce(0, +) / Double(probeCount), standardError: variance.squareRoot(), effort: probeCount)
    }

    private func points(of subject: Subject) -> LabelledPoints {
        let training = subject.training
        guard let pointLimit, pointLimit < training.count else { return training }
        var stream = NativeStream(seed: seed).child("hutchinson-points").child(subject.seed)
        return training.selected(stream.permutation(of: training.count).prefix(pointLimit))
    }

    /// Weights and biases draw apart, layer by layer, as PyTorch's parameters do.
    private static func tensorSizes(_ architecture: Architecture) -> [Int] {
        architecture.layers.flatMap { [$0.weightCount, $0.outputs] }
    }
}
