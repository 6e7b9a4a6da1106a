import LinearAlgebra
import Measures
import Networks
import Testing

@Suite struct HessianDiagonalTests {
    @Test(
        "It is the diagonal of the full Hessian to 1e-10, for both losses", arguments: HessianTraceTests.architectures)
    func fullHessian(widths: [Int]) {
        let network = Float64Network.random(widths, seed: 3)
        let points = LabelledPoints.random(6, inputSize: widths[0], classCount: widths[widths.count - 1], seed: 3)
        let inputs = points.inputs.map(Double.init)
        for loss in [OutputLoss.crossEntropy, .squaredError] {
            let expected = DenseHessian(network, loss, inputs: inputs, labels: points.labels)
            let found = HessianDiagonal(of: network, loss: loss, on: inputs, count: 6)
            for index in found.values.indices {
                #expect(abs(found.values[index] - expected[index, index]) <= 1e-10 * expected.trace + 1e-15)
            }
        }
    }

    @Test("The golden networks have their loss, traces and largest eigenvalue", arguments: GoldenNetwork.all)
    func golden(golden: GoldenNetwork) throws {
        let network = golden.network()
        #expect(abs(golden.loss(of: network) / golden.loss - 1) < 1e-14)
        #expect(abs(golden.diagonal(network).trace / golden.trace - 1) < 1e-14)
        let squared = golden.diagonal(network, loss: .squaredError).trace
        #expect(abs(squared / golden.squaredErrorTrace - 1) < 1e-10)

        let hessian = DenseHessian(network, .crossEntropy, inputs: golden.inputs, labels: golden.labels)
        #expect(abs(hessian.trace / golden.trace - 1) < 1e-10)
        let matrix = Matrix(rows: hessian.size, columns: hessian.size, elements: hessian.entries)
        let eigenvalues = try #require(matrix.symmetricEigendecomposition()).values
        #expect(abs((eigenvalues.last ?? 0) / golden.largestEigenvalue - 1) < 1e-9)
    }

    @Test("Without biases the golden network's layers have their traces")
    func layers() {
        let golden = GoldenNetwork.all[2]
        let network = golden.network(biases: false)
        let traces = golden.diagonal(network).layerTracesOfWeights
        for (found, expected) in zip(traces, [0.4820647, 0.63292609, 0.32450149, 0.23076158]) {
            #expect(abs(found - expected) < 5e-9)
        }
        #expect(traces.count == 4)
    }

    @Test("Its sum is the exact trace, over many blocks of points too")
    func trace() {
        let network = Network.random([3, 5, 4, 3])
        let points = LabelledPoints.random(2600, inputSize: 3, classCount: 3)
        let expected = HessianTrace.trace(of: network, on: points.inputs, count: 2600)
        let found = HessianDiagonal(
            of: Float64Network(network), loss: .crossEntropy, on: points.inputs.map(Double.init), count: 2600)
        #expect(abs(found.trace - expected) <= 1e-13 * expected)
        #expect(abs(found.layerTraces.reduce(0, +) - expected) <= 1e-13 * expected)
    }
}
