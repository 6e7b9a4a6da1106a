import Foundation
import Measures
import Networks
import Randomness
import Testing

@Suite struct LangevinChainTests {
    /// exp(-½ Σ c θ²), whose draws have E ½ c θ² = ½ in every direction.
    private static let curvatures = (0..<40).map { pow(10, Double($0) / 20) }

    private func chain(seed: UInt64, step: Double = 0.01) -> LangevinChain {
        LangevinChain(
            from: Self.curvatures.map { _ in 0 }, step: step, stream: NativeStream(seed: seed)
        ) { state in
            let gradient = zip(Self.curvatures, state).map(*)
            return (zip(gradient, state).reduce(0) { $0 + 0.5 * $1.0 * $1.1 }, gradient)
        }
    }

    @Test("Draws of a quadratic energy have the mean energy of half a number a direction, whatever the first step")
    func quadratic() {
        for step in [1e-4, 0.01, 10] {
            let means = (UInt64(0)..<20).map { seed -> Double in
                var chain = chain(seed: seed, step: step)
                chain.settle(steps: 400)
                return (0..<2000).reduce(0) { sum, _ in
                    _ = chain.advance()
                    return sum + chain.energy / 2000
                }
            }
            let mean = means.reduce(0, +) / 20
            let variance: Double = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 19
            let error = (variance / 20).squareRoot()
            #expect(abs(mean - Double(Self.curvatures.count) / 2) < 4 * error && error < 0.2, "\(mean) ± \(error)")
        }
    }

    @Test("The step settles where 57 % are accepted")
    func acceptance() {
        var chain = chain(seed: 1)
        chain.settle(steps: 1000)
        let share = (0..<2000).reduce(0.0) { sum, _ in sum + chain.advance() / 2000 }
        #expect(abs(share - 0.574) < 0.08, "\(share)")
    }

    @Test("A step to where the energy is no number is refused")
    func wall() {
        var chain = LangevinChain(from: [0.5], step: 1, stream: NativeStream(seed: 1)) { state in
            (0...1).contains(state[0]) ? (0, [0]) : (.nan, [.nan])
        }
        let draws = (0..<20_000).map { _ in
            _ = chain.advance()
            return chain.state[0]
        }
        #expect(draws.allSatisfy { (0...1).contains($0) })
        #expect(abs(draws.reduce(0, +) / 20_000 - 0.5) < 0.02)
    }
}
