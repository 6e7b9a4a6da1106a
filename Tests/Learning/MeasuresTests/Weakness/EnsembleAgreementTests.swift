import Measures
import Networks
import Randomness
import Testing

@Suite struct EnsembleAgreementTests {
    private let measure = EnsembleAgreement()

    /// A kept record written out by hand: the count in 8 bytes, then 8 points a byte.
    private func member(_ right: [Bool], _ network: String) -> PopulationMember {
        var bytes = (0..<8).map { UInt8(truncatingIfNeeded: right.count >> (8 * $0)) }
        for start in stride(from: 0, to: right.count, by: 8) {
            bytes.append(
                (start..<min(start + 8, right.count)).reduce(0) { $0 | (right[$1] ? 1 : 0) << UInt8($1 - start) })
        }
        return PopulationMember(kept: bytes, network: network)
    }

    private func random(_ count: Int, points: Int, seed: UInt64 = 1) -> [[Bool]] {
        var stream = NativeStream(seed: seed)
        return (0..<count).map { _ in (0..<points).map { _ in stream.below(3) > 0 } }
    }

    @Test(
        "It is the mean over a network's mistakes of the share of the others that are right",
        arguments: [1, 7, 8, 64, 65, 1000])
    func loops(points: Int) {
        let right = random(6, points: points)
        let values = measure.evaluate(right.enumerated().map { member($1, "\($0)") })
        for (own, bits) in right.enumerated() {
            let mistakes = bits.indices.filter { !bits[$0] }
            guard !mistakes.isEmpty else {
                #expect(values[own].status == .undefined)
                continue
            }
            var sum = 0.0
            for point in mistakes {
                var others = 0.0
                for other in right.indices where other != own && right[other][point] { others += 1 }
                sum += others / 5
            }
            #expect(abs((values[own].value ?? .nan) - sum / Double(mistakes.count)) < 1e-12)
            #expect(values[own].details == ["wrong": Double(mistakes.count), "other_networks": 5])
            #expect(values[own].effort == points)
        }
    }

    @Test("Copies of one network are no others to each other, and count once to the rest")
    func copies() {
        let right = random(4, points: 200)
        let alone = measure.evaluate(right.enumerated().map { member($1, "\($0)") })
        let with = measure.evaluate(
            [
                member(right[0], "0"), member(right[1], "1"), member(right[0], "0"), member(right[2], "2"),
                member(right[3], "3"), member(right[3], "3"),
            ])
        #expect(with.map(\.value) == [0, 1, 0, 2, 3, 3].map { alone[$0].value })
        #expect(alone.allSatisfy { $0.status == .ok })
        // A copy that came out otherwise is measured as it is, against the same others.
        let changed = measure.evaluate([member(right[0], "0"), member(right[1], "1"), member(right[2], "0")])
        let expected = measure.evaluate([member(right[2], "2"), member(right[1], "1")])
        #expect(changed[2].value == expected[0].value)
    }

    @Test("Fewer than two networks, or no mistake, is undefined with its reason")
    func undefined() {
        #expect(measure.evaluate([]).isEmpty)
        let twins = measure.evaluate([member([true, false], "a"), member([true, false], "a")])
        #expect(twins.map(\.reason) == Array(repeating: "the population has no other network", count: 2))
        let perfect = measure.evaluate([member([true, true], "a"), member([true, false], "b")])
        #expect(perfect[0].reason == "the network gets no unseen point wrong")
        #expect(perfect[1].value == 1)
    }

    @Test(
        "Records of different lengths, and damaged ones, are undefined with their reason",
        arguments: [
            [], [1, 0, 0], [3, 0, 0, 0, 0, 0, 0, 0], [3, 0, 0, 0, 0, 0, 0, 0, 5, 5], [3, 0, 0, 0, 0, 0, 0, 0, 8],
            [3, 0, 0, 0, 0, 0, 0, 0x80, 5], [255, 255, 255, 255, 255, 255, 255, 255, 5],
        ] as [[UInt8]])
    func damaged(bytes: [UInt8]) {
        let values = measure.evaluate([member([true, false, true], "a"), PopulationMember(kept: bytes, network: "b")])
        #expect(values.allSatisfy { $0.reason == "a network's kept record is damaged" && $0.value == nil })
    }

    @Test("Networks measured on different numbers of points are not compared")
    func lengths() {
        let values = measure.evaluate([member([true, false, true], "a"), member([true, false], "b")])
        #expect(values.allSatisfy { $0.reason?.contains("different numbers") == true })
    }

    @Test(
        "What is kept of a network is the count and a bit for each unseen point that it gets right",
        arguments: [1, 50, 1100])
    func kept(points: Int) {
        let network = Network.random([4, 6, 3], seed: 2)
        let unseen = PointList.random(points, inputSize: 4, classCount: 3)
        let right = (0..<points).map { network.classification(of: unseen.block($0..<$0 + 1)).correct == 1 }
        let subject = Subject(network, training: .random(5, inputSize: 4, classCount: 3), unseen: unseen)
        #expect(measure.keep(subject) == member(right, "").kept)
    }
}
