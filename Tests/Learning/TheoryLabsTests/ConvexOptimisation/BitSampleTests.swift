import Foundation
import Randomness
import Testing
import TheoryLabs

@Suite struct BitSampleTests {
    @Test(
        "The planting probabilities are those of the table",
        arguments: [
            (4, 0.643926, 0.379812), (6, 0.635013, 0.370780), (8, 0.632840, 0.368600), (10, 0.632300, 0.368059),
            (12, 0.632165, 0.367924),
        ])
    func table(samples: Int, any: Double, exactlyOne: Double) {
        let probability = PlantingProbability(samples: samples, coordinates: 1 << samples)
        #expect(abs(probability.any - any) < 6e-7)
        #expect(abs(probability.exactlyOne - exactlyOne) < 6e-7)
    }

    @Test("One coordinate is spurious with probability 2^-n")
    func single() {
        let probability = PlantingProbability(samples: 6, coordinates: 1)
        #expect(agree(probability.any, 1 / 64, within: 1e-15))
        #expect(agree(probability.exactlyOne, 1 / 64, within: 1e-15))
    }

    @Test("Fair bits have spurious coordinates as often as the closed forms say", arguments: [true, false])
    func frequencies(constant: Bool) {
        let draws = 20_000
        var (some, one) = (0, 0)
        for seed in 0..<UInt64(draws) {
            let sample = BitSample.independent(
                samples: 4, coordinates: 16, constant: constant, stream: NativeStream(seed: seed))
            let count = constantColumns(sample, constant).count
            some += count > 0 ? 1 : 0
            one += count == 1 ? 1 : 0
            #expect(sample.spurious == constantColumns(sample, constant).first)
        }
        let probability = PlantingProbability(samples: 4, coordinates: 16)
        // Four standard errors.
        #expect(abs(Double(some) / Double(draws) - probability.any) < 4 * (0.23 / Double(draws)).squareRoot())
        #expect(abs(Double(one) / Double(draws) - probability.exactlyOne) < 4 * (0.24 / Double(draws)).squareRoot())
    }

    @Test("The planted law is that of fair bits that happen to have exactly one spurious coordinate")
    func exactlyOne() {
        // n = 2, D = 2: 16 samples, 6 of them with one all-one column, equally likely.
        var (planted, rejected) = ([[Bool]: Int](), [[Bool]: Int]())
        for seed in 0..<UInt64(24_000) {
            let stream = NativeStream(seed: seed)
            let drawn = BitSample.exactlyOne(samples: 2, coordinates: 2, constant: true, stream: stream)
            planted[drawn.bits, default: 0] += 1
            let free = BitSample.independent(samples: 2, coordinates: 2, constant: true, stream: stream)
            if constantColumns(free, true).count == 1 { rejected[free.bits, default: 0] += 1 }
        }
        #expect(Set(planted.keys) == Set(rejected.keys))
        #expect(planted.count == 6)
        for (bits, count) in planted { #expect(abs(count - 4000) < 250, "\(bits)") }
        for (bits, count) in rejected { #expect(abs(count - 1500) < 160, "\(bits)") }
    }

    @Test("The deterministic design has every pattern once, coordinate 0 at 0 and the last at 1")
    func allPatterns() {
        let sample = BitSample.allPatterns(samples: 6, constant: true)
        #expect(sample.coordinates == 64)
        #expect(sample.spurious == 63)
        #expect(constantColumns(sample, true) == [63])
        #expect(constantColumns(sample, false) == [0])
        #expect((0..<6).allSatisfy { k in (0..<64).allSatisfy { sample[k, $0] == ($0 >> k & 1 == 1) } })
    }

    @Test("Without constant coordinates there are none, at either value")
    func noneConstant() {
        for seed in 0..<UInt64(200) {
            let sample = BitSample.noneConstant(samples: 2, coordinates: 8, stream: NativeStream(seed: seed))
            #expect(constantColumns(sample, true).isEmpty && constantColumns(sample, false).isEmpty)
            #expect(sample.spurious == nil)
        }
    }

    private func constantColumns(_ sample: BitSample, _ value: Bool) -> [Int] {
        (0..<sample.coordinates).filter { column in (0..<sample.samples).allSatisfy { sample[$0, column] == value } }
    }
}
