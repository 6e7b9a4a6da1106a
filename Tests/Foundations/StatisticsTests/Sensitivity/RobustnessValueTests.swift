import Statistics
import Testing

@Suite struct RobustnessValueTests {
    @Test("Robustness values agree with the authors' package", arguments: try SensitivityValues.load().robustnessValues)
    func reference(example: SensitivityValues.Robustness) throws {
        let found = try robustnessValue(
            t: example.t, degreesOfFreedom: example.df, reduction: example.q, level: example.level
        ).get()
        #expect(abs(found.partialR2 - example.partialR2) < 1e-9)
        #expect(abs(found.partialF2 - example.partialF2) <= 1e-12 * example.partialF2)
        #expect(abs(found.value - example.value) < 1e-9)
        #expect(abs(found.valueAtLevel - example.valueAtLevel) < 1e-9)
        #expect(found.reduction == example.q && found.level == example.level)
    }

    @Test("The paper's example: 13.9 % to undo it, 7.6 % for it to be no longer significant")
    func darfur() throws {
        let found = try robustnessValue(t: 4.18, degreesOfFreedom: 783).get()
        #expect((1000 * found.value).rounded() == 139 && (1000 * found.valueAtLevel).rounded() == 76)
        #expect((1000 * found.partialR2).rounded() == 22)
    }

    @Test("A confounder of that strength with both takes the coefficient away, and it takes no less")
    func meaning() throws {
        for (t, df) in [(4.2, 60), (-2.5, 97), (25, 30)] {
            let found = try robustnessValue(t: t, degreesOfFreedom: df).get()
            func adjusted(_ share: Double) throws -> AdjustedCoefficient {
                try adjustedCoefficient(
                    estimate: t, standardError: 1, degreesOfFreedom: df,
                    for: ConfounderStrength(treatment: share, outcome: share)
                ).get()
            }
            #expect(abs(try adjusted(found.value).estimate) < 1e-12)
            #expect(try adjusted(0.99 * found.value).estimate * t > 0)
            #expect(found.valueAtLevel < found.value && found.valueAtLevel > 0)
            // All of the outcome, and this much of the treatment.
            let extreme = try adjustedCoefficient(
                estimate: t, standardError: 1, degreesOfFreedom: df,
                for: ConfounderStrength(treatment: found.partialR2, outcome: 1)
            ).get()
            #expect(abs(extreme.estimate) < 1e-12 && extreme.standardError == 0 && extreme.t == nil)
        }
    }

    @Test("Numbers of any size have shares, and none is NaN")
    func extremes() throws {
        for t in [0, 1e-300, 1e-160, 1e-5, 1e5, 1e160, 1e300] {
            for df in [2, 100, 1_000_000] {
                let found = try robustnessValue(t: t, degreesOfFreedom: df).get()
                for share in [found.value, found.valueAtLevel, found.partialR2] { #expect((0...1).contains(share)) }
                #expect(found.partialF2 >= 0)
            }
        }
        #expect(try robustnessValue(t: 1e300, degreesOfFreedom: 9).get().value == 1)
        #expect(try robustnessValue(t: 0, degreesOfFreedom: 9).get().value == 0)
    }

    @Test("Too few degrees of freedom and no t are reasons")
    func reasons() {
        #expect(robustnessValue(t: 3, degreesOfFreedom: 1) == .failure(.tooFewDegreesOfFreedom(1)))
        #expect(
            UndefinedSensitivity.tooFewDegreesOfFreedom(1).description
                == "There is 1 degree of freedom, fewer than the 2 it takes.")
        for t in [Double.nan, .infinity] {
            #expect(robustnessValue(t: t, degreesOfFreedom: 10) == .failure(.notFinite("t")))
        }
    }
}
