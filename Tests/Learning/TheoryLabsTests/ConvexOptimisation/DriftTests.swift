import Foundation
import LinearAlgebra
import Measures
import Testing
import TheoryLabs

@Suite struct DriftTests {
    private typealias Lab = SharpnessAwareDrift

    private func drift(
        _ horizon: Int, _ radius: Double, _ rho: Double, stepSize: Double = 0.25, _ numbers: [String: Double] = [:],
        _ words: [String: String] = [:], seed: UInt64 = 0
    ) throws -> LabRun<Lab> {
        let all = ["horizon": Double(horizon), "radius": radius, "rho": rho, "step_size": stepSize]
        return try LabRun(Lab.self, all.merging(numbers) { $1 }, words, seed: seed)
    }

    @Test(
        "Last and average iterate have the expected population risks",
        arguments: [
            (64, 0.5, 0.05, 0.1776374108128925, 0.05371315875167), (64, 0.6, 0.1, 0.198985912917539, 0.055361381427328),
            (16, 1.1, 0.1, 0.188462708172407, 0.050672942403658), (64, 0.1, 0.1, 0, 0), (64, 0.12, 0.1, 0, 0),
        ])
    func golden(horizon: Int, radius: Double, rho: Double, last: Double, average: Double) throws {
        let run = try drift(horizon, radius, rho)
        #expect(try agree(run("population_risk"), last, within: 1e-13))
        #expect(try agree(run("average_population_risk"), average, within: 1e-12))
        #expect(try agree(run("population_risk_formula"), last, within: 1e-13))
        #expect(try agree(run("average_population_risk_formula"), average, within: 1e-12))
        #expect(try run("empirical_risk") == 0)
        #expect(try abs(run("sharpness_aware_risk") - run("sharpness_aware_risk_formula")) < 1e-12)
    }

    @Test("Where the drift is harmless there is drift all the same")
    func harmless() throws {
        #expect(try abs(drift(64, 0.12, 0.1)("distance_from_start") - 0.0396863) < 1e-7)
        #expect(try drift(64, 0.1, 0.1)("distance_from_start") == 0)
    }

    @Test(
        "At the critical schedule the iterate is ever flatter, and its risk does not fall",
        arguments: [
            (16, 1.1, 0.18846), (64, 0.6, 0.19899), (256, 0.35, 0.20162), (1024, 0.225, 0.20228),
            (4096, 0.1625, 0.20245),
        ])
    func criticalSchedule(horizon: Int, radius: Double, expected: Double) throws {
        let run = try drift(horizon, radius, 0.1, ["samples": 1])
        #expect(try agree(run("sharpness_aware_risk"), 8 / Double(horizon), within: 1e-12))
        #expect(try abs(run("population_risk") - expected) < 5.1e-6)
    }

    @Test("The phase diagram is that of the closed form")
    func phases() throws {
        let ratios = [0.5, 1, 1.25, 1.5, 2, 3, 5]
        let expected: [Double: [Double]] = [
            2: [0, 0, 0, 0, 0.25, 2.25, 12.25], 4: [0, 0, 0, 0.25, 2.25, 12.25, 56.25],
            8: [0, 0, 0.25, 2.25, 12.25, 56.25, 240.25],
        ]
        // ρ = 1/8 and T = 65: κ = 8η and the ratios are exact.
        for (scale, risks) in expected {
            for (ratio, risk) in zip(ratios, risks) {
                let run = try drift(65, ratio / 8, 0.125, stepSize: scale / 8, ["samples": 2])
                // The table has F/ρ² without its factor ¼.
                #expect(try abs(4 * run("population_risk") * 64 - 4 * risk) < 1e-11)
                #expect(try agree(run("critical_radius"), (1 + 1 / scale) / 8, within: 1e-14))
            }
        }
    }

    @Test("160 runs agree with the closed form")
    func grid() throws {
        for horizon in [5, 17, 40, 65] {
            for stepSize in [0.0625, 0.125, 0.25, 0.5, 1] {
                for radius in [0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1] {
                    let run = try drift(horizon, radius, 0.1, stepSize: stepSize, ["samples": 2])
                    #expect(try abs(run("population_risk") - run("population_risk_formula")) < 1e-12)
                    #expect(try abs(run("average_population_risk") - run("average_population_risk_formula")) < 1e-12)
                    // On the boundary rounding decides.
                    #expect(try (run("population_risk") > 1e-25) == (radius > run("critical_radius") * (1 + 1e-12)))
                }
            }
        }
    }

    @Test("At ρ = 0 the risk grows as T - 1, η² and r²; else 2 sqrt F + ρ is linear in r - ρ")
    func slopes() throws {
        let two = ["samples": 2.0]
        let overTime = try [9, 17, 33, 65, 129].map {
            (x: Double($0 - 1), y: try drift($0, 0.5, 0, two)("population_risk"))
        }
        let overStep = try [0.05, 0.1, 0.2, 0.4].map {
            (x: $0, y: try drift(64, 0.5, 0, stepSize: $0, two)("population_risk"))
        }
        let overRadius = try [0.1, 0.2, 0.4, 0.8].map { (x: $0, y: try drift(64, $0, 0, two)("population_risk")) }
        #expect(abs(logSlope(overTime) - 1) < 1e-12)
        #expect(abs(logSlope(overStep) - 2) < 1e-12)
        #expect(abs(logSlope(overRadius) - 2) < 1e-12)
        let flat = try [0.3, 0.4, 0.6, 0.9].map { radius in
            let run = try drift(64, radius, 0.1, two)
            return (x: try run("excess_radius"), y: try run("effective_drift"))
        }
        #expect(abs(logSlope(flat) - 1) < 1e-12)
    }

    @Test(
        "It is no artefact of the tie rule", arguments: [("first", 0.17764), ("random", 0.17764), ("spread", 0.21118)])
    func ties(tie: String, expected: Double) throws {
        #expect(try abs(drift(64, 0.5, 0.05, [:], ["tie": tie])("population_risk") - expected) < 5.1e-6)
    }

    @Test("The same holds of honestly drawn samples with exactly one spurious coordinate")
    func honest() throws {
        for seed in 0..<UInt64(5) {
            let run = try drift(64, 0.5, 0.05, [:], ["design": "exactly-one", "tie": "random"], seed: seed)
            #expect(try agree(run("population_risk"), 0.1776374108128925, within: 1e-12))
            #expect(try agree(run("unconditional_risk_bound"), 0.370780 * 0.1776374108128925, within: 2e-6))
        }
    }

    @Test("The sample's trace is 0 where the population's is 29.76")
    func traces() throws {
        let run = try drift(64, 0.5, 0.05)
        #expect(try run("risk_trace") == 0)
        #expect(try abs(run("population_trace") - 29.7642) < 5e-5)
        #expect(try agree(run("population_trace"), run("population_trace_formula"), within: 1e-12))
        let origin = try drift(1, 0.5, 0.05)
        #expect(try origin("risk_trace") == 0)
        #expect(try origin("population_trace") == 0)
    }

    @Test("Without a constant coordinate SA-GD finds some population risk all the same")
    func noneConstant() throws {
        for seed in 0..<UInt64(4) {
            let run = try drift(
                24, 0.5, 0.05, ["coordinates": 8], ["algorithm": "sa-gd-ascent", "design": "none-constant"], seed: seed)
            #expect(try (0.0015...0.018).contains(run("population_risk")))
        }
    }

    @Test("GD from 0 stays there, and SAM too")
    func still() throws {
        for algorithm in ["gd", "sam"] {
            let run = try drift(64, 0.5, 0.05, [:], ["algorithm": algorithm])
            #expect(try run("population_risk") == 0)
            #expect(try run("distance_from_start") == 0)
        }
    }

    @Test("From nearly 0, SA-GD drifts, SAM is kicked once, and GD stays", arguments: 0..<UInt64(4))
    func comparison(seed: UInt64) throws {
        func risk(_ algorithm: String, _ rho: Double, initial: Double = 1e-8) throws -> Double {
            try drift(
                16, 0.3, rho, ["samples": 3, "coordinates": 4, "initial": initial],
                ["algorithm": algorithm, "design": "exactly-one"], seed: seed)("population_risk")
        }
        #expect(try abs(risk("sa-gd", 0, initial: 0) - 0.0211) < 5e-5)
        #expect(try (0.0205...0.025).contains(risk("sa-gd-ascent", 0)))
        #expect(try abs(risk("sa-gd", 0.05, initial: 0) - 0.00922) < 5e-6)
        // One step of ηr at most: ¼ (ηr)² = .0014.
        #expect(try (2e-4...1.5e-3).contains(risk("sam", 0)))
        #expect(try (2e-17...2e-15).contains(risk("gd", 0)))
        #expect(try risk("sam", 0.05) == 0)
        #expect(try risk("gd", 0.05) == 0)
    }

    @Test("Below ρ the path is no longer than its bound")
    func pathBound() throws {
        for algorithm in ["gd", "sam", "sa-gd-ascent"] {
            for radius in [0.02, 0.1, 0.18] {
                let run = try drift(
                    40, radius, 0.2, ["samples": 3, "coordinates": 8, "columns": 4, "initial": 0.3],
                    ["algorithm": algorithm, "design": "exactly-one"])
                #expect(try run("drift_length") > 0)
                #expect(try run("drift_length") <= run("drift_length_bound"))
            }
        }
    }

    @Test(
        "Settings that do not go together say which to change",
        arguments: [
            (["initial": 0.1], [:], "initial"), ([:], ["design": "independent"], "algorithm"),
            (["coordinates": 7], [:], "coordinates"), (["samples": 12, "horizon": 4096], [:], "horizon"),
            (["samples": 6], ["algorithm": "sa-gd-ascent"], "coordinates"),
            (["samples": 1], ["algorithm": "gd", "design": "none-constant"], "samples"),
        ])
    func disagreements(numbers: [String: Double], words: [String: String], named: String) {
        let error = #expect(throws: SettingsDisagree.self) { try LabRun(Lab.self, numbers, words) }
        #expect(error?.description.hasPrefix(named) == true)
    }
}
