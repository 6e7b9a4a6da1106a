import Foundation
import Networks
import Randomness

/// The size σ of Gaussian noise on the parameters that lowers the training accuracy by 0.1.
///
/// 32 draws ε are fixed before the search, so that the accuracy is a function of σ and its search has an error: 8
/// blocks of 4 draws are searched alone, and the standard error of ln σ is their spread over √8.
///
/// The noise is σ ε_i, or with reference values r it is √(σ² r_i² + 1e-6) ε_i.
struct NoiseScale {
    let logarithm: Double
    /// Of the natural logarithm; nil where a block has no scale.
    let standardError: Double?

    var sigma: Double { exp2(logarithm) }

    static let draws = 32
    private static let blocks = 8
    private static let range = -12.0...4.0
    /// ε² of the magnitude-aware noise.
    static let floor = 1e-6

    /// - Parameter reference: |r| of each parameter; nil for plain noise.
    /// - Complexity: up to 14 x 32 forward passes for all draws, about as many for the blocks; each draw is tried at a
    ///   scale once, and only while it can change the answer.
    init(_ view: PointView, _ stream: NativeStream, reference: [Double]? = nil) throws(ScaleSearch.Failure) {
        try ScaleSearch.check(view)
        let trials = NoiseTrials(view, stream, reference: reference)
        let whole = try ScaleSearch.logarithm(in: Self.range) { trials.fall(at: $0, 0..<Self.draws) }
        logarithm = whole
        let size = Self.draws / Self.blocks
        var parts: [Double] = []
        for block in 0..<Self.blocks {
            guard
                let part = try? ScaleSearch.logarithm(
                    in: Self.range, { trials.fall(at: $0, block * size..<(block + 1) * size) })
            else { break }
            parts.append(part * log(2))
        }
        guard parts.count == Self.blocks else {
            standardError = nil
            return
        }
        standardError = meanAndError(parts).error
    }
}

/// The right answers of the network under each draw of noise, at the scales that were asked for.
private final class NoiseTrials {
    private let view: PointView
    private let noise: [[Double]]
    private let reference: [Double]?
    /// By log2 of the scale: the right answers under each draw, where they were counted.
    private var counted: [Double: [Int: Int]] = [:]
    /// x U₁ᵀ of each draw and x W₁ᵀ + b₁, block by block, where the noise is plain: only later layers are run again.
    private var firstLayers: [[FirstLayer]] = []

    private struct FirstLayer {
        let plain, noise: [Double]
    }

    init(_ view: PointView, _ stream: NativeStream, reference: [Double]?) {
        self.view = view
        self.reference = reference
        var stream = stream
        let count = view.network.parameters.count
        noise = (0..<NoiseScale.draws).map { _ in (0..<count).map { _ in stream.normal() } }
        let layer = view.layers[0]
        let numbers = view.count * layer.outputs * NoiseScale.draws
        guard reference == nil, view.layers.count > 1, numbers <= 1 << 25 else { return }
        var plain: [[Double]] = []
        view.forEachBlock { plain.append(layer.affine($1, count: $0.count, of: view.network.parameters)) }
        firstLayers = noise.map { draw in
            var parts: [FirstLayer] = []
            view.forEachBlock { block, inputs in
                parts.append(
                    FirstLayer(
                        plain: plain[parts.count], noise: layer.affine(inputs, count: block.count, of: draw)))
            }
            return parts
        }
    }

    /// Whether the mean accuracy under some draws falls by 0.1. Draws that cannot change the answer are not tried.
    func fall(at logarithm: Double, _ draws: Range<Int>) -> Bool {
        let answers = draws.count * view.count
        // What is lost if all that is to come is right, and if all of it is wrong.
        var least = view.correct * draws.count - answers
        var most = view.correct * draws.count
        for draw in draws {
            let right = correct(at: logarithm, draw)
            least += view.count - right
            most -= right
            if ScaleSearch.falls(least, of: answers) { return true }
            if !ScaleSearch.falls(most, of: answers) { break }
        }
        return false
    }

    private func correct(at logarithm: Double, _ draw: Int) -> Int {
        if let known = counted[logarithm]?[draw] { return known }
        let sigma = exp2(logarithm)
        var parameters = view.network.parameters
        if let reference {
            for place in parameters.indices {
                let size = reference[place]
                parameters[place] +=
                    (sigma * sigma * size * size + NoiseScale.floor).squareRoot() * noise[draw][place]
            }
        } else {
            for place in parameters.indices { parameters[place] += sigma * noise[draw][place] }
        }
        let right =
            firstLayers.isEmpty
            ? view.lossSurface.correct(at: parameters) : correct(firstLayers[draw], sigma, parameters)
        counted[logarithm, default: [:]][draw] = right
        return right
    }

    private func correct(_ parts: [FirstLayer], _ sigma: Double, _ parameters: [Double]) -> Int {
        let activation = view.network.architecture.activation
        var right = 0
        for (first, block) in zip(parts, view.blocks) {
            var outputs = first.plain
            for place in outputs.indices {
                outputs[place] += sigma * first.noise[place]
            }
            activation.apply(to: &outputs)
            for (index, layer) in view.layers.enumerated().dropFirst() {
                outputs = layer.affine(outputs, count: block.count, of: parameters)
                if index < view.layers.count - 1 { activation.apply(to: &outputs) }
            }
            right += correctCount(logits: outputs, labels: view.labels[block], classes: view.classes)
        }
        return right
    }
}
