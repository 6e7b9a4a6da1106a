import Foundation
import Measures
import Randomness
import Testing
import TheoryLabs

@Suite struct ChainTests {
    private func full(
        _ horizon: Int, _ radius: Double, _ numbers: [String: Double] = [:], _ words: [String: String] = [:]
    ) throws -> LabRun<SAMChain> {
        try LabRun(SAMChain.self, ["horizon": Double(horizon), "radius": radius].merging(numbers) { $1 }, words)
    }

    private func reduced(
        _ horizon: Int, _ radius: Double = 0.2, _ numbers: [String: Double] = [:], _ words: [String: String] = [:]
    ) throws -> LabRun<SAMChain> {
        try full(
            horizon, radius, ["step_size": 0.25, "delta": 0.5].merging(numbers) { $1 },
            ["form": "reduced"].merging(words) { $1 })
    }

    @Test(
        "The full chain has the expected population risk, and none on the sample",
        arguments: [
            (16, 0.5, 0.00143964826427), (32, 0.5, 0.00307872038061), (64, 0.5, 0.00635686476647),
            (16, 3, 0.0518273375137),
            (64, 1.5, 0.0572117828982),
        ])
    func golden(horizon: Int, radius: Double, expected: Double) throws {
        let run = try full(horizon, radius)
        #expect(try agree(run("population_risk"), expected, within: 1e-11))
        #expect(try run("empirical_risk") < 1e-30)
        #expect(try run("links_fired") == Double(horizon - 1))
        #expect(try agree(run("population_risk_formula"), expected, within: 2e-3))
    }

    @Test("The risk grows with the links, and as r² and η²")
    func slopes() throws {
        let overTime = try [16, 32, 64, 128].map { (x: Double($0 - 2), y: try full($0, 0.5)("population_risk")) }
        let overRadius = try [0.25, 0.5, 1, 2].map { (x: $0, y: try full(32, $0)("population_risk")) }
        let overStep = try [96.0, 48, 24, 12].map {
            (x: 1 / $0, y: try full(32, 0.5, ["step_size": 1 / $0])("population_risk"))
        }
        #expect(abs(logSlope(overTime) - 0.998) < 1e-3)
        #expect(abs(logSlope(overRadius) - 2) < 1e-3)
        #expect(abs(logSlope(overStep) - 2.001) < 1.5e-3)
    }

    @Test("Honestly drawn samples with one spurious coordinate fire the chain too")
    func honest() throws {
        for seed in 0..<UInt64(4) {
            let run = try LabRun(SAMChain.self, ["horizon": 32], ["design": "exactly-one"], seed: seed)
            #expect(try agree(run("population_risk"), 0.00307872038061, within: 1e-3))
        }
    }

    @Test("Each update fires one link, and the seed and all other rows stay where they are")
    func trajectory() throws {
        for stop in [5.0, 20, 63] {
            let run = try full(64, 0.5, ["stop": stop])
            #expect(try run("links_fired") == stop - 1)
            #expect(try agree(run("population_risk"), run("population_risk_formula"), within: 2e-2))
            #expect(try run("outside_norm") == 0)
            #expect(try run("seed_norm") < 1e-3)
        }
        #expect(throws: SettingsDisagree.self) { try full(64, 0.5, ["stop": 65]) }
    }

    @Test(
        "The reduced chain has the expected population risk",
        arguments: [
            (16, 0.004469412225524), (64, 0.016714310184708), (256, 0.065693902021443),
        ])
    func reducedGolden(horizon: Int, expected: Double) throws {
        let run = try reduced(horizon)
        #expect(try agree(run("population_risk"), expected, within: 1e-12))
        #expect(try run("links_fired") == Double(horizon - 1))
        #expect(try agree(run("population_risk_formula"), expected, within: 3e-2))
    }

    @Test("The iterate is that of the link-by-link recursion", arguments: [0, 0.002, 0.01])
    func recursion(rho: Double) throws {
        let formulas = ChainFormulas(stepSize: 0.25, delta: 0.5, radius: 0.2, rho: rho)
        let run = try reduced(40, 0.2, ["rho": rho, "kick": 0.04])
        for (simulated, expected) in zip(run.model.weights, formulas.reducedChain(kick: 0.04, columns: 40)) {
            #expect(abs(simulated - expected) < 1e-14)
        }
    }

    @Test(
        "The first gradient is tiny",
        arguments: [
            (16, 8e-17, 0.05), (64, 1.6e-19, 0.05), (256, 3.13e-22, 0.01), (512, 1.38e-23, 0.01),
        ])
    func firstGradient(horizon: Int, expected: Double, tolerance: Double) throws {
        #expect(try agree(full(horizon, 0.5)("initial_gradient_norm"), expected, within: tolerance))
    }

    @Test("In float32 the chain runs to T = 256, and to T = 512 only with a scaled norm")
    func float32() throws {
        for horizon in [16, 64, 256] {
            let exact = try full(horizon, 0.5)("population_risk")
            let single = try full(horizon, 0.5, [:], ["precision": "float32"])("population_risk")
            #expect(agree(single, exact, within: 1e-5))
        }
        let exact = try full(512, 0.5)("population_risk")
        #expect(try full(512, 0.5, [:], ["precision": "float32"])("population_risk") < 1e-20)
        let scaled = try full(512, 0.5, [:], ["precision": "float32", "norm": "scaled"])("population_risk")
        #expect(agree(scaled, exact, within: 1e-5))
    }

    @Test("A denominator of |g| + 1e-12 defeats the construction at any precision", arguments: [16, 64, 128])
    func epsilon(horizon: Int) throws {
        for precision in ["float32", "float64"] {
            let run = try full(horizon, 0.5, ["epsilon": 1e-12], ["precision": precision, "norm": "scaled"])
            #expect(try run("population_risk") < 1e-20)
            #expect(try run("spurious_norm") == 0)
        }
    }

    @Test(
        "The reduced chain lives as long as the square of its first gradient does",
        arguments: [
            ("float32", 1e-20, true), ("float32", 1e-23, false), ("float64", 1e-160, true), ("float64", 1e-170, false),
        ])
    func underflow(precision: String, kick: Double, alive: Bool) throws {
        let run = try reduced(64, 0.2, ["kick": kick], ["precision": precision])
        #expect(try run("links_fired") == (alive ? 63 : 0))
        let scaled = try reduced(64, 0.2, ["kick": kick], ["precision": precision, "norm": "scaled"])
        #expect(try scaled("links_fired") == 63)
    }

    @Test("A flat chain sustains itself iff the radius is beyond ρ/(δη)")
    func threshold() throws {
        let kick = 1.5 * 0.01 * 1.25.squareRoot() / 0.5
        let below = try reduced(400, 0.98 * 0.08, ["rho": 0.01, "kick": kick])
        #expect(try agree(below("sustaining_radius"), 0.08, within: 1e-14))
        #expect(try below("links_fired") == 2)
        #expect(try abs(below("population_risk") - 5.8e-5) < 1e-6)
        let beyond = try reduced(400, 1.02 * 0.08, ["rho": 0.01, "kick": kick])
        #expect(try beyond("links_fired") == 399)
        #expect(try abs(beyond("population_risk") - 0.012) < 5e-4)
    }

    @Test("Below ρ the path is no longer than its bound")
    func pathBound() throws {
        for radius in [0.001, 0.005, 0.009] {
            let run = try reduced(60, radius, ["rho": 0.01, "kick": 0.05])
            #expect(try run("drift_length") > 0)
            #expect(try run("drift_length") <= run("drift_length_bound"))
            #expect(
                try agree(run("drift_length_ratio") * run("drift_length_bound"), run("drift_length"), within: 1e-14))
        }
        #expect(try reduced(60, 0.02, ["rho": 0.01, "kick": 0.05]).measured("drift_length_bound").status == .undefined)
    }

    @Test("The full chain's gradient and risks are those of the definition")
    func definition() throws {
        let sample = BitSample.allPatterns(samples: 2, constant: false)
        let constants = ChainConstants(dimension: 13, radius: 0.5, stepSize: 0.25)
        let chain = FullChain<Double>(sample: sample, columns: 3, delta: 0.4, constants: constants)
        func loss(_ w: [Double], _ z: [Bool]) -> Double {
            var (sum, trigger) = (0.0, w[12] + constants.shift)
            for i in 0..<4 {
                trigger += (z[i] ? 1 : -1.0 / 24) * w[3 * i]
                for j in 1..<3 {
                    if z[i] { sum += w[3 * i + j] * w[3 * i + j] / 2 }
                    let residual = max(w[3 * i + j] - 0.4 * (w[3 * i + j - 1] + (j == 1 ? constants.lambda : 0)), 0)
                    sum += residual * residual / 2
                }
            }
            return sum + constants.gamma * max(trigger, 0) * max(trigger, 0) / 2
        }
        let samples = (0..<2).map { k in (0..<4).map { sample[k, $0] } }
        func empirical(_ w: [Double]) -> Double { samples.reduce(0) { $0 + loss(w, $1) } / 2 }
        let w = [0.3, -0.2, 0.5, 0.1, -0.25, -0.4, 0.7, -0.15, 0.2, 0.05, -0.6, 0.35, 0.4]
        #expect(agree(chain.empiricalRisk(w), empirical(w), within: 1e-14))
        var gradient = [Double](repeating: 7, count: 13)
        w.withUnsafeBufferPointer { w in gradient.withUnsafeMutableBufferPointer { chain.gradient(at: w, into: $0) } }
        for i in w.indices {
            var (up, down) = (w, w)
            up[i] += 1e-5
            down[i] -= 1e-5
            #expect(abs((empirical(up) - empirical(down)) / 2e-5 - gradient[i]) < 1e-9)
        }
        let population = (0..<16).reduce(0.0) { sum, z in sum + loss(w, (0..<4).map { z >> $0 & 1 == 1 }) } / 16
        #expect(agree(chain.populationRisk(w), population, within: 1e-14))
    }

    @Test("γ and δ₁ are each what the other makes them")
    func constants() {
        let constants = ChainConstants(dimension: 1025, radius: 0.5, stepSize: 1 / 24.0)
        #expect(agree(constants.lambda, 0.5 / (4 * 1025 * 1024), within: 1e-15))
        #expect(agree(constants.gamma, constants.lambda / (0.5 + constants.shift), within: 1e-15))
        let pull = constants.gamma / 24
        #expect(agree(constants.shift, pull * 0.5 / (2 * 1025.0.squareRoot() - pull), within: 1e-15))
    }

    @Test(
        "Settings that do not go together say which to change",
        arguments: [
            (["rho": 0.1], [:], "rho"), ([:], ["design": "independent"], "design"), (["horizon": 4096], [:], "horizon"),
        ])
    func disagreements(numbers: [String: Double], words: [String: String], named: String) {
        let error = #expect(throws: SettingsDisagree.self) { try LabRun(SAMChain.self, numbers, words) }
        #expect(error?.description.hasPrefix(named) == true)
    }
}
