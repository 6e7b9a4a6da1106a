import Foundation
import LinearAlgebra
import Measures
import Networks
import Testing

/// Products, spectra and gradients against dense matrices of small networks.
@Suite struct CurvatureKernelTests {
    private let network = Network.random([3, 5, 4, 3], seed: 31)
    private let points = LabelledPoints.random(9, inputSize: 3, classCount: 3, seed: 32)
    private var view: PointView { PointView(Float64Network(network), points) }

    private func direction(_ seed: Int) -> [Double] {
        (0..<network.parameters.count).map { Double(($0 * 37 + seed * 11) % 17) / 17 - 0.5 }
    }

    private func dense(_ product: HessianProduct) -> Matrix {
        let size = network.parameters.count
        let columns = (0..<size).map { place in
            product.times((0..<size).map { $0 == place ? 1 : 0 })
        }
        return Matrix(rows: size, columns: size) { columns[$1][$0] }
    }

    @Test("A Hessian–vector product is the dense Hessian times the vector")
    func hessian() {
        let hessian = DenseHessian(network, points)
        for seed in 0..<3 {
            let v = direction(seed)
            let found = HessianProduct(view).times(v)
            for row in 0..<hessian.size {
                let expected = (0..<hessian.size).reduce(0) { $0 + hessian[row, $1] * v[$1] }
                #expect(abs(found[row] - expected) < 1e-12)
            }
        }
    }

    @Test("A Gauss–Newton product has the logits' change along the vector: vᵀ G v = mean (J v)ᵀ S (J v)")
    func gaussNewton() {
        let real = Float64Network(network)
        let inputs = points.inputs.map(Double.init)
        for seed in 0..<3 {
            let v = direction(seed)
            let step = 1e-5
            func logits(_ sign: Double) -> [Double] {
                var moved = real
                for place in v.indices { moved.parameters[place] += sign * step * v[place] }
                return moved.outputs(of: inputs, count: points.count)[3]
            }
            let change = zip(logits(1), logits(-1)).map { ($0 - $1) / (2 * step) }
            let values = real.outputs(of: inputs, count: points.count)[3]
            var expected = 0.0
            for point in 0..<points.count {
                let range = point * 3..<(point + 1) * 3
                let scale = range.reduce(0.0) { $0 + exp(values[$1]) }
                let p = range.map { exp(values[$0]) / scale }
                let mean = zip(p, range).reduce(0.0) { $0 + $1.0 * change[$1.1] }
                expected += zip(p, range).reduce(0.0) { $0 + $1.0 * (change[$1.1] - mean) * (change[$1.1] - mean) }
            }
            expected /= Double(points.count)
            let found = zip(v, HessianProduct(view, .gaussNewton).times(v)).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(abs(found - expected) < 1e-8 * max(expected, 1e-3))
        }
    }

    @Test(
        "The Gram matrix has the nonzero eigenvalues of the dense Gauss–Newton matrix, or of D G D, and its trace",
        arguments: [false, true])
    func gram(isAdaptive: Bool) throws {
        var dense = dense(HessianProduct(view, .gaussNewton))
        if isAdaptive {
            let theta = network.parameters.map(Double.init)
            dense = Matrix(rows: dense.rows, columns: dense.columns) { theta[$0] * dense[$0, $1] * theta[$1] }
        }
        let expected = try #require(dense.symmetricEigendecomposition()).values.reversed()
        let found = try #require(GramMatrix(of: view, isAdaptive: isAdaptive).eigenvalues()).reversed()
        #expect(found.count == 9 * 2)
        for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-12) }
        #expect(abs(found.reduce(0, +) - dense.trace) < 1e-12)
    }

    @Test("A spectrum of points that the network is sure of keeps its trace, however small it is")
    func sureOfAll() throws {
        var sure = network
        let layer = network.architecture.layers[2]
        for place in layer.weights { sure.parameters[place] *= 40 }
        let view = PointView(Float64Network(sure), points)
        let trace = HessianDiagonal(
            of: Float64Network(sure), loss: .crossEntropy, on: points.inputs.map(Double.init), count: points.count
        ).trace
        let found = try #require(GramMatrix(of: view).eigenvalues()).reduce(0, +)
        #expect(trace > 0 && abs(found - trace) < 1e-11 * trace)
    }

    @Test("Lanczos' method finds the largest eigenvalue of the dense Hessian, with an honest residual")
    func lanczos() throws {
        let hessian = DenseHessian(network, points)
        let matrix = Matrix(rows: hessian.size, columns: hessian.size, elements: hessian.entries)
        let values = try #require(matrix.symmetricEigendecomposition()).values
        for most in [3, 6, 100] {
            let found = try #require(Lanczos(start: direction(5), most: most) { HessianProduct(view).times($0) })
            let nearest = values.map { abs($0 - found.eigenvalue) }.min() ?? .infinity
            #expect(nearest <= found.residual + 1e-12)
            #expect(found.steps <= most)
            if most == 100 { #expect(abs(found.eigenvalue - values[values.count - 1]) < 1e-9) }
        }
        #expect(Lanczos(start: [0, 0]) { $0 } == nil)
        #expect(Lanczos(start: [1, 0]) { $0.map { _ in Double.nan } } == nil)
    }

    @Test("Gradient and mean squared gradient are those of differences, point by point")
    func gradients() {
        let step = 1e-5
        func gradient(_ points: LabelledPoints) -> [Double] {
            let surface = PointView(Float64Network(network), points).lossSurface
            let theta = network.parameters.map(Double.init)
            return theta.indices.map { place in
                func moved(_ sign: Double) -> [Double] {
                    var other = theta
                    other[place] += sign * step
                    return other
                }
                return (surface.loss(at: moved(1)) - surface.loss(at: moved(-1))) / (2 * step)
            }
        }
        let each = (0..<points.count).map { gradient(points.part($0..<$0 + 1)) }
        for (place, value) in view.gradient.enumerated() {
            #expect(abs(value - each.reduce(0) { $0 + $1[place] } / Double(points.count)) < 1e-8)
        }
        let squares = each.reduce(0) { $0 + $1.reduce(0) { $0 + $1 * $1 } } / Double(points.count)
        #expect(abs(view.meanSquaredGradient - squares) < 1e-7 * squares)
        let theta = network.parameters.map(Double.init)
        let elsewhere = view.lossSurface.lossAndGradient(at: theta)
        #expect(zip(elsewhere.gradient, view.gradient).allSatisfy { abs($0 - $1) < 1e-15 })
        #expect(elsewhere.loss == view.lossSurface.loss(at: theta))
    }

    @Test("On a network of one layer the ascent finds the greatest loss of all corners of the box")
    func ascent() {
        let linear = Network.random([2, 2], seed: 33)
        let view = PointView(
            Float64Network(linear), .random(7, inputSize: 2, classCount: 2, seed: 34))
        let theta = linear.parameters.map(Double.init)
        for scale in [theta.map(abs), theta.map { _ in 1 }] {
            for radius in [0.01, 0.3] {
                // The loss is convex: its maximum over a box is at a corner.
                let corners = (0..<1 << theta.count).map { corner in
                    view.lossSurface.loss(
                        at: theta.indices.map {
                            theta[$0] + (corner >> $0 & 1 == 0 ? -radius : radius) * scale[$0]
                        })
                }
                let found = Ascent(view.lossSurface, from: theta, scale: scale, radius: radius, .linf)
                let greatest = corners.max() ?? 0
                #expect(abs(found.loss - greatest) < 1e-12 * greatest)
                #expect(abs(view.lossSurface.loss(at: found.parameters) - found.loss) < 1e-15)
            }
        }
        let still = Ascent(view.lossSurface, from: theta, scale: theta.map { _ in 0 }, radius: 1, .l2)
        #expect(still.loss == view.lossSurface.loss(at: theta) && still.parameters == theta)
    }
}
