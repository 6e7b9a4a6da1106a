import Foundation
import Measures
import Networks
import Testing

@Suite struct PerformanceTests {
    /// Logits (x, -x): class 0 for x >= 0, with loss log(1 + exp(-2x)) for class 0 and log(1 + exp(2x)) for class 1.
    private let subject = Subject(
        Network(architecture: Architecture(widths: [1, 2]), parameters: [1, -1, 0, 0]),
        training: LabelledPoints(inputs: [1, -1, 2, 0], labels: [0, 1, 1, 0], inputSize: 1),
        test: LabelledPoints(inputs: [-3, 0.5, 0, 4, -1], labels: [0, 1, 1, 0, 1], inputSize: 1), epochs: 80)

    private func loss(_ x: Double, _ label: Int) -> Double { log(1 + exp(label == 0 ? -2 * x : 2 * x)) }

    @Test("Accuracies and their gap are those of a case worked out by hand; ties go to class 0")
    func accuracies() throws {
        #expect(TrainAccuracy.value(subject) == 0.75)
        #expect(TestAccuracy.value(subject) == 0.4)
        #expect(GeneralizationGap.value(subject) == 0.75 - 0.4)
    }

    @Test("Losses are those of a case worked out by hand")
    func losses() throws {
        let train = (loss(1, 0) + loss(-1, 1) + loss(2, 1) + loss(0, 0)) / 4
        let test = (loss(-3, 0) + loss(0.5, 1) + loss(0, 1) + loss(4, 0) + loss(-1, 1)) / 5
        #expect(abs(try #require(TrainLoss.value(subject)) - train) < 1e-14)
        #expect(abs(try #require(TestLoss.value(subject)) - test) < 1e-14)
    }

    @Test("Epochs are the subject's")
    func epochs() {
        #expect(Epochs.value(subject) == 80)
    }

    @Test("A confident mistake has a large loss, not an infinite one")
    func confident() {
        let wrong = Subject(
            Network(architecture: Architecture(widths: [1, 2]), parameters: [1, -1, 0, 0]),
            training: LabelledPoints(inputs: [1000], labels: [1], inputSize: 1))
        #expect(TrainLoss.value(wrong) == 2000)
    }
}
