import Statistics
import Testing

@Suite struct RobustSignErrorTests {
    @Test("Random grids agree with loops over all pairs in Python", arguments: try JudgementValues.load().robustness)
    func reference(grid: JudgementValues.Grid) throws {
        let found = try robustSignError(try grid.models()).get()
        #expect(found.environments.count == grid.environments.count && found.leftOut == 0)
        for expected in grid.environments {
            let environment = try #require(
                found.environments.first {
                    $0.axis == expected.axis && $0.others == expected.others
                        && [$0.from, $0.to].sorted() == expected.values
                })
            #expect(abs(environment.error - expected.error) < 1e-14 && environment.pairs == expected.pairs)
        }
        let errors = grid.environments.map(\.error)
        #expect(abs(found.mean - errors.reduce(0, +) / Double(errors.count)) < 1e-14)
        #expect(found.worst.error == found.errors.last)
        #expect(abs(found.worst.error - (errors.max() ?? 0)) < 1e-14)

        let least = 4
        let kept = grid.environments.filter { $0.pairs >= least }
        switch robustSignError(try grid.models(), leastPairs: least) {
        case .success(let some):
            #expect(some.environments.count == kept.count && some.leftOut == errors.count - kept.count)
        case .failure(let reason):
            #expect(kept.isEmpty && reason == .noEnvironment(leastPairs: least, smaller: errors.count))
        }
    }

    @Test("Two values by three, by hand")
    func byHand() throws {
        let found = try robustSignError(try twoByThree()).get()
        // Width changes thrice, always rightly. Depth at x: 1-2 and 1-3 right, 2-3 wrong; at y: wrong, wrong, a tie.
        #expect(found.environments.map(\.error) == [0, 0, 0, 0, 0, 1, 1, 1, 0.5])
        #expect(found.environments.map(\.pairs) == [Int](repeating: 1, count: 9))
        #expect(found.environments.map(\.tied) == [0, 0, 0, 0, 0, 0, 0, 0, 1])
        #expect(abs(found.mean - 3.5 / 9) < 1e-15)
        #expect(found.worst.axis == "depth" && found.worst.from == "2" && found.worst.to == "3")
        #expect(found.worst.others == ["x"])
        // 0 0 0 0 0 ½ 1 1 1: places count from 0 to 8.
        #expect(found.quantile(0) == 0 && found.quantile(0.5) == 0 && found.quantile(1) == 1)
        #expect(abs(found.quantile(5.5 / 8) - 0.75) < 1e-12)
    }

    @Test("Repeats of the two values are compared each with each")
    func repeats() throws {
        let found = try robustSignError(try twoRepeats()).get()
        #expect(found.environments.count == 1 && found.worst.error == 0.25 && found.worst.pairs == 4)
        #expect(
            robustSignError(try twoRepeats(), leastPairs: 5)
                == .failure(.noEnvironment(leastPairs: 5, smaller: 1)))
        #expect("\(UndefinedSignError.noEnvironment(leastPairs: 5, smaller: 1))".contains("has 5 pairs"))
    }

    @Test("Many repeats, ties among them, have the error of comparing each with each", arguments: [20, 90, 300])
    func manyRepeats(count: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(count))
        let target = numbers.normals(count).map { (5 * $0).rounded() }
        let measure = numbers.normals(count).map { (5 * $0).rounded() }
        let labels = (0..<count).map { $0 % 3 == 0 ? "a" : "b" }
        let found = try robustSignError(
            ConfiguredModels(
                measure: Variable("m", measure), target: Variable("t", target), axes: [.init("axis", labels)])
        ).get()
        var (wrong, tied, pairs) = (0, 0, 0)
        for first in 0..<count where labels[first] == "a" {
            for second in 0..<count where labels[second] == "b" {
                let sign = (measure[first] - measure[second]) * (target[first] - target[second])
                pairs += 1
                if sign == 0 { tied += 1 } else if sign < 0 { wrong += 1 }
            }
        }
        #expect(found.worst.pairs == pairs && found.worst.tied == tied && tied > 0)
        #expect(found.worst.error == Double(2 * wrong + tied) / Double(2 * pairs))
    }

    @Test("A perfect measure has no error anywhere, its negative none if that is what the theory predicts")
    func symmetry() throws {
        let perfect = try robustSignError(try fullGrid { _, target in 3 * target }).get()
        #expect(perfect.worst.error == 0 && perfect.mean == 0)
        // Width 3 pairs · 48 settings, depth 6 · 36, rate 3 · 48, batch 6 · 36, each of 3 · 3 repeats.
        #expect(
            perfect.environments.count == 144 + 216 + 144 + 216 && perfect.environments.allSatisfy { $0.pairs == 9 })
        let reversed = try fullGrid { _, target in -target }
        #expect(try robustSignError(reversed).get().errors.first == 1)
        #expect(try robustSignError(reversed, expectedSign: .negative).get().worst.error == 0)
        let noise = try robustSignError(try fullGrid { numbers, _ in numbers.normal() }).get()
        #expect(abs(noise.mean - 0.5) < 0.05 && noise.worst.error > 0.8)
    }

    @Test("The two expected signs have errors that add to 1, ties included")
    func signs() throws {
        let positive = try robustSignError(try twoByThree()).get()
        let negative = try robustSignError(try twoByThree(), expectedSign: .negative).get()
        for (one, other) in zip(positive.environments, negative.environments) { #expect(one.error + other.error == 1) }
    }

    @Test("Without two models that differ in one hyperparameter there is no environment")
    func none() throws {
        let models = try ConfiguredModels(
            measure: Variable("m", [1, 2]), target: Variable("g", [1, 2]),
            axes: [.init("a", ["x", "y"]), .init("b", ["x", "y"])])
        #expect(robustSignError(models) == .failure(.noEnvironment(leastPairs: 1, smaller: 0)))
        #expect(
            "\(UndefinedSignError.noEnvironment(leastPairs: 1, smaller: 0))"
                == "No two models differ in one hyperparameter alone.")
    }
}
