import Foundation
import Randomness

/// A Markov chain whose draws have the density exp(-U), by Langevin steps θ' = θ - (ε/2) ∇U + √ε ξ that are accepted or
/// refused so that the density is exactly theirs whatever the step (Roberts and Tweedie, Bernoulli 2 (1996) 341).
///
/// Its first steps look for the step size: they are no draws.
package struct LangevinChain {
    package typealias Energy = ([Double]) -> (value: Double, gradient: [Double])

    package private(set) var state: [Double]
    package private(set) var energy: Double
    /// ε.
    package private(set) var step: Double
    private var gradient: [Double]
    private var stream: NativeStream
    private let energyAt: Energy

    /// The share of steps that is best to accept in many dimensions (Roberts and Rosenthal, J. R. Stat. Soc. B 60
    /// (1998) 255).
    private static let wantedAcceptance = 0.574

    /// - Parameters:
    ///   - step: ε to begin with.
    ///   - energy: U and its gradient; a value that is no number refuses the step.
    package init(from state: [Double], step: Double, stream: NativeStream, energy: @escaping Energy) {
        self.state = state
        self.step = step
        self.stream = stream
        energyAt = energy
        (self.energy, gradient) = energy(state)
    }

    /// One step.
    ///
    /// - Returns: the probability with which it was accepted.
    /// - Complexity: one energy with its gradient.
    package mutating func advance() -> Double {
        let scale = step.squareRoot()
        var proposal = state
        var noise = 0.0
        for place in proposal.indices {
            let draw = stream.normal()
            noise += draw * draw
            proposal[place] += scale * draw - 0.5 * step * gradient[place]
        }
        let (value, slope) = energyAt(proposal)
        // The way back: θ - θ' + (ε/2) ∇U(θ'), whose squared length over 2 ε stands against |ξ|²/2.
        var back = 0.0
        for place in proposal.indices {
            let needed = state[place] - proposal[place] + 0.5 * step * slope[place]
            back += needed * needed
        }
        let uniform = stream.unit()
        // From where there is no energy, anywhere is better; to there no step goes.
        guard value.isFinite, back.isFinite else { return 0 }
        let acceptance = energy.isFinite ? min(1, exp(energy - value + 0.5 * (noise - back / step))) : 1
        if uniform < acceptance { (state, energy, gradient) = (proposal, value, slope) }
        return acceptance
    }

    /// Steps whose size is moved, less and less, towards the one at which 57 % are accepted; at the end it is the mean
    /// of the second half's, on a scale of logarithms.
    package mutating func settle(steps: Int) {
        var (sum, count) = (0.0, 0.0)
        for number in 0..<steps {
            let acceptance = advance()
            step *= exp((acceptance - Self.wantedAcceptance) * 2 / Double(number + 1).squareRoot())
            if number >= steps / 2 { (sum, count) = (sum + log(step), count + 1) }
        }
        if count > 0 { step = exp(sum / count) }
    }
}
