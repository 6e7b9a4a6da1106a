import Foundation
import LinearAlgebra
import Networks

/// A network on the training points that a measure takes, with the passes that measures share: each is computed when
/// first asked for, once, in float64 from the float32 parameters and inputs.
///
/// Points that are a subset of a study's then *are* the training set: what is computed is exact for them.
///
/// Used on one thread, as its `Subject` is.
package final class PointView {
    package enum Kind: String {
        case training, unseen
    }

    package let network: Float64Network
    let points: LabelledPoints
    private let kind: Kind

    package init(_ network: Float64Network, _ points: LabelledPoints, _ kind: Kind = .training) {
        self.network = network
        self.points = points
        self.kind = kind
    }

    /// Why nothing can be measured here: there are no points, nothing to decide, or the network's outputs are no
    /// numbers. Decisions of outputs that are none would be counted as answers.
    private(set) lazy var objection: String? = {
        guard count > 0 else { return "there are no \(kind.rawValue) points" }
        guard classes > 1 else { return "the network has one class" }
        return logits.allSatisfy(\.isFinite) ? nil : "the network's outputs are not finite"
    }()

    var count: Int { points.count }
    var labels: [UInt8] { points.labels }
    var classes: Int { network.architecture.classCount }
    var layers: [Architecture.Layer] { network.architecture.layers }

    /// Outputs of all layers are kept if they take no more than this many numbers: 64 MiB.
    private static let mostKept = 1 << 23
    private var kept: [PointPass]?

    /// Visits the points block by block.
    ///
    /// - Complexity: O(count · parameters) where the passes are not kept.
    func forEachPass(_ visit: (PointPass) -> Void) {
        if let kept { return kept.forEach(visit) }
        let keeps = count * network.architecture.widths.reduce(0, +) <= Self.mostKept
        var passes: [PointPass] = []
        for block in blocks {
            let pass = PointPass(
                network, first: block.lowerBound, count: block.count,
                outputs: network.outputs(of: inputs(block), count: block.count))
            visit(pass)
            if keeps { passes.append(pass) }
        }
        if keeps { kept = passes }
    }

    /// The places of the points, block by block.
    var blocks: [Range<Int>] {
        stride(from: 0, to: count, by: Network.blockSize).map { $0..<min($0 + Network.blockSize, count) }
    }

    func inputs(_ range: Range<Int>) -> [Double] {
        points.inputs[range.lowerBound * points.inputSize..<range.upperBound * points.inputSize].map(Double.init)
    }

    /// Visits the inputs block by block, without a pass where none is kept.
    func forEachBlock(_ visit: (_ block: Range<Int>, _ inputs: [Double]) -> Void) {
        if let kept {
            for pass in kept { visit(pass.first..<pass.first + pass.count, pass.outputs[0]) }
        } else {
            for block in blocks { visit(block, inputs(block)) }
        }
    }

    func labels(of pass: PointPass) -> ArraySlice<UInt8> { points.labels[pass.first..<pass.first + pass.count] }

    // MARK: What measures share

    /// Of `leastQuantization()`, once it was found out.
    var knownLeastQuantization: Quantization??

    /// Of `MixupError`, once they were counted.
    var knownMidpointErrors: (errors: [Double], pairs: Int)?

    /// By kind and stream.
    var noiseScales: [String: Result<NoiseScale, ScaleSearch.Failure>] = [:]

    /// count x classes.
    private(set) lazy var logits: [Double] = {
        var logits: [Double] = []
        forEachPass { logits += $0.logits }
        return logits
    }()

    /// The last hidden layer's outputs, count x featureWidth; the inputs where there is none.
    private(set) lazy var features = hidden(layer: network.architecture.layers.count - 1)

    /// The outputs of a hidden layer, from 1; the inputs for 0.
    func hidden(layer: Int) -> [Double] {
        var found: [Double] = []
        forEachPass { found += $0.outputs[layer] }
        return found
    }

    private(set) lazy var margins = Margins(logits: logits, labels: labels, classes: classes)

    /// How many points have their own class as the largest logit; ties go to the lowest class.
    private(set) lazy var correct = correctCount(logits: logits, labels: labels, classes: classes)

    /// The mean cross-entropy.
    private(set) lazy var loss = meanCrossEntropy(logits: logits, labels: labels, classes: classes)

    private(set) lazy var hessianDiagonal = HessianDiagonal(of: self)

    /// ∇L, laid out as `Architecture` says.
    package private(set) lazy var gradient = GradientMoments.mean(of: self)

    /// |∇L|².
    private(set) lazy var squaredGradientNorm = sumOfSquares(gradient, gradient.indices)

    /// The mean of the points' squared gradients, (1/n) Σ_i |g_i|².
    package private(set) lazy var meanSquaredGradient = GradientMoments.meanSquare(of: self)

    /// The nonzero eigenvalues of the Gauss–Newton matrix G, smallest first; nil where LAPACK gave up.
    private(set) lazy var gaussNewtonSpectrum = GramMatrix(of: self).eigenvalues()

    /// Those of D G D, D = diag(θ).
    private(set) lazy var adaptiveGaussNewtonSpectrum = GramMatrix(of: self, isAdaptive: true).eigenvalues()

    /// The loss at other parameters, and the gradient there.
    package var lossSurface: LossSurface { LossSurface(self) }

    /// Singular values of each layer's weights, largest first; nil where LAPACK gave up.
    private(set) lazy var singularValues: [[Double]]? = {
        var found: [[Double]] = []
        for layer in layers {
            guard
                let values = BLAS.singularValues(
                    Array(network.parameters[layer.weights]), rows: layer.outputs, columns: layer.inputs)
            else { return nil }
            found.append(values)
        }
        return found
    }()
}

/// What a measure takes of a network: which member of its orbit, and which training points.
struct ViewChoice: Hashable {
    /// Whether the member of the neuron-rescaling orbit with the least Σ θ² stands for the network.
    var isBalanced = false
    /// At most so many points, a subset that all networks of a study share; nil for all.
    var points: Int?
    /// Of the stream that draws them.
    var seed: UInt64 = 0
}
