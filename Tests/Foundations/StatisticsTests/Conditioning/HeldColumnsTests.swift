import Statistics
import Testing

@Suite struct HeldColumnsTests {
    private func held(_ example: ConditioningValues.Held) -> HeldColumns {
        var held = HeldColumns(categories: example.categories)
        for column in example.columns { held.add(column) }
        return held
    }

    @Test("Residuals are NumPy's least squares' on columns of 0 and 1", arguments: try ConditioningValues.load().held)
    func reference(example: ConditioningValues.Held) throws {
        let held = held(example)
        #expect(distance(try #require(held.remainder(of: example.x)), example.leftX) < 1e-10)
        #expect(distance(try #require(held.remainder(of: example.y)), example.leftY) < 1e-10)
        #expect(held.residualDegrees == example.residualDegrees)
        #expect(held.categories == Set(example.categories).count && held.rank == example.columns.count - 1)
        for column in example.columns { #expect(held.remainder(of: column) == nil) }
        #expect(held.remainder(of: example.categories.map { $0 == 0 ? 3 : 3 }) == nil)
    }

    @Test("What is explained is what least squares takes, in any order", arguments: try ConditioningValues.load().held)
    func explained(example: ConditioningValues.Held) {
        let held = held(example)
        func centred(_ column: [Double]) -> [Double] {
            let mean = column.reduce(0, +) / Double(column.count)
            return column.map { $0 - mean }
        }
        let (x, y) = (centred(example.x), centred(example.y))
        let found = held.explained(x, y, orders: [example.order, x.indices.map { Int32($0) }])
        let (shuffled, plain) = (found[0], found[1])
        #expect(distance([shuffled.x, shuffled.y, shuffled.both], example.explained) < 1e-9)
        // In the rows' own order it is what residuals lack.
        func products(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        let (leftX, leftY) = (example.leftX, example.leftY)
        let expected = [
            products(x, x) - products(leftX, leftX), products(y, y) - products(leftY, leftY),
            products(x, y) - products(leftX, leftY),
        ]
        #expect(distance([plain.x, plain.y, plain.both], expected) < 1e-9)
    }

    @Test("Numbers of categories that no row has cost nothing")
    func gaps() throws {
        let column = [1.0, 5, 2, 8, 3, 1]
        let (some, all) = (HeldColumns(categories: [2, 2, 7, 7, 4, 4]), HeldColumns(categories: [0, 0, 2, 2, 1, 1]))
        #expect(some.categories == 3 && some.residualDegrees == 3)
        #expect(some.remainder(of: column) == all.remainder(of: column))
        #expect(distance(try #require(some.remainder(of: column)), [-2, 2, -3, 3, 1, -1]) < 1e-14)
    }

    @Test("As many columns as there is room for are held, and no more")
    func full() {
        var numbers = SeededNumbers(seed: 3)
        var held = HeldColumns(categories: (0..<12).map { $0 % 4 })
        for _ in 0..<20 {
            held.add(numbers.normals(12))
            #expect(held.residualDegrees >= 0)
        }
        #expect(held.rank == 8 && held.residualDegrees == 0)
        #expect(held.remainder(of: numbers.normals(12)) == nil)
    }

    @Test("Curves that contain each other are held once, so that rounding makes no column of them")
    func nested() {
        for seed in UInt64(1)...20 {
            var numbers = SeededNumbers(seed: seed)
            let normals = numbers.normals(100)
            for values in [normals, normals.map { (4 * $0).rounded() }] {
                for (placement, degrees) in [(KnotPlacement.ranks, [4, 12, 24]), (.normalScores, [3, 6, 12, 24])] {
                    func curve(_ degrees: Int) -> [[Double]] {
                        naturalSpline(of: Variable("x", values), degreesOfFreedom: degrees, knots: placement)
                    }
                    var held = HeldColumns(categories: values.map { _ in 0 })
                    for degrees in degrees {
                        var alone = HeldColumns(categories: values.map { _ in 0 })
                        held.add(curve(degrees))
                        alone.add(curve(degrees))
                        #expect(held.rank == alone.rank, "\(degrees) of seed \(seed)")
                    }
                }
            }
        }
    }

    @Test("Columns of any size have residuals of that size", arguments: [1e-200, 1e-100, 1, 1e100, 1e200])
    func sizes(size: Double) throws {
        let example = try #require(try ConditioningValues.load().held.last)
        var held = HeldColumns(categories: example.categories)
        for column in example.columns { held.add(column.map { $0 * size }) }
        #expect(held.rank == example.columns.count - 1)
        let left = try #require(held.remainder(of: example.x.map { $0 * size }))
        #expect(distance(left.map { $0 / size }, example.leftX) < 1e-10)
    }
}
