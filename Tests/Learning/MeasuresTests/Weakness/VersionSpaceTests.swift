import Foundation
import Measures
import Networks
import Parameters
import Testing

/// Volumes on the line, where they are angles.
@Suite struct VersionSpaceTests {
    /// A network whose features are its inputs, max(0, x), and which calls all below `threshold` class 0.
    private func subject(
        _ training: [Float], _ labels: [UInt8], classes: Int, probes: [Float] = [], threshold: Float = 2,
        seed: UInt64 = 0
    ) -> Subject {
        let network = Network(
            architecture: Architecture(widths: [1, 1, classes]),
            parameters: [1, 0] + (0..<classes).map { $0 == 1 ? 1 : 0 } + (0..<classes).map { $0 == 1 ? -threshold : 0 })
        return Subject(
            network, training: LabelledPoints(inputs: training, labels: labels, inputSize: 1), probes: probes,
            seed: seed)
    }

    private let options: [String: ParameterValue] = ["particles": .integer(1000), "runs": .integer(10)]

    private func check(_ found: MeasuredValue, _ expected: Double) throws {
        let value = try #require(found.value)
        #expect(found.standardError < 0.1)
        #expect(abs(value - log10(expected)) < 4 * found.standardError + 0.01, "\(pow(10, value)) for \(expected)")
    }

    @Test("Two classes on the line: the volume is an angle over a turn")
    func angle() throws {
        let found = VersionSpaceVolume(stating: options).evaluate(
            subject([0, 1, 2, 3], [0, 0, 1, 1], classes: 2))
        try check(found, (.pi - acos(-2.0 / 3)) / (2 * .pi))
    }

    @Test("Three classes on the line, found by other means to three digits")
    func threeClasses() throws {
        let found = VersionSpaceVolume(stating: options).evaluate(
            subject([0, 1, 2, 3, 4], [0, 0, 1, 2, 2], classes: 3))
        try check(found, 0.00429)
    }

    @Test("Independent points are right by chance, each with one in K", arguments: [2, 3, 10])
    func chance(classes: Int) throws {
        let found = VersionSpaceVolume(stating: options).evaluate(subject([0, 4], [0, 1], classes: classes))
        try check(found, pow(Double(classes), -2))
    }

    @Test("Labels between two points have the entropies and the cells the volumes of the threshold's law")
    func labels() throws {
        func below(_ threshold: Double) -> Double { 2 / .pi * atan(threshold / (4 - threshold)) }
        func entropy(_ p: Double) -> Double { -p * log2(p) - (1 - p) * log2(1 - p) }
        let probes: [Float] = [1, 2, 3]
        let volume = VersionSpaceVolume(stating: options).evaluate(
            subject([0, 4], [0, 1], classes: 2, probes: probes))
        let expected = [1.0, 2, 3].reduce(0) { $0 + entropy(below($1)) }
        #expect(abs(try #require(volume.details["label_entropy_bits"]) - expected) < 0.02)
        for (threshold, share) in [(0.5, below(1)), (1.5, below(2) - below(1)), (3.5, 1 - below(3))] {
            let found = FunctionVolume(stating: options).evaluate(
                subject([0, 4], [0, 1], classes: 2, probes: probes, threshold: Float(threshold)))
            try check(found, share)
        }
    }

    @Test("The standard error is that of the runs' scatter, over networks of other seeds")
    func errors() {
        let values = (0..<60).map { seed in
            VersionSpaceVolume().evaluate(
                subject([0, 1, 2, 3, 4], [0, 0, 1, 2, 2], classes: 3, seed: seed))
        }
        let found = values.compactMap(\.value)
        let mean = found.reduce(0, +) / 60
        let scatter = found.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 59
        let stated = values.reduce(0) { $0 + $1.standardError * $1.standardError } / 60
        #expect(found.count == 60)
        #expect(stated / scatter > 0.6 && stated / scatter < 1.6)
    }

    @Test("What has no volume says why")
    func undefined() {
        let inseparable = subject([1, 2, 3], [0, 1, 0], classes: 2, probes: [1])
        for value in [VersionSpaceVolume().evaluate(inseparable), FunctionVolume().evaluate(inseparable)] {
            #expect(value.status == .undefined)
            #expect(value.reason?.contains("not linearly separable") == true)
        }
        let bare = subject([0, 4], [0, 1], classes: 2)
        #expect(VersionSpaceVolume().evaluate(bare).status == .ok)
        #expect(VersionSpaceVolume().evaluate(bare).details["label_entropy_bits"] == nil)
        #expect(FunctionVolume().evaluate(bare).reason?.contains("no probes") == true)
        let wrong = subject([0, 4], [0, 1], classes: 2, probes: [1], threshold: 9)
        #expect(FunctionVolume().evaluate(wrong).reason?.contains("wrong on some training points") == true)
        #expect(VersionSpaceVolume().evaluate(wrong).status == .ok)
        let heavy = VersionSpaceVolume(stating: ["particles": .integer(100_000)]).evaluate(
            subject([Float](repeating: 0, count: 700), [UInt8](repeating: 0, count: 700), classes: 2))
        #expect(heavy.status == .undefined)
        #expect(heavy.reason?.contains("fewer particles") == true)
    }
}
