import Statistics
import Testing

@Suite struct ResidualTestTests {
    private func test(
        _ a: [Double], _ b: [Double], isStudentised: Bool = true, _ exchange: Exchange = .rows, orders: Int = 199,
        columns: Int = 0, seed: UInt64 = 1
    ) throws -> ResidualTest {
        try #require(
            ResidualTest(
                a, b, total: 2 * a.reduce(0) { $0 + $1 * $1 }, degreesOfFreedom: a.count - 2 - columns,
                columns: columns,
                isStudentised: isStudentised, exchange, Permutation(seed: seed, permutations: orders)))
    }

    @Test("Statistics agree with NumPy, whatever the columns' units")
    func reference() throws {
        for example in try ConditioningValues.load().residualTests {
            for size in [1, -3, 1e-120, 1e120] {
                let a = example.a.map { $0 * size }
                let studentised = try test(a, example.b, columns: 3)
                let sign = size < 0 ? -1.0 : 1
                #expect(abs(studentised.statistic - sign * example.studentised) < 1e-10)
                #expect(abs(studentised.value - sign * example.correlation) < 1e-10)
                let plain = try test(a, example.b, isStudentised: false, columns: 3)
                #expect(abs(plain.statistic - sign * example.root) < 1e-10 && plain.value == studentised.value)
                #expect(studentised.count == a.count && studentised.columns == 3)
                #expect(studentised.degreesOfFreedom == a.count - 5 && studentised.orders.count == 199)
            }
            #expect(abs(try test(example.a, example.b).shareLeft - 0.5) < 1e-12)
        }
    }

    @Test("Columns without any correlation have a p of 1, to which rounding adds nothing")
    func nothing() throws {
        var numbers = SeededNumbers(seed: 32)
        var found = 0
        while found < 100 {
            let rows = Int.random(in: 8...14, using: &numbers)
            let a = (0..<rows).map { _ in Double(Int.random(in: 0...3, using: &numbers)) }
            let b = (0..<rows).map { _ in Double(Int.random(in: 0...3, using: &numbers)) }
            // Their covariance, in whole numbers.
            let sum = Double(rows) * zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } - a.reduce(0, +) * b.reduce(0, +)
            guard sum == 0, Set(a).count > 1, Set(b).count > 1 else { continue }
            found += 1
            for isStudentised in [true, false] {
                let test = try test(a, b, isStudentised: isStudentised)
                #expect(test.pValue == 1 && stepDownAdjusted([(abs(test.statistic), test.orders)]) == [1])
            }
        }
    }

    @Test("What has no length has no test")
    func none() {
        let permutation = Permutation(seed: 1, permutations: 9)
        for column in [[2.0, 2, 2], [0, 0, 0], [.infinity, 1, 2]] {
            #expect(
                ResidualTest(
                    column, [1, 2, 3], total: 1, degreesOfFreedom: 1, columns: 0, .rows, permutation) == nil)
        }
    }

    /// How many of 2,000 made-up pairs of columns have a p of 5 % or less.
    private func rejections(
        isStudentised: Bool, _ exchange: Exchange = .rows, seed: UInt64,
        _ columns: (inout SeededNumbers) -> ([Double], [Double])
    ) throws -> Int {
        var numbers = SeededNumbers(seed: seed)
        var count = 0
        for study in 0..<2000 {
            let (a, b) = columns(&numbers)
            count +=
                try test(a, b, isStudentised: isStudentised, exchange, seed: UInt64(study)).pValue <= 0.05 ? 1 : 0
        }
        return count
    }

    @Test("Independent columns are told to be linked in 5 of 100 cases", arguments: [true, false])
    func level(isStudentised: Bool) throws {
        let found = try rejections(isStudentised: isStudentised, seed: 13) { numbers in
            // With heavy tails.
            let a = numbers.normals(24).map { $0 * $0 * $0 }
            return (a, numbers.normals(24))
        }
        #expect(isNear(found, of: 2000, expected: 0.05), "\(found)")
    }

    @Test("So are what 16 columns leave of 50 rows: random orders have as many dimensions", arguments: [1, 5])
    func columns(levels: Int) throws {
        var numbers = SeededNumbers(seed: 33)
        let categories = (0..<50).map { $0 % levels }
        var found = 0
        for study in 0..<2000 {
            var held = HeldColumns(categories: categories)
            for _ in 0..<16 { held.add(numbers.normals(50)) }
            let a = try #require(held.remainder(of: numbers.normals(50)))
            let b = try #require(held.remainder(of: numbers.normals(50)))
            let test = ResidualTest(
                a, b, total: 1, degreesOfFreedom: held.residualDegrees - 1, columns: held.rank, .within(categories),
                Permutation(seed: UInt64(study), permutations: 199))
            found += try #require(test).pValue <= 0.05 ? 1 : 0
        }
        #expect(isNear(found, of: 2000, expected: 0.05), "\(found)")
    }

    @Test("So are those that share their variance, by T; the correlation itself would call one in six linked")
    func heteroscedastic() throws {
        func columns(_ numbers: inout SeededNumbers) -> ([Double], [Double]) {
            let sizes = (0..<100).map { $0 % 10 == 0 ? 3.0 : 1 }
            return (zip(sizes, numbers.normals(100)).map(*), zip(sizes, numbers.normals(100)).map(*))
        }
        let studentised = try rejections(isStudentised: true, seed: 14, columns)
        #expect(isNear(studentised, of: 2000, expected: 0.05), "\(studentised)")
        let plain = try rejections(isStudentised: false, seed: 14, columns)
        #expect(plain > 250, "\(plain)")
    }

    @Test("Configurations that resemble each other are independent witnesses as wholes only, and seeds as seeds")
    func dependence() throws {
        let configurations = (0..<48).map { $0 / 4 }
        func columns(_ numbers: inout SeededNumbers) -> ([Double], [Double]) {
            func column() -> [Double] {
                let effects = numbers.normals(12)
                return configurations.map { 2 * effects[$0] + numbers.normal() }
            }
            return (column(), column())
        }
        let whole = try rejections(isStudentised: false, .whole(configurations), seed: 15, columns)
        #expect(isNear(whole, of: 2000, expected: 0.05), "\(whole)")
        #expect(try rejections(isStudentised: false, seed: 15, columns) > 400)

        // Twelve seeds in each of four configurations, what is left of both columns within configurations.
        let (seeds, four) = ((0..<48).map { $0 % 12 }, (0..<48).map { $0 / 12 })
        func residuals(_ numbers: inout SeededNumbers) -> ([Double], [Double]) {
            func column() -> [Double] {
                let effects = numbers.normals(12)
                let held = HeldColumns(categories: four)
                return held.remainder(of: seeds.map { 2 * effects[$0] + numbers.normal() }) ?? []
            }
            return (column(), column())
        }
        let shared = try rejections(isStudentised: true, .seeds(seeds, of: four), seed: 16, residuals)
        #expect(isNear(shared, of: 2000, expected: 0.05), "\(shared)")
        #expect(try rejections(isStudentised: true, .within(four), seed: 16, residuals) > 400)
    }
}
