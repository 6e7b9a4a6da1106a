import Statistics
import Testing

@Suite struct PartialWithinCategoriesTests {
    /// Two columns that hang on a number and on two categories, with ties.
    struct Sample {
        var x, y, z: Variable
        var first, second: [Int]

        init(count: Int, categories: Int, seed: UInt64) {
            var numbers = SeededNumbers(seed: seed)
            let first = (0..<count).map { _ in Int.random(in: 0..<categories, using: &numbers) }
            let second = first.map { ($0 + Int.random(in: 0..<3, using: &numbers)) % 4 }
            let z = (0..<count).map { Double(first[$0] % 5) + numbers.normal() }
            func column() -> [Double] {
                (0..<count).map { row in
                    (4 * (Double(first[row] * 7 % categories) + 0.5 * z[row] + Double(second[row]) + numbers.normal()))
                        .rounded()
                }
            }
            self.first = numbered(first)
            self.second = numbered(second)
            self.z = Variable("z", z)
            x = Variable("x", column())
            y = Variable("y", column())
        }

        func indicators(_ categories: [Int]) -> [Variable] {
            Statistics.indicators("g", categories.map { "\($0)" }).map { column in
                Variable(column.name, column.values.compactMap(\.self))
            }
        }
    }

    @Test(
        "It is the correlation given a column for each category, by which any number of categories can be held fixed",
        arguments: [(30, 2), (60, 5), (300, 12), (5000, 7)])
    func sameAsColumns(count: Int, categories: Int) throws {
        let sample = Sample(count: count, categories: categories, seed: UInt64(count))
        let (one, two) = (sample.indicators(sample.first), sample.indicators(sample.second))
        let cases: [(numbers: [Variable], categories: [[Int]], columns: [Variable])] = [
            ([], [], []), ([sample.z], [], [sample.z]), ([], [sample.first], one), ([], [sample.second], two),
            ([sample.z], [sample.first], one + [sample.z]), ([], [sample.first, sample.second], one + two),
            ([sample.z], [sample.second, sample.first], one + two + [sample.z]),
            ([sample.z, sample.z], [sample.first, sample.first], one + one + [sample.z, sample.z]),
        ]
        for (numbers, categories, columns) in cases {
            let expected = try correlate(sample.x, sample.y, given: columns).outcome.get().value
            let found = try partialSpearman(sample.x, sample.y, given: numbers, categories: categories).get()
            #expect(abs(found - expected) < 1e-12)
        }
    }

    @Test("What has no value has the reason")
    func reasons() {
        let sample = Sample(count: 40, categories: 3, seed: 1)
        let x = sample.x
        func outcome(_ x: Variable, _ numbers: [Variable], _ categories: [[Int]]) -> Result<
            Double, UndefinedCorrelation
        > {
            partialSpearman(x, sample.y, given: numbers, categories: categories)
        }
        #expect(outcome(x, [x], []) == .failure(.determined(variable: "x", covariates: ["x"])))
        let byCategory = Variable("x", sample.first.map(Double.init))
        #expect(outcome(byCategory, [], [sample.first]) == .failure(.determined(variable: "x", covariates: [])))
        #expect(outcome(x, [], [Array(0..<40)]) == .failure(.tooFewRows(40, least: 42)))
        #expect(outcome(Variable("x", x.values.map { _ in 2 }), [], []) == .failure(.constant(variable: "x")))
        let broken = Variable("z", x.values.map { $0 / 0 })
        guard case .failure(.notFinite) = outcome(x, [broken], []) else {
            Issue.record("a covariate that is not finite")
            return
        }
    }
}
