import Foundation
import Measures
import Testing
import TheoryLabs

@Suite struct ShieldTests {
    private typealias Lab = SharpnessAwareMinimisers

    @Test("The three minimisers have the risks of the closed forms", arguments: ShieldPoint.allCases, [0.05, 0.1, 0.3])
    func closedForms(point: ShieldPoint, radius: Double) throws {
        for rho in [0.0, 0.1, 0.2] {
            let run = try LabRun(Lab.self, ["radius": radius, "rho": rho], ["point": point.rawValue])
            #expect(try run("empirical_risk") == 0)
            #expect(try abs(run("population_risk") - run("population_risk_formula")) < 1e-15)
            #expect(try run("maximiser_gap") < 1e-12)
        }
    }

    @Test("The flat one is bad and the sharp one good")
    func ranking() throws {
        let bad = try LabRun(Lab.self, [:], ["point": "flat-bad"])
        let good = try LabRun(Lab.self, [:], ["point": "sharp-good"])
        let origin = try LabRun(Lab.self, [:], ["point": "origin"])
        #expect(try agree(bad("population_risk"), 0.2025, within: 1e-14))
        #expect(try agree(bad("sharpness_aware_risk"), 0.08, within: 1e-12))
        #expect(try agree(good("sharpness_aware_risk"), 0.125, within: 1e-12))
        #expect(try abs(bad("excess_sharpness_aware_risk")) < 1e-15)
        #expect(try agree(good("excess_sharpness_aware_risk"), 0.045, within: 1e-12))
        #expect(try good("population_risk") == 0)
        #expect(try origin("population_risk") == 0)
        // The adversarial tie: the good origin is as flat as the bad point.
        #expect(try abs(origin("sharpness_aware_risk") - bad("sharpness_aware_risk")) < 1e-15)
        #expect(try bad("risk_trace") == 0)
        #expect(try good("risk_trace") == 1)
        #expect(try origin("risk_trace") == 0)
    }

    @Test("No random perturbation is worse than the one that ascent finds")
    func innerMaximum() throws {
        for point in ShieldPoint.allCases {
            let run = try LabRun(
                Lab.self, ["radius": 0.4, "samples": 3], ["point": point.rawValue, "design": "exactly-one"])
            let (problem, weights) = (run.model.problem, run.model.weights)
            let found = try run("sharpness_aware_risk")
            var state: UInt64 = 1
            for _ in 0..<2000 {
                let v = weights.map { _ -> Double in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    let unit = Double(state >> 11) * 0x1p-53
                    return pow(2 * unit - 1, 5)
                }
                let scale = 0.4 / norm(v)
                #expect(problem.riskAndGradient(zip(weights, v).map { $0 + scale * $1 }).value <= found + 1e-15)
            }
        }
    }

    @Test("The ascent never descends, and its gradient is that of finite differences")
    func gradient() throws {
        let problem = ShieldProblem(sample: .allPatterns(samples: 2, constant: false), rho: 0.1)
        let w = [0.3, -0.2, 0.5, 0.1, -0.25]
        let gradient = problem.riskAndGradient(w).gradient
        for i in w.indices {
            var (up, down) = (w, w)
            up[i] += 1e-6
            down[i] -= 1e-6
            let slope = (problem.riskAndGradient(up).value - problem.riskAndGradient(down).value) / 2e-6
            #expect(abs(slope - gradient[i]) < 1e-9)
        }
        var (v, last) = ([0.1, 0.1, 0.1, 0.1, 0.1], -1.0)
        for _ in 0..<50 {
            let (value, gradient) = problem.riskAndGradient(zip(w, v).map { $0 + $1 })
            #expect(value >= last - 1e-16)
            last = value
            v = gradient.map { 0.3 * $0 / norm(gradient) }
        }
    }

    @Test("The population's trace is the mean of the traces over all z")
    func populationTrace() throws {
        for point in ShieldPoint.allCases {
            for rho in [0.0, 0.1] {
                let run = try LabRun(Lab.self, ["samples": 3, "rho": rho], ["point": point.rawValue])
                let w = run.model.weights
                let hinge = FlatHinge(rho: rho)
                let mean =
                    (0..<256).reduce(0.0) { sum, z in
                        let seen = (0..<8).filter { z >> $0 & 1 == 1 } + [8]
                        let distance = seen.reduce(0) { $0 + w[$1] * w[$1] }.squareRoot()
                        return sum + hinge.trace(distance: distance, dimensions: seen.count)
                    } / 256
                #expect(try agree(run("population_trace"), mean, within: 1e-13))
            }
        }
    }

    @Test("A design without a spurious coordinate has no bad minimiser to show")
    func disagreement() {
        #expect(throws: SettingsDisagree.self) { try LabRun(Lab.self, [:], ["design": "none-constant"]) }
        #expect(throws: SettingsDisagree.self) { try LabRun(Lab.self, ["coordinates": 5]) }
        #expect(throws: ModelFailed.self) {
            try LabRun(Lab.self, ["samples": 8, "coordinates": 1], ["design": "independent"], seed: 1)
        }
    }
}
