import Measures
import Networks
import Testing

/// Pieces of segments, midpoints and disagreements against slow obvious versions.
@Suite struct FunctionKernelTests {
    @Test("Pieces along a segment are those that slopes on a fine grid show")
    func pieces() {
        for seed in 0..<12 as Range<UInt64> {
            let network = Float64Network(.random([3, 6, 5, 2], seed: seed + 1))
            let ends = LabelledPoints.random(2, inputSize: 3, classCount: 2, seed: seed + 50)
            let (start, end) = (ends.inputs[0..<3].map { 4 * Double($0) }, ends.inputs[3..<6].map { 4 * Double($0) })
            let pieces = SegmentPieces(of: network, from: start, to: end)
            let steps = 20_000
            let inputs = (0...steps).flatMap { number -> [Double] in
                let t = Double(number) / Double(steps)
                return zip(start, end).map { $0 + t * ($1 - $0) }
            }
            let outputs = network.outputs(of: inputs, count: steps + 1)
            // A node changes which hidden units are on.
            var (changes, classChanges) = (0, 0)
            for number in 1...steps {
                func isOn(_ row: Int) -> [Bool] {
                    outputs[1][row * 6..<(row + 1) * 6].map { $0 > 0 }
                        + outputs[2][row * 5..<(row + 1) * 5].map { $0 > 0 }
                }
                changes += isOn(number) == isOn(number - 1) ? 0 : 1
                let first = outputs[3][2 * number - 2] >= outputs[3][2 * number - 1]
                classChanges += first == (outputs[3][2 * number] >= outputs[3][2 * number + 1]) ? 0 : 1
            }
            #expect(pieces.count == changes + 1 && pieces.classChanges == classChanges)
            #expect(pieces.nodes.first == 0 && pieces.nodes.last == 1)
            #expect(zip(pieces.nodes, pieces.nodes.dropFirst()).allSatisfy { $0 < $1 })
        }
    }

    @Test("Mixup's share of mistaken midpoints is that of every midpoint's own pass")
    func midpoints() throws {
        let network = Network.random([3, 6, 3], seed: 5)
        let points = LabelledPoints.random(22, inputSize: 3, classCount: 3, seed: 6)
        var shares: [Double] = []
        for label in 0..<3 {
            let own = points.labels.indices.filter { Int(points.labels[$0]) == label }
            var (wrong, pairs) = (0, 0)
            for i in own {
                for j in own where j > i {
                    let middle = (0..<3).map {
                        (Double(points.inputs[3 * i + $0]) + Double(points.inputs[3 * j + $0])) / 2
                    }
                    let logits = Float64Network(network).outputs(of: middle, count: 1)[2]
                    wrong += logits.firstIndex(of: logits.max() ?? 0) == label ? 0 : 1
                    pairs += 1
                }
            }
            shares.append(Double(wrong) / Double(pairs))
        }
        let found = try #require(MixupError.value(Subject(network, training: points)))
        #expect(abs(found - shares.reduce(0, +) / 3) < 1e-15)
        let alone = LabelledPoints(inputs: [1, 0, 0, 0, 1, 0], labels: [0, 1], inputSize: 3)
        #expect(MixupError().evaluate(Subject(network, training: alone)).reason == "no class has two training points")
    }

    @Test("Disagreement by counts of classes is that of all pairs of networks")
    func disagreement() {
        let unseen = PointList.random(70, inputSize: 3, classCount: 3, seed: 9)
        let measure = Disagreement()
        let kept = (0..<9).map { seed in
            measure.keep(
                Subject(
                    .random([3, 5, 3], seed: UInt64(seed)), training: .none(inputSize: 3), unseen: unseen))
        }
        // The last three are copies of the first.
        let names = ["0", "1", "2", "3", "4", "5", "0", "1", "1"]
        let members = zip([0, 1, 2, 3, 4, 5, 0, 1, 1], names).map { PopulationMember(kept: kept[$0], network: $1) }
        let values = measure.evaluate(members)
        for (own, name) in names.enumerated() {
            let others = (0..<6).filter { names[$0] != name }
            let shares = others.map { other in
                let pairs = zip(members[own].kept.dropFirst(8), kept[other].dropFirst(8))
                return Double(pairs.count { $0 != $1 }) / 70
            }
            let expected = shares.reduce(0, +) / Double(others.count)
            #expect(abs((values[own].value ?? .nan) - expected) < 1e-12)
        }
    }
}
