import Foundation
import LinearAlgebra
import Measures
import Networks
import Parameters
import Randomness
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

    /// - Parameter drawn: the successes that the expected share rests on; nil for an exact one.
    private func check(_ found: MeasuredValue, _ expected: Double, drawn: Int? = nil) throws {
        let value = try #require(found.value)
        #expect(found.standardError < 0.1)
        let noise = drawn.map { 4 / Double($0).squareRoot() / log(10) } ?? 0
        #expect(
            abs(value - log10(expected)) < 4 * found.standardError + 0.01 + noise, "\(pow(10, value)) for \(expected)")
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

    @Test("Over two blocks of points in three dimensions the volume is what drawing classifiers finds")
    func drawn() throws {
        // Features are the inputs: all positive, through units of weight 1.
        let (width, count, classes) = (2, 12, 3)
        var stream = NativeStream(seed: 6)
        let features = (0..<count * width).map { _ in Float(stream.unit()) }
        var network = Network(
            architecture: Architecture(widths: [width, width, classes]),
            parameters: [Float](repeating: 0, count: width * width + width + classes * width + classes))
        for unit in 0..<width { network.parameters[unit * width + unit] = 1 }
        for place in (width * width + width)..<network.parameters.count {
            network.parameters[place] = Float(stream.unit() - 0.5)
        }
        let inputs = LabelledPoints(inputs: features, labels: [UInt8](repeating: 0, count: count), inputSize: width)
        let logits = network.featuresAndLogits(of: inputs).logits
        let labels = (0..<count).map { point in
            UInt8((0..<classes).max { logits[classes * point + $0] < logits[classes * point + $1] } ?? 0)
        }
        #expect(Set(labels).count > 1)
        let probes = (0..<3 * width).map { _ in Float(stream.unit()) }
        let subject = Subject(
            network, training: LabelledPoints(inputs: features, labels: labels, inputSize: width), probes: probes)

        // W = U G^(-1/2) with rows of U from N(0, I), by the eigenvalues of G.
        let rows = (0..<count).map { point in (0..<width).map { Double(features[point * width + $0]) } + [1] }
        let size = width + 1
        let moments = Matrix(
            rows: size, columns: size,
            elements: (0..<size * size).map { place in
                rows.reduce(0) { $0 + $1[place / size] * $1[place % size] } / Double(count)
            })
        let parts = try #require(moments.symmetricEigendecomposition())
        let points = rows + (0..<3).map { probe in (0..<width).map { Double(probes[probe * width + $0]) } + [1] }
        let white = points.map { row in
            (0..<size).map { k in
                (0..<size).reduce(0) { $0 + parts.vectors[$1, k] * row[$1] } / parts.values[k].squareRoot()
            }
        }
        let probeLogits = network.featuresAndLogits(
            of: LabelledPoints(inputs: probes, labels: [0, 0, 0], inputSize: width)
        ).logits
        let expected =
            labels.map(Int.init)
            + (0..<3).map { probe in
                (0..<classes).max { probeLogits[classes * probe + $0] < probeLogits[classes * probe + $1] } ?? 0
            }
        var (right, same) = (0, 0)
        let draws = 300_000
        for _ in 0..<draws {
            let weights = (0..<classes * size).map { _ in stream.normal() }
            func label(_ point: Int) -> Int {
                let scores = (0..<classes).map { c in
                    (0..<size).reduce(0) { $0 + weights[c * size + $1] * white[point][$1] }
                }
                return scores.indices.max { scores[$0] < scores[$1] } ?? 0
            }
            guard (0..<count).allSatisfy({ label($0) == expected[$0] }) else { continue }
            right += 1
            if (count..<count + 3).allSatisfy({ label($0) == expected[$0] }) { same += 1 }
        }
        #expect(same > 100)
        try check(
            VersionSpaceVolume(stating: options).evaluate(subject), Double(right) / Double(draws), drawn: right)
        try check(FunctionVolume(stating: options).evaluate(subject), Double(same) / Double(right), drawn: same)
    }

    @Test("Labels of probes that rest on units which no training point activates have no volume, unless others do")
    func deadUnits() {
        // One unit, 0 at the training point; the probe turns it on, and with it the class.
        func value(probe: Float, bias: Float) -> MeasuredValue {
            let network = Network(
                architecture: Architecture(widths: [1, 1, 2]), parameters: [1, 0, 0, 1, 0, bias])
            let training = LabelledPoints(inputs: [0], labels: [0], inputSize: 1)
            return FunctionVolume().evaluate(Subject(network, training: training, probes: [probe]))
        }
        #expect(value(probe: 1, bias: -0.5).status == .undefined)
        #expect(value(probe: 1, bias: -0.5).reason?.contains("no training point activates") == true)
        #expect(value(probe: 0.25, bias: -0.5).value == 0)
    }

    @Test("Off the span of the training points there is no law of labels, whatever the units' order")
    func offTheSpan() {
        // Two units that are equal on the training points, and a probe that tells them apart.
        for probe in [[4, 0], [0, 4]] as [[Float]] {
            let network = Network(
                architecture: Architecture(widths: [2, 2, 2]),
                parameters: [1, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, -2])
            let subject = Subject(
                network, training: LabelledPoints(inputs: [0, 0, 4, 4], labels: [0, 1], inputSize: 2), probes: probe)
            #expect(FunctionVolume().evaluate(subject).reason?.contains("outside the span") == true)
            let volume = VersionSpaceVolume().evaluate(subject)
            #expect(volume.status == .ok && volume.details["label_entropy_bits"] == nil)
        }
    }

    @Test(
        "Truncated normal numbers have the mean of their law, in the middle and in the tails",
        arguments: [(-1.0, 2.0), (-0.1, 0.1), (0.5, 8), (3, .infinity), (6, 6.01), (-.infinity, -2), (-9, -8.5)])
    func truncated(low: Double, high: Double) {
        func density(_ x: Double) -> Double { exp(-x * x / 2) / (2 * Double.pi).squareRoot() }
        var stream = NativeStream(seed: 2)
        let values = (0..<40_000).map { _ in stream.normal(from: low, to: high) }
        #expect(values.allSatisfy { $0 > low && $0 < high })
        let mean = values.reduce(0, +) / 40_000
        let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 40_000).squareRoot()
        // By Simpson's rule over what carries the law.
        let (a, b) = (max(low, low > 0 ? low : -40), min(high, high < 0 ? high : 40))
        let (left, right) = (max(a, a > 0 ? a : min(b, -12)), min(b, b < 0 ? b : max(a, 12)))
        var (weight, moment) = (0.0, 0.0)
        let steps = 200_000
        for step in 0...steps {
            let x = left + (right - left) * Double(step) / Double(steps)
            let factor = step == 0 || step == steps ? 1.0 : step % 2 == 1 ? 4 : 2
            weight += factor * density(x)
            moment += factor * x * density(x)
        }
        #expect(abs(mean - moment / weight) < 5 * deviation / 200)
    }
}
