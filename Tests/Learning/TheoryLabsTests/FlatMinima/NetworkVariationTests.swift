import Foundation
import LinearAlgebra
import Measures
import Networks
import Randomness
import Testing
import TheoryLabs

@Suite struct NetworkVariationTests {
    private static let shapes = GoldenShape.allCases

    private func loss(_ shape: GoldenShape, _ loss: OutputLoss, targets: [Double]? = nil) -> NetworkLoss {
        NetworkLoss(
            architecture: shape.architecture, loss: loss, inputs: shape.inputs, targets: targets ?? shape.labels)
    }

    /// The loss of which the golden network is a minimum.
    private func ownLoss(_ shape: GoldenShape, _ kind: OutputLoss, hasBiases: Bool = true) -> NetworkLoss {
        let labelled = loss(shape, kind)
        let logits = labelled.outputs(shape.network(hasBiases: hasBiases).parameters)[
            shape.architecture.widths.count - 1]
        if case .crossEntropy = kind { return loss(shape, kind, targets: labelled.probabilities(logits)) }
        return loss(shape, kind, targets: logits)
    }

    @Test(
        "The gradient is that of differences, and vanishes where targets are the network's answers", arguments: shapes)
    func gradient(shape: GoldenShape) {
        let parameters = shape.network(hasBiases: true).parameters
        for kind in [OutputLoss.crossEntropy, .squaredError] {
            let loss = loss(shape, kind)
            let gradient = loss.gradient(parameters)
            for index in parameters.indices {
                var (plus, minus) = (parameters, parameters)
                plus[index] += 1e-6
                minus[index] -= 1e-6
                let slope = (loss.value(plus) - loss.value(minus)) / 2e-6
                #expect(abs(slope - gradient[index]) < 1e-7 * (1 + abs(slope)))
            }
            #expect(ownLoss(shape, kind).gradient(parameters).allSatisfy { abs($0) < 1e-15 })
        }
    }

    @Test(
        "The Hessian has the exact diagonal, the golden largest eigenvalue, and the gradient's differences",
        arguments: zip(shapes, [1.143657416, 1.366812443, 1.090172467]))
    func hessian(shape: GoldenShape, largest: Double) throws {
        let network = shape.network(hasBiases: true)
        for kind in [OutputLoss.crossEntropy, .squaredError] {
            let loss = loss(shape, kind)
            let hessian = loss.hessian(network.parameters)
            let diagonal = HessianDiagonal(of: network, loss: kind, on: shape.inputs, count: GoldenShape.count)
            for index in diagonal.values.indices {
                #expect(abs(diagonal.values[index] - hessian[index, index]) < 1e-12 * diagonal.trace)
            }
            for column in stride(from: 0, to: hessian.columns, by: 5) {
                var (plus, minus) = (network.parameters, network.parameters)
                plus[column] += 1e-6
                minus[column] -= 1e-6
                for (row, pair) in zip(loss.gradient(plus), loss.gradient(minus)).enumerated() {
                    #expect(abs((pair.0 - pair.1) / 2e-6 - hessian[row, column]) < 1e-6)
                }
            }
            if case .crossEntropy = kind {
                let values = try #require(hessian.symmetricEigendecomposition()?.values)
                #expect(abs((values.last ?? 0) / largest - 1) < 1e-9)
            }
        }
    }

    @Test(
        "No random perturbation's error of second order is larger than the bound",
        arguments: [0.001, 0.01, 0.1, 1])
    func remainder(radius: Double) {
        for shape in Self.shapes {
            for kind in [OutputLoss.crossEntropy, .squaredError] {
                for hasBiases in [true, false] {
                    let parameters = shape.network(hasBiases: hasBiases).parameters
                    let loss = loss(shape, kind)
                    let (value, gradient, hessian) = (
                        loss.value(parameters), loss.gradient(parameters), loss.hessian(parameters)
                    )
                    let bound = NetworkRemainder(of: loss, at: parameters, hasBiases: hasBiases).bound(radius: radius)
                    let free = shape.architecture.layers.flatMap { Array(hasBiases ? $0.parameters : $0.weights) }
                    var (stream, largest) = (NativeStream(seed: 1), 0.0)
                    for draw in 0..<40 {
                        var step = [Double](repeating: 0, count: parameters.count)
                        // Also into few parameters, where single units move most.
                        for index in draw % 2 == 0 ? free : Array(free.prefix(3)) { step[index] = stream.normal() }
                        let length = step.reduce(0) { $0 + $1 * $1 }.squareRoot()
                        step = step.map { $0 * radius / length }
                        let curved = hessian * step
                        let expansion = step.indices.reduce(value) { $0 + step[$1] * (gradient[$1] + 0.5 * curved[$1]) }
                        largest = max(largest, abs(loss.value(zip(parameters, step).map { $0 + $1 }) - expansion))
                    }
                    #expect(largest <= bound + 1e-13)
                    #expect(largest > 1e-4 * bound || radius != 0.1)
                }
            }
        }
    }

    @Test("Where no unit can switch, none does")
    func smooth() {
        let shape = GoldenShape.twoHidden
        let parameters = shape.network(hasBiases: true).parameters
        let loss = loss(shape, .squaredError)
        let radius = NetworkRemainder(of: loss, at: parameters, hasBiases: true).smoothRadius
        #expect(radius > 1e-5)
        func signs(_ parameters: [Double]) -> [Bool] { loss.outputs(parameters)[1...2].joined().map { $0 > 0 } }
        var stream = NativeStream(seed: 2)
        for _ in 0..<200 {
            let direction = parameters.map { _ in stream.normal() }
            let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
            #expect(signs(zip(parameters, direction).map { $0 + $1 * radius / length }) == signs(parameters))
        }
    }

    @Test("Below the radius of switching the gap is of third order, at minima and elsewhere", arguments: shapes)
    func gap(shape: GoldenShape) throws {
        let parameters = shape.network(hasBiases: true).parameters
        for kind in [OutputLoss.crossEntropy, .squaredError] {
            for loss in [loss(shape, kind), ownLoss(shape, kind)] {
                let variation = try NetworkVariation(of: loss, at: parameters, hasBiases: true)
                let radius = 0.9 * variation.remainder.smoothRadius
                let (large, small) = (variation.bracket(radius: radius), variation.bracket(radius: 0.5 * radius))
                #expect(large.gap > 0 && small.gap < large.gap / 5)
                #expect(large.gap < 0.2 * large.attained)
            }
        }
    }

    @Test("Other searches find no larger variation, and random points none near it", arguments: [0.01, 0.3])
    func search(radius: Double) throws {
        for shape in [GoldenShape.oneHidden, .threeHidden] {
            for kind in [OutputLoss.crossEntropy, .squaredError] {
                let (loss, parameters) = (ownLoss(shape, kind), shape.network(hasBiases: true).parameters)
                let found = try NetworkVariation(of: loss, at: parameters, hasBiases: true).bracket(radius: radius)
                var (stream, largest) = (NativeStream(seed: 7), 0.0)
                let start = loss.value(parameters)
                for _ in 0..<10 {
                    var step = parameters.map { _ in stream.normal() }
                    for _ in 0..<300 {
                        // Plain ascent: a step along the gradient, back to the sphere.
                        let gradient = loss.gradient(zip(parameters, step).map { $0 + $1 })
                        let size = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
                        step = zip(step, gradient).map { $0 + 0.5 * radius * $1 / size }
                        let length = step.reduce(0) { $0 + $1 * $1 }.squareRoot()
                        step = step.map { $0 * radius / length }
                        largest = max(largest, loss.value(zip(parameters, step).map { $0 + $1 }) - start)
                    }
                }
                #expect(largest <= found.attained * (1 + 1e-6), "\(shape) \(kind)")
                #expect(largest >= found.attained * 0.99)
                #expect(found.attained <= found.bound)
            }
        }
    }

    @Test("At a minimum the variation over ½ r² tends to the largest curvature")
    func curvature() throws {
        let shape = GoldenShape.twoHidden
        let variation = try NetworkVariation(
            of: ownLoss(shape, .squaredError), at: shape.network(hasBiases: true).parameters, hasBiases: true)
        #expect(abs(variation.bracket(radius: 1e-5).attained / 0.5e-10 / variation.largestCurvature - 1) < 1e-3)
    }
}
