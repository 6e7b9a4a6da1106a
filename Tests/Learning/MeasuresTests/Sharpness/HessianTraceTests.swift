import Foundation
import Measures
import Networks
import Testing

@Suite struct HessianTraceTests {
    static let architectures = [[4, 3], [3, 4, 3], [2, 5, 4, 3], [3, 4, 3, 3, 2], [2, 1, 1, 5], [3, 4, 1]]

    @Test("The closed form is the trace of the full Hessian to 1e-9", arguments: architectures)
    func fullHessian(widths: [Int]) throws {
        for seed in [1, 2, 3] as [UInt64] {
            let network = Network.random(widths, seed: seed)
            let points = LabelledPoints.random(
                6, inputSize: widths[0], classCount: widths[widths.count - 1], seed: seed)
            let expected = DenseHessian(network, points).trace
            let found = HessianTrace.trace(of: network, on: points.inputs, count: points.count)
            #expect(abs(found - expected) <= 1e-9 * expected + 1e-15, "\(found), expected \(expected)")
            #expect(expected > 1e-3 || widths.last == 1)
        }
    }

    @Test("A logistic regression's trace is the mean of p (1 - p) · 2 · (x² + 1)")
    func byHand() {
        let network = Network(architecture: Architecture(widths: [1, 2]), parameters: [0, 1, 0, 0])
        let expected = [0.5, -2.0].map { x in
            let p = 1 / (1 + exp(-x))
            return p * (1 - p) * 2 * (x * x + 1)
        }
        let found = HessianTrace.trace(of: network, on: [0.5, -2], count: 2)
        #expect(abs(found - (expected[0] + expected[1]) / 2) < 1e-15)
    }

    @Test("The trace over many points is the mean of the traces of its parts", arguments: [1024, 1025, 2600])
    func additive(count: Int) {
        let network = Network.random([3, 5, 4])
        let points = LabelledPoints.random(count, inputSize: 3, classCount: 4)
        let single = (0..<count).reduce(0.0) {
            $0 + HessianTrace.trace(of: network, on: points.part($1..<($1 + 1)).inputs, count: 1)
        }
        let whole = HessianTrace.trace(of: network, on: points.inputs, count: count)
        #expect(abs(whole - single / Double(count)) <= 1e-12 * whole)
    }

    @Test("Labels do not enter")
    func labels() {
        let network = Network.random([3, 5, 4])
        let points = LabelledPoints.random(20, inputSize: 3, classCount: 4)
        let relabelled = LabelledPoints(inputs: points.inputs, labels: points.labels.map { 3 - $0 }, inputSize: 3)
        let value = HessianTrace.value(Subject(network, training: points))
        #expect(value == HessianTrace.value(Subject(network, training: relabelled)))
        #expect(value != nil)
    }

    @Test("Logits far apart give a trace that is small, not negative, and finite")
    func confident() throws {
        var network = Network.random([3, 5, 4])
        for index in network.parameters.indices { network.parameters[index] *= 100 }
        let points = LabelledPoints.random(20, inputSize: 3, classCount: 4)
        let value = try #require(HessianTrace.value(Subject(network, training: points)))
        #expect(value >= 0)
    }

    @Test("The effort is the number of points, and without points there is no value")
    func effort() {
        let network = Network.random([3, 5, 4])
        let value = HessianTrace().evaluate(
            Subject(network, training: .random(20, inputSize: 3, classCount: 4)))
        #expect(value.effort == 20)
        #expect(value.standardError == 0)
        let none = HessianTrace().evaluate(Subject(network, training: .none(inputSize: 3)))
        #expect(none.status == .undefined)
        #expect(none.value == nil)
    }
}
