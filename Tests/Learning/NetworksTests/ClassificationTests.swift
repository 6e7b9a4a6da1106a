import Foundation
import Networks
import Testing

@Suite struct ClassificationTests {
    private func one(_ logits: [Float], label: UInt8) -> Classification {
        Classification(logits: logits, labels: [label], classCount: logits.count)
    }

    @Test("Accuracy and loss are those of a case worked out by hand")
    func byHand() {
        // Softmax of (log 1, log 2, log 5) is (1/8, 2/8, 5/8).
        let row: [Float] = [0, Float(log(2.0)), Float(log(5.0))]
        let classification = Classification(logits: row + row + row + row, labels: [0, 1, 2, 2], classCount: 3)
        #expect(classification.count == 4)
        #expect(classification.correct == 2)
        #expect(classification.accuracy == 0.5)
        let expected = (log(8.0) + log(4.0) + 2 * log(8.0 / 5)) / 4
        #expect(abs(classification.loss - expected) < 1e-7)
    }

    @Test("Ties of the largest logit go to the lowest class")
    func ties() {
        #expect(one([3, 3, 3], label: 0).correct == 1)
        #expect(one([1, 3, 3], label: 1).correct == 1)
        #expect(one([1, 3, 3], label: 2).correct == 0)
        #expect(one([-0.0, 0.0], label: 0).correct == 1)
    }

    @Test("A NaN logit is never the largest, and makes the loss a NaN")
    func notANumber() {
        #expect(one([.nan, 1, 2], label: 2).correct == 1)
        #expect(one([2, .nan, 1], label: 0).correct == 1)
        #expect(one([1, 2, .nan], label: 1).correct == 1)
        for label in 0..<3 { #expect(one([1, 2, .nan], label: UInt8(label)).loss.isNaN) }
    }

    @Test("Logits that are all NaN count as a tie: the lowest class")
    func onlyNaN() {
        #expect(one([.nan, .nan, .nan], label: 0).correct == 1)
        #expect(one([.nan, .nan, .nan], label: 2).correct == 0)
    }

    @Test("Logits of ±1000 keep the loss finite and exact")
    func largeLogits() {
        #expect(one([1000, -1000], label: 0).loss == 0)
        #expect(one([1000, -1000], label: 1).loss == 2000)
        #expect(abs(one([-1000, -1000, -1000], label: 1).loss - log(3.0)) < 1e-12)
        #expect(one([.greatestFiniteMagnitude, 0], label: 1).loss == Double(Float.greatestFiniteMagnitude))
    }

    @Test("A shift of all logits changes nothing")
    func shift() {
        let plain = one([0.25, -1.5, 3], label: 1).loss
        let shifted = one([512.25, 510.5, 515], label: 1).loss
        #expect(abs(plain - shifted) < 1e-12)
    }

    @Test("One class has no loss, and no points give zeros")
    func degenerate() {
        #expect(one([-7], label: 0).loss == 0)
        #expect(one([-7], label: 0).accuracy == 1)
        let none = Classification(logits: [], labels: [], classCount: 3)
        #expect(none.accuracy == 0)
        #expect(none.loss == 0)
    }

    @Test("A network's classification is that of slow float64 logits, over several blocks")
    func network() {
        let network = Network.random([3, 6, 4], seed: 8)
        let points = LabelledPoints.random(1500, inputSize: 3, classCount: 4, seed: 9)
        var (correct, loss) = (0, 0.0)
        for (point, label) in points.labels.enumerated() {
            let logits = SlowNetwork(network: network).outputs(points.input(point))[1]
            if logits.firstIndex(of: logits.max() ?? 0) == Int(label) { correct += 1 }
            loss -= log(exp(logits[Int(label)]) / logits.reduce(0) { $0 + exp($1) })
        }
        let classification = network.classification(of: points)
        #expect(classification.correct == correct)
        #expect(abs(classification.loss - loss / 1500) < 1e-6)
    }
}
