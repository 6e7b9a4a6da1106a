import Measures
import Networks
import Testing

@Suite struct DeadUnitsTests {
    /// One input, units that compute max(0, w x + b), two classes.
    private func dead(_ units: [(weight: Float, bias: Float)], on inputs: [Float]) -> Double? {
        let parameters = units.map(\.weight) + units.map(\.bias) + [Float](repeating: 1, count: 2 * units.count + 2)
        let network = Network(architecture: Architecture(widths: [1, units.count, 2]), parameters: parameters)
        let labels = [UInt8](repeating: 0, count: inputs.count)
        return DeadUnits.value(Subject(network, training: .init(inputs: inputs, labels: labels, inputSize: 1)))
    }

    @Test("A unit is dead when no training point makes it positive")
    func byHand() {
        let units: [(weight: Float, bias: Float)] = [(1, 0), (-1, 0), (1, -2), (0, 0), (0, 1), (0, -1)]
        #expect(dead(units, on: [1, 2]) == 4)
        #expect(dead(units, on: [1, 2, 2.5]) == 3)
        #expect(dead(units, on: [-1, 3]) == 2)
        #expect(dead([(1e-30, 0)], on: [0, 1e-6]) == 0)
    }

    @Test("All units may be dead")
    func all() {
        #expect(dead([(1, -5), (2, -9)], on: [0, 1, 2]) == 2)
    }

    @Test("Only the last hidden layer counts")
    func lastLayer() {
        // The first layer's second unit is dead; both units of the second layer live on biases.
        let network = Network(
            architecture: Architecture(widths: [1, 2, 2, 1]),
            parameters: [1, 0, 0, -1] + [1, 1, 1, 1, 1, 1] + [1, 1, 0])
        #expect(DeadUnits.value(Subject(network, training: .init(inputs: [1], labels: [0], inputSize: 1))) == 0)
    }

    @Test("A point beyond the first block keeps a unit alive")
    func blocks() {
        #expect(dead([(1, 0), (1, -1)], on: [Float](repeating: 0.5, count: 1500) + [3]) == 0)
    }

    @Test("Without a hidden layer blank input columns are counted")
    func noHiddenLayer() {
        let points = LabelledPoints(inputs: [0, 1, 0, 0, 2, 0], labels: [0, 1], inputSize: 3)
        #expect(DeadUnits.value(Subject(.random([3, 2]), training: points)) == 2)
    }
}
