import Statistics
import Testing

@Suite struct NaturalSplineTests {
    @Test(
        "With a constant the columns span SciPy's natural cubic interpolations of the knots",
        arguments: try ConditioningValues.load().splines)
    func reference(example: ConditioningValues.Spline) {
        let columns = naturalSpline(
            of: Variable("x", example.values), degreesOfFreedom: example.degrees,
            knots: example.normalScores ? .normalScores : .ranks)
        let held = HeldColumns(columns, count: example.values.count)
        #expect(held.rank == example.rank && columns.count <= example.degrees)
        #expect(distance(held.fitted(example.column), example.fitted) < 1e-9)
    }

    @Test(
        "No more values than knots are held fixed as categories",
        arguments: try ConditioningValues.load().splines.filter(\.isCategorical))
    func categories(example: ConditioningValues.Spline) {
        let columns = naturalSpline(
            of: Variable("x", example.values), degreesOfFreedom: example.degrees,
            knots: example.normalScores ? .normalScores : .ranks)
        let means = example.values.map { value in
            let rows = example.values.indices.filter { example.values[$0] == value }
            return rows.reduce(0) { $0 + example.column[$1] } / Double(rows.count)
        }
        let held = HeldColumns(columns, count: example.values.count)
        #expect(distance(held.fitted(example.column), means) < 1e-10)
    }

    @Test("A curve is one of ranks: any growing function of the values has the same, a falling one its mirror image")
    func ranks() {
        var numbers = SeededNumbers(seed: 1)
        let (values, column) = (numbers.normals(50), numbers.normals(50))
        for placement in [KnotPlacement.ranks, .normalScores] {
            func columns(_ function: (Double) -> Double) -> [[Double]] {
                naturalSpline(of: Variable("x", values.map(function)), degreesOfFreedom: 5, knots: placement)
            }
            let plain = columns { $0 }
            #expect(columns { 1e6 * $0 * $0 * $0 + 7 } == plain)
            let mirrored = HeldColumns(columns { -$0 }, count: 50).fitted(column)
            #expect(distance(mirrored, HeldColumns(plain, count: 50).fitted(column)) < 1e-9)
        }
    }

    @Test("What a curve of the tails follows, one with as many knots at equal shares of the rows does not")
    func tails() {
        // A bend beyond the 60th normal score of 2,000, of which equal shares have none between two knots.
        let count = 2000
        let places = Variable("x", (0..<count).map(Double.init))
        let column = (0..<count).map { max(0, Double($0) - 1970) }
        func left(_ placement: KnotPlacement) -> Double {
            let held = HeldColumns(naturalSpline(of: places, degreesOfFreedom: 12, knots: placement), count: count)
            return (held.remainder(of: column) ?? []).reduce(0) { $0 + $1 * $1 }
        }
        #expect(left(.normalScores) < 0.1 * left(.ranks))
    }

    @Test("No column is nearly a combination of those before it, so that rounding does not decide how many there are")
    func conditioning() {
        for seed in UInt64(1)...20 {
            var numbers = SeededNumbers(seed: seed)
            let normals = numbers.normals(100)
            for values in [normals, normals.map { (3 * $0).rounded() }, normals.map { max(0, (9 * $0).rounded()) }] {
                for placement in [KnotPlacement.ranks, .normalScores] {
                    for degrees in [4, 8, 12, 24, 40] {
                        var held = HeldColumns(categories: values.map { _ in 0 })
                        for column in naturalSpline(
                            of: Variable("x", values), degreesOfFreedom: degrees, knots: placement)
                        {
                            guard let rest = held.remainder(of: column) else { continue }
                            let share = rest.reduce(0) { $0 + $1 * $1 } / column.reduce(0) { $0 + $1 * $1 }
                            #expect(share > 1e-12, "\(degrees) of seed \(seed)")
                            held.add(column)
                        }
                    }
                }
            }
        }
    }

    @Test("A constant has no columns, and a line of two values is one")
    func few() {
        #expect(naturalSpline(of: Variable("x", [3, 3, 3]), degreesOfFreedom: 4).isEmpty)
        #expect(naturalSpline(of: Variable("x", [1, 1 + 1e-15, 1]), degreesOfFreedom: 4).isEmpty)
        for placement in [KnotPlacement.ranks, .normalScores] {
            #expect(naturalSpline(of: Variable("x", [1, 8, 1]), degreesOfFreedom: 4, knots: placement).count == 1)
            #expect(naturalSpline(of: Variable("x", [1, 8, 3, 5]), degreesOfFreedom: 1, knots: placement).count == 1)
        }
    }
}
