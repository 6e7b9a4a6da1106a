import Foundation
import LinearAlgebra
import Randomness
import Testing
import TheoryLabs

@Suite struct FactorisationTests {
    private func minimum(
        _ direction: FactorisationMinimum.Direction = .uniform, at t: Double = 0,
        values singularValues: [Double] = [2, 1],
        rows: Int = 5, columns: Int = 3, seed: UInt64 = 0
    ) throws -> Factorisation {
        try FactorisationMinimum(singularValues: singularValues, rows: rows, columns: columns)
            .point(direction, at: t, seed: seed)
    }

    private func perturbed(_ point: Factorisation, by size: Double, seed: UInt64 = 3) -> Factorisation {
        var (stream, result) = (NativeStream(seed: seed), point)
        for index in result.left.elements.indices { result.left.elements[index] += size * stream.normal() }
        for index in result.right.elements.indices { result.right.elements[index] += size * stream.normal() }
        return result
    }

    @Test(
        "All members of the orbit factor M, whose singular values are those asked for",
        arguments: FactorisationMinimum.Direction.allCases)
    func orbit(direction: FactorisationMinimum.Direction) throws {
        for t in [-2, 0, 0.7] {
            let point = try minimum(direction, at: t, seed: 2)
            #expect(point.loss < 1e-28)
            let values = try #require(point.target.singularValueDecomposition()?.values)
            #expect(abs(values[0] - 2) < 1e-14 && abs(values[1] - 1) < 1e-14 && values[2] < 1e-14)
            #expect((point.imbalance.norm < 1e-13) == (t == 0))
        }
    }

    // MARK: Curvature

    @Test("The Hessian is that of differences of gradients, off the minima too")
    func hessian() throws {
        let point = perturbed(try minimum(.random, at: 0.5), by: 0.2)
        let hessian = point.hessian
        func gradient(_ point: Factorisation) -> [Double] {
            point.gradient.left.elements + point.gradient.right.elements
        }
        let count = point.left.elements.count
        for column in 0..<hessian.columns {
            var (plus, minus) = (point, point)
            if column < count {
                plus.left.elements[column] += 1e-4
                minus.left.elements[column] -= 1e-4
            } else {
                plus.right.elements[column - count] += 1e-4
                minus.right.elements[column - count] -= 1e-4
            }
            for (row, pair) in zip(gradient(plus), gradient(minus)).enumerated() {
                // The gradient is cubic: what central differences miss is the square of the step.
                #expect(abs((pair.0 - pair.1) / 2e-4 - hessian[row, column]) < 1e-7)
            }
        }
        #expect(abs(point.trace / hessian.trace - 1) < 1e-13)
    }

    @Test("At a minimum the largest curvature is 2 (σ1(X)² + σ1(Y)²), least where that is 4 σ1(M)")
    func largestCurvature() throws {
        let places: [(FactorisationMinimum.Direction, Double)] = [
            (.uniform, 0.6), (.first, -0.4), (.last, 1), (.random, 0.8), (.uniform, 0),
        ]
        for (direction, t) in places {
            let point = try minimum(direction, at: t, seed: 5)
            let x = try #require(point.left.singularValueDecomposition()?.values[0])
            let y = try #require(point.right.singularValueDecomposition()?.values[0])
            let found = try #require(point.largestCurvature)
            let expected: Double = 2 * (x * x + y * y)
            #expect(abs(found / expected - 1) < 1e-13)
            #expect(found >= 8 * (1 - 1e-14))
        }
        // The smallest direction may be unbalanced somewhat without any loss of flatness.
        #expect(abs(try #require(try minimum(.last, at: 0.3).largestCurvature) - 8) < 1e-13)
        #expect(try minimum(.last, at: 0.3).imbalance.norm > 0.5)
    }

    @Test("The 5 x 3 example has trace 48 balanced and 46.4758 at its least, a quarter of log(m / n) away")
    func trace() throws {
        let balanced = try minimum()
        #expect(abs(balanced.trace - 48) < 1e-12)
        let least = try #require(balanced.leastTrace)
        #expect(abs(least - 46.4758) < 5e-5 && abs(least - 12 * 15.0.squareRoot()) < 1e-12)
        let flattest = try minimum(at: 0.25 * log(5.0 / 3))
        #expect(abs(flattest.trace - least) < 1e-12)
        let difference =
            3 * (flattest.left.transposed * flattest.left) - 5 * (flattest.right.transposed * flattest.right)
        #expect(difference.norm < 1e-12)
        // Of square matrices the balanced factors have the least trace.
        let square = try minimum(rows: 4, columns: 4)
        #expect(abs(square.trace - (try #require(square.leastTrace))) < 1e-12)
    }

    @Test("No random member of the orbit has a smaller trace")
    func traceMinimum() throws {
        let least = try #require(try minimum().leastTrace)
        for seed in 0..<30 as Range<UInt64> {
            #expect(try minimum(.random, at: 0.3 * Double(seed % 7), seed: seed).trace > least)
        }
    }

    // MARK: Variation

    @Test("Balanced minima have f° = (√(2 σ1) r + r²/2)², exactly", arguments: [(0.05, 0.0102515625), (0.3, 0.416025)])
    func balanced(radius: Double, expected: Double) throws {
        for seed in [0, 1] as [UInt64] {
            let found = try minimum(seed: seed).variation(radius: radius)
            #expect(abs(found.attained / expected - 1) < 1e-12)
            #expect(found.gap < 1e-12 * expected)
        }
        let formula = FactorisationMinimum(singularValues: [2, 1], rows: 5, columns: 3).leastVariation(radius: radius)
        #expect(abs(formula / expected - 1) < 1e-14)
    }

    @Test("Where the first singular directions agree f° is the hyperbola's, and certified to rounding")
    func aligned() throws {
        for t in [0.2, 0.8, -1.5] {
            for radius in [0.01, 0.3, 2] {
                let found = try minimum(at: t, values: [1]).variation(radius: radius)
                let expected = Hyperbola(s: t).variation(radius: radius).attained
                #expect(abs(found.attained / expected - 1) < 1e-12)
                #expect(found.gap < 1e-11 * expected)
            }
        }
        let found = try minimum(.first, at: 0.3).variation(radius: 0.2)
        #expect(found.gap < 1e-11 * found.bound)
    }

    @Test("Where they do not, the search beats random points, and its gap is of third order")
    func unaligned() throws {
        let point = try minimum(.last, at: 1.5)
        let gaps = [0.08, 0.04, 0.02].map { point.variation(radius: $0).gap }
        #expect(gaps[0] > 0)
        #expect(log2(gaps[0] / gaps[1]) > 2.8 && log2(gaps[1] / gaps[2]) > 2.8)
        #expect(gaps[2] < 0.01 * point.variation(radius: 0.02).attained)
    }

    @Test(
        "No random point varies more than the bound, nor one of a local search more than what was attained",
        arguments: [0, 0.2])
    func search(noise: Double) throws {
        let point = perturbed(try minimum(.random, at: 0.9, seed: 4), by: noise)
        let radius = 0.4
        let found = point.variation(radius: radius)
        var (stream, largest) = (NativeStream(seed: 9), 0.0)
        for _ in 0..<20 {
            var other = perturbed(point, by: 1, seed: stream.next64())
            for _ in 0..<200 {
                // Along the gradient to the sphere: what a plain search does.
                let (x, y) = other.gradient
                let factor = radius / (x.squaredNorm + y.squaredNorm).squareRoot()
                other.left = point.left + factor * x
                other.right = point.right + factor * y
                largest = max(largest, other.loss - point.loss)
            }
        }
        #expect(largest <= found.attained * (1 + 1e-9))
        #expect(largest >= found.attained * 0.999)
        #expect(found.attained <= found.bound)
    }

    @Test("A balanced minimum's distance to a level set has its closed form")
    func distance() throws {
        let (minimum, point) = (FactorisationMinimum(singularValues: [2, 1], rows: 5, columns: 3), try minimum())
        for level in [1e-6, 0.01, 0.5] {
            let found = try #require(LevelSetDistance.bracket(level: level) { point.variation(radius: $0) })
            #expect(abs(found.attained / minimum.greatestDistance(level: level) - 1) < 1e-11)
            #expect(found.gap < 1e-11 * found.attained)
        }
    }

    // MARK: Dynamics

    @Test("The flow keeps XYᵀ, lowers |X|² + |Y|² at twice |C|², and flattens all the way")
    func flow() throws {
        let start = try minimum(.random, at: 1.2, seed: 6)
        var (before, variation) = (start, start.variation(radius: 0.1).attained)
        for time in [0.01, 0.05, 0.2, 1] {
            let point = try start.flowed(time: time)
            #expect((point.left * point.right.transposed - start.target).norm < 1e-12)
            let next = point.variation(radius: 0.1).attained
            #expect(next < variation * (1 + 1e-12))
            #expect(point.squaredNorm < before.squaredNorm)
            (before, variation) = (point, next)
        }
        let (h, point) = (1e-4, try start.flowed(time: 0.1))
        let (earlier, later) = (try start.flowed(time: 0.1 - h), try start.flowed(time: 0.1 + h))
        let slope = (later.squaredNorm - earlier.squaredNorm) / (2 * h)
        #expect(abs(slope / (-2 * point.imbalance.squaredNorm) - 1) < 1e-5)
        let rate = log(earlier.imbalance.norm / later.imbalance.norm) / (2 * h)
        let expected = try #require(point.imbalanceDecayRate)
        #expect(abs(rate / expected - 1) < 1e-5)
    }

    @Test("Late in the flow the imbalance decays at 4 σ_k")
    func lateRate() throws {
        let point = try minimum(.random, at: 1, values: [2, 0.5], seed: 1).flowed(time: 4)
        #expect(abs(try #require(point.imbalanceDecayRate) / 2 - 1) < 1e-3)
        #expect(point.imbalance.norm < 1e-2 && point.imbalance.norm > 1e-6)
        let one = Matrix(rows: 1, columns: 1, repeating: 1)
        #expect(Factorisation(left: one, right: one, target: one).imbalanceDecayRate == nil)
    }

    @Test("Gradient descent changes C by η² (G_XᵀG_X - G_YᵀG_Y), and by nothing else")
    func descent() throws {
        let start = perturbed(try minimum(.random, at: 0.6, seed: 8), by: 0.3)
        let (point, change) = try start.descended(steps: 200, stepSize: 0.02)
        #expect((point.imbalance - start.imbalance - change).norm < 1e-13)
        #expect(change.norm > 1e-3)
        #expect(point.loss < 0.01 * start.loss)
        #expect(throws: ModelFailed.self) { try start.descended(steps: 10_000, stepSize: 1) }
    }
}
