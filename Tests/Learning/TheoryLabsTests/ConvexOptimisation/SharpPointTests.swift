import Measures
import Testing
import TheoryLabs

@Suite struct SharpPointTests {
    private func run(
        _ algorithm: String, start: Double, steps: Int = 400, stepSize: Double, radius: Double
    ) throws -> LabRun<SharpPoint> {
        try LabRun(
            SharpPoint.self, ["start": start, "steps": Double(steps), "step_size": stepSize, "radius": radius],
            ["algorithm": algorithm])
    }

    @Test("SAM from 0 stays at the sharpest minimum", arguments: [0.1, 0.5, 2])
    func sharpest(radius: Double) throws {
        let run = try run("sam", start: 0, stepSize: 0.25, radius: radius)
        #expect(try run("stopping_point") == 0)
        #expect(try agree(run("excess_sharpness_aware_risk"), radius * radius / 2, within: 1e-15))
    }

    @Test(
        "SAM from 1 stops where expected",
        arguments: [
            (0.25, 0.1, 0.0034108146187646), (0.25, 0.2, 0.0128289225697518), (0.5, 0.2, 0.01125),
        ])
    func golden(stepSize: Double, radius: Double, expected: Double) throws {
        let run = try run("sam", start: 1, stepSize: stepSize, radius: radius)
        #expect(try agree(run("sharpness_aware_risk"), expected, within: 1e-13))
    }

    @Test("SAM stops in (-ηr, 0], between floor and ceiling")
    func bounds() throws {
        for stepSize in [0.05, 0.25, 0.5, 0.9] {
            for radius in [0.01, 0.1, 0.37] {
                for start in [0.3, 1, 1.7] {
                    let run = try run("sam", start: start, stepSize: stepSize, radius: radius)
                    let point = try run("stopping_point")
                    #expect(point <= 0 && point > -stepSize * radius)
                    #expect(try run("sharpness_aware_risk") >= run("sharpness_aware_risk_floor"))
                    #expect(try run("sharpness_aware_risk") <= run("sharpness_aware_risk_ceiling"))
                }
            }
        }
    }

    @Test("Its sharpness grows as r²")
    func slope() throws {
        let radii = (0...16).map { 0.01 * Double($0 + 1) }
        let points = try radii.map { radius in
            (x: radius, y: try run("sam", start: 1, stepSize: 0.05, radius: radius)("sharpness_aware_risk"))
        }
        #expect((1.97...2.05).contains(logSlope(points)))
    }

    @Test("SA-GD forgets its start at the rate of the closed form", arguments: [0, 1, 5, 20, 30])
    func exactInnerMaximum(steps: Int) throws {
        let run = try run("sa-gd", start: 1, steps: steps, stepSize: 0.25, radius: 0.1)
        #expect(try agree(run("sharpness_aware_risk"), run("sharpness_aware_risk_formula"), within: 1e-12))
        let left = (0..<steps).reduce(1.1) { left, _ in left * 0.75 }
        #expect(try agree(run("sharpness_aware_risk_formula"), left * left / 2, within: 1e-12))
    }
}
