import Measures
import Networks
import Testing

@Suite struct WeightNormsTests {
    private func subject(_ parameters: [Float], _ widths: [Int]) -> Subject {
        Subject(
            Network(architecture: Architecture(widths: widths), parameters: parameters),
            training: .random(3, inputSize: widths[0], classCount: widths[widths.count - 1]))
    }

    @Test("Norms are those of a case worked out by hand, biases included")
    func byHand() {
        let subject = subject([1, -2, 4, 2], [1, 2])
        #expect(WeightNormL2.value(subject) == 5)
        #expect(WeightNormL1.value(subject) == 9)
    }

    @Test("Many small weights beside a large one are not lost: sums are float64")
    func accumulation() {
        let parameters = [4096] + [Float](repeating: 0.1, count: 50 * 40 + 50 + 51 - 1)
        let subject = subject(parameters, [40, 50, 1])
        let small = Double(Float(0.1)) * Double(parameters.count - 1)
        let squares = Double(Float(0.1)) * small
        #expect(abs((WeightNormL1.value(subject) ?? 0) - 4096 - small) < 1e-8)
        #expect(abs((WeightNormL2.value(subject) ?? 0) - (4096 * 4096 + squares).squareRoot()) < 1e-8)
    }

    @Test("Weights whose squares leave float32's range still have a norm")
    func large() {
        #expect(WeightNormL2.value(subject([3e30, 4e30], [1, 1])).map { abs($0 / 5e30 - 1) < 1e-6 } == true)
    }
}
