import Foundation
import Measures
import Testing
import TheoryLabs

@Suite struct PointMassTests {
    @Test(
        "n times the expected risk is as expected",
        arguments: [
            (8, 0.19599), (16, 0.20348), (32, 0.20708), (64, 0.20885), (128, 0.20973), (256, 0.21016), (512, 0.21038),
        ])
    func golden(samples: Int, expected: Double) throws {
        let run = try LabRun(PointMasses.self, ["samples": Double(samples)])
        #expect(try abs(run("scaled_risk_expected") - expected) < 5.1e-6)
        #expect(try abs(run("scaled_risk_limit") - 0.210596) < 1e-6)
    }

    @Test("The mean over samples is the expected one", arguments: [8, 64, 256])
    func mean(samples: Int) throws {
        let runs = try (0..<UInt64(200)).map { try LabRun(PointMasses.self, ["samples": Double(samples)], seed: $0) }
        let mean = try runs.reduce(0) { try $0 + $1("scaled_risk") } / 200
        #expect(try abs(mean - runs[0]("scaled_risk_expected")) < 0.02)
    }

    @Test("The iterate is that of the closed form")
    func iterate() throws {
        let run = try LabRun(PointMasses.self, ["samples": 20, "steps": 7, "step_size": 0.5], seed: 3)
        for (weight, count) in zip(run.model.weights, run.model.counts) {
            let expected = (1 - pow(1 - 0.5 * Double(count) / 20, 7)) / 20.0.squareRoot()
            #expect(abs(weight - expected) < 1e-15)
        }
        #expect(run.model.counts.reduce(0, +) == 20)
    }

    @Test("One sample of one coordinate is learnt at once")
    func single() throws {
        #expect(try LabRun(PointMasses.self, ["samples": 1])("scaled_risk_expected") == 0)
    }
}
