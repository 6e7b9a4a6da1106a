import LinearAlgebra
import Randomness
import Testing
import TheoryLabs

@Suite struct DriftProblemTests {
    private let weights = [0.3, -0.2, 0.5, 0.1, -0.25, -0.4, 0.7, -0.15, 0.2, 0.05, -0.6, 0.35]

    private func problem(_ rho: Double) -> (DriftProblem, Matrix) {
        (
            DriftProblem(sample: .allPatterns(samples: 2, constant: true), columns: 3, rho: rho),
            Matrix(rows: 4, columns: 3, elements: weights)
        )
    }

    /// f(W, z) as the definition has it.
    private func loss(_ w: [Double], _ z: [Bool], _ rho: Double) -> Double {
        let squared = w.indices.reduce(0.0) { sum, index in
            let seen = max((z[index / 3] ? 1 : -1) * w[index], 0)
            return sum + seen * seen
        }
        let excess = max(squared.squareRoot() - rho, 0)
        return excess * excess / 2
    }

    private let samples = [[false, true, false, true], [false, false, true, true]]
    private let everything = (0..<16).map { z in (0..<4).map { z >> $0 & 1 == 1 } }

    private func mean(_ w: [Double], over cases: [[Bool]], _ rho: Double) -> Double {
        cases.reduce(0) { $0 + loss(w, $1, rho) } / Double(cases.count)
    }

    @Test("Risks are the means of the definition, over the sample and over all z", arguments: [0, 0.05, 0.4])
    func risks(rho: Double) {
        let (problem, w) = problem(rho)
        #expect(agree(problem.empiricalRisk(w), mean(weights, over: samples, rho), within: 1e-14))
        #expect(agree(problem.populationRisk(w), mean(weights, over: everything, rho), within: 1e-14))
    }

    @Test("The gradient is that of finite differences", arguments: [0, 0.05, 0.4])
    func gradient(rho: Double) {
        let (problem, w) = problem(rho)
        let (value, gradient) = problem.riskAndGradient(w)
        #expect(agree(value, mean(weights, over: samples, rho), within: 1e-14))
        for i in weights.indices {
            var (up, down) = (weights, weights)
            up[i] += 1e-6
            down[i] -= 1e-6
            let slope = (mean(up, over: samples, rho) - mean(down, over: samples, rho)) / 2e-6
            #expect(abs(slope - gradient.elements[i]) < 1e-9)
        }
    }

    @Test("The traces are those of second differences", arguments: [0, 0.05, 0.4])
    func traces(rho: Double) {
        let (problem, w) = problem(rho)
        func trace(_ cases: [[Bool]]) -> Double {
            weights.indices.reduce(0) { sum, i in
                var (up, down) = (weights, weights)
                up[i] += 1e-4
                down[i] -= 1e-4
                let there = mean(up, over: cases, rho) + mean(down, over: cases, rho)
                return sum + (there - 2 * mean(weights, over: cases, rho)) / 1e-8
            }
        }
        #expect(abs(problem.empiricalTrace(w) - trace(samples)) < 1e-5)
        #expect(abs(problem.populationTrace(w) - trace(everything)) < 1e-5)
    }

    @Test("The spurious perturbation is as bad as any that ascent finds, at every iterate")
    func exactMaximiser() {
        for (seed, tie) in [(UInt64(0), TieRule.first), (1, .random), (2, .first)] {
            let sample = BitSample.exactlyOne(
                samples: 3, coordinates: 5, constant: true, stream: NativeStream(seed: seed))
            let problem = DriftProblem(sample: sample, columns: 6, rho: 0.05)
            for horizon in 1...6 {
                var stream = NativeStream(seed: seed)
                let run = DriftRun(
                    problem, algorithm: .saGD, start: Matrix(rows: 5, columns: 6), horizon: horizon, stepSize: 0.25,
                    radius: 0.5, tie: tie, stream: stream)
                let exact = problem.spuriousPerturbation(
                    run.last, row: sample.spurious ?? 0, radius: 0.5, tie: tie, stream: &stream)
                let value = problem.empiricalRisk(run.last + exact)
                let found = problem.ascendedPerturbation(run.last, radius: 0.5, axes: 60, stream: stream).value
                #expect(abs(value - FlatHinge(rho: 0.05).value(0.5)) < 1e-15)
                #expect(abs(value - found) < 1e-12)
                // Every iterate is ρ-flat.
                #expect(problem.ascendedPerturbation(run.last, radius: 0.05, axes: 60, stream: stream).value < 1e-30)
            }
        }
    }

    @Test("Within a spurious row of negative entries, no perturbation is worse than r along the largest")
    func negativeRow() {
        let sample = BitSample.exactlyOne(samples: 3, coordinates: 1, constant: true, stream: NativeStream(seed: 0))
        let problem = DriftProblem(sample: sample, columns: 4, rho: 0.05)
        let w = Matrix(rows: 1, columns: 4, elements: [-0.1, -0.04, -0.06, -0.04])
        var stream = NativeStream(seed: 3)
        let exact = problem.spuriousPerturbation(w, row: 0, radius: 0.5, tie: .spread, stream: &stream)
        #expect(exact.elements == [0, 0.5, 0, 0])
        let value = problem.empiricalRisk(w + exact)
        for _ in 0..<5000 {
            let v = (0..<4).map { _ in stream.normal() }
            let scale = 0.5 / norm(v)
            let other = problem.empiricalRisk(w + Matrix(rows: 1, columns: 4, elements: v.map { scale * $0 }))
            #expect(other <= value)
        }
    }
}
