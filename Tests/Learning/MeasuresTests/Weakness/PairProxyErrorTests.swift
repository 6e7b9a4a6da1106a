import Measures
import Networks
import Randomness
import Testing

/// The pair proxy as an estimate over probes.
@Suite struct PairProxyErrorTests {
    /// Points in the plane, three classes on three sides: which classes a probe can have depends on where it lies.
    /// Without a hidden layer features are the inputs.
    private static let training = LabelledPoints(
        inputs: [-1, 0, -0.9, 0.3, 1, 0, 0.8, -0.2, 0, 1.2, 0.2, 1], labels: [0, 0, 1, 1, 2, 2], inputSize: 2)

    private func points(_ count: Int, seed: UInt64) -> [Float] {
        var stream = NativeStream(seed: seed).child("probes")
        return stream.uniforms(count: 2 * count, low: -1.5, high: 1.5)
    }

    /// - Parameter unseenCount: points that the probes were drawn from; not known where nil.
    private func measured(_ probes: [Float], outOf unseenCount: Int? = nil) -> MeasuredValue {
        PairProxy().evaluate(
            Subject(
                .random([2, 3]), training: Self.training,
                unseen: unseenCount.map { .random($0, inputSize: 2, classCount: 3) }, probes: probes))
    }

    /// The number of feasible classes of each probe, measured one by one.
    private func counts(_ probes: [Float]) -> [Double] {
        stride(from: 0, to: probes.count, by: 2).map { measured(Array(probes[$0..<$0 + 2])).value ?? .nan }
    }

    /// What leaving one probe out does to the total, scaled up to all probes.
    private func jackknife(_ counts: [Double]) -> Double {
        let n = Double(counts.count)
        let totals = counts.map { n * (counts.reduce(0, +) - $0) / (n - 1) }
        let mean = totals.reduce(0, +) / n
        return ((n - 1) / n * totals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }).squareRoot()
    }

    @Test("The standard error is the jackknife's over probes, and the effort their number", arguments: [4, 9, 40])
    func jackknifed(count: Int) {
        let probes = points(count, seed: UInt64(count))
        let (value, counts) = (measured(probes), counts(probes))
        #expect(Set(counts).count > 1 && value.value == counts.reduce(0, +))
        #expect(abs(value.standardError - jackknife(counts)) < 1e-12)
        #expect(value.effort == count && value.reason == nil)
    }

    @Test("Of a finite number of unseen points the error shrinks with the share probed, and is 0 where all are")
    func finite() {
        let probes = points(30, seed: 4)
        let without = measured(probes)
        for (unseen, factor) in [(40, 0.25), (120, 0.75), (30, 0)] {
            let value = measured(probes, outOf: unseen)
            #expect(abs(value.standardError - factor.squareRoot() * without.standardError) < 1e-12)
            let halves = (value.details["between_halves"] ?? .nan, without.details["between_halves"] ?? .nan)
            #expect(abs(halves.0 - factor.squareRoot() * halves.1) < 1e-12)
        }
    }

    @Test("Over other probes the value spreads as its standard error says, and so do the halves' differences")
    func spread() {
        let values = (0..<300).map { measured(points(25, seed: 1000 + $0)) }
        let totals = values.map { $0.value ?? .nan }
        let mean = totals.reduce(0, +) / 300
        let variance = totals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 299
        let expected = values.reduce(0) { $0 + $1.standardError * $1.standardError } / 300
        let halves = values.reduce(0) {
            $0 + ($1.details["between_halves"] ?? .nan) * ($1.details["between_halves"] ?? 0)
        }
        // The variance of 300 values is known to 8 %.
        #expect(variance > 1 && abs(expected / variance - 1) < 0.25)
        #expect(abs(halves / 300 / variance - 1) < 0.25)
    }

    @Test("What the halves of the probes differ by is in the total's unit, also where they are unequal")
    func halves() {
        let probes = points(7, seed: 3)
        let counts = counts(probes)
        let even = (counts[0] + counts[2] + counts[4] + counts[6]) / 4
        let odd = (counts[1] + counts[3] + counts[5]) / 3
        let value = measured(probes)
        #expect(abs((value.details["between_halves"] ?? .nan) - Double(12).squareRoot() * (even - odd)) < 1e-12)
        #expect(even != odd)
    }

    @Test("One probe tells nothing of the error, which then is the most that it can be, and the note says so")
    func single() {
        let value = measured([0, 0.5])
        #expect(value.status == .ok && value.standardError == 1.5 && value.effort == 1)
        #expect(value.reason?.contains("one probe tells nothing") == true && value.details["between_halves"] == nil)
    }
}
