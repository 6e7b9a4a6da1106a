import Foundation
import Statistics
import Testing

@Suite struct NoisyConfoundersTests {
    private func statistic(
        _ x: [Double], _ y: [Double], categories: [Int]? = nil, confounders: [[Double]], _ reliabilities: [Double]
    ) -> (t: Double, degreesOfFreedom: Int)? {
        let design = HeldColumns(categories: categories ?? x.map { _ in 0 })
        return NoisyConfounders(x, y, design: design, confounders: variables(confounders), degree: 4)?
            .statistic(reliabilities: reliabilities)
    }

    @Test("t is NumPy's by the formula with matrices", arguments: try ConditioningValues.load().noisy)
    func reference(example: ConditioningValues.Noisy) throws {
        let found = try #require(
            statistic(
                example.x, example.y, categories: example.categories, confounders: example.confounders,
                example.reliabilities))
        #expect(abs(found.t - example.t) < 1e-9 && found.degreesOfFreedom == example.degrees)
    }

    @Test("A confounder of two levels has the closed form s_xy - s_xz s_yz/(λ s_zz)", arguments: [1, 0.9, 0.6])
    func closedForm(reliability: Double) throws {
        var numbers = SeededNumbers(seed: 21)
        let z = (0..<40).map { $0 % 5 < 2 ? 1.0 : 0 }
        let x = centredRanks(z.map { $0 + numbers.normal() }), y = centredRanks(z.map { $0 + numbers.normal() })
        func mean(_ column: [Double]) -> Double { column.reduce(0, +) / 40 }
        func products(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map(*) }
        let d = z.map { $0 - mean(z) }
        let spread = mean(products(d, d)), weight = reliability * spread
        let (slopeX, slopeY) = (mean(products(d, x)) / weight, mean(products(d, y)) / weight)
        let covariance = mean(products(x, y)) - slopeX * slopeY * weight
        let rows = (0..<40).map { row in
            (x[row] - slopeX * d[row]) * (y[row] - slopeY * d[row])
                - slopeX * slopeY * (1 - reliability) * d[row] * d[row]
        }
        let deviations = rows.map { $0 - mean(rows) }
        let error = (mean(products(deviations, deviations)) / 37).squareRoot()
        let found = try #require(statistic(x, y, confounders: [z], [reliability]))
        // One for the constant, one for the confounder, one for the correlation.
        #expect(abs(found.t - covariance / error) < 1e-10 && found.degreesOfFreedom == 37)
        #expect(abs(mean(rows) - covariance) < 1e-10)
    }

    @Test("What nothing is left of has no t")
    func nothing() {
        let z = (0..<20).map { Double($0 % 7) }
        #expect(
            statistic([1, 2, 1, 2], [1, 3, 2, 4], categories: [0, 1, 0, 1], confounders: [[1, 2, 4, 8]], [1]) == nil)
        #expect(statistic(z, z.map { _ in 0 }, confounders: [z], [0.9]) == nil)
        // A constant confounder corrects for nothing: t is that of the covariance.
        let rows = zip(z, z.reversed()).map { ($0 - 2.85) * ($1 - 2.85) }
        let mean = rows.reduce(0, +) / 20
        let error = (rows.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 18 / 20).squareRoot()
        let found = statistic(z, z.reversed(), confounders: [z.map { _ in 4 }], [0.9])
        #expect(found.map { abs($0.t - mean / error) < 1e-10 && $0.degreesOfFreedom == 18 } == true)
    }

    /// Mean and standard deviation of t in 400 studies with a true reliability of 0.8, corrected for it and not.
    private func simulated(
        models: Int, _ shape: (Double) -> Double
    ) throws -> (corrected: (mean: Double, deviation: Double), plain: (mean: Double, deviation: Double)) {
        var numbers = SeededNumbers(seed: 22)
        var (corrected, plain): ([Double], [Double]) = ([], [])
        for _ in 0..<400 {
            let truth = numbers.normals(models)
            let z = truth.map { sqrt(0.8) * $0 + sqrt(0.2) * numbers.normal() }
            let x = centredRanks(truth.map { shape($0) + numbers.normal() })
            let y = centredRanks(truth.map { shape($0) + numbers.normal() })
            corrected.append(try #require(statistic(x, y, confounders: [z], [0.8])).t)
            plain.append(try #require(statistic(x, y, confounders: [z], [1])).t)
        }
        func moments(_ values: [Double]) -> (Double, Double) {
            let mean = values.reduce(0, +) / 400
            return (mean, (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399).squareRoot())
        }
        return (moments(corrected), moments(plain))
    }

    @Test("With the true reliability t is standard normal where the confounder links all, without it far from 0")
    func simulation() throws {
        let (corrected, plain) = try simulated(models: 300) { $0 }
        #expect(abs(corrected.mean) < 0.15 && (0.85...1.15).contains(corrected.deviation), "\(corrected)")
        #expect(plain.mean > 2, "\(plain)")
    }

    @Test("So it is where the confounder acts by a curve with a bend")
    func curve() throws {
        let (corrected, plain) = try simulated(models: 300) { $0 + 0.7 * ($0 * $0 - 1) }
        #expect(abs(corrected.mean) < 0.3 && (0.85...1.15).contains(corrected.deviation), "\(corrected)")
        #expect(plain.mean > 2, "\(plain)")
    }
}
