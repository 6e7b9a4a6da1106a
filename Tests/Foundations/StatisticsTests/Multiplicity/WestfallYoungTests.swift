import Statistics
import Testing

@Suite struct WestfallYoungTests {
    /// The p of each test by the definition, all orders anew for each: how often the greatest of those tests whose |T|
    /// is no more than its own reaches it, made to be no less than that of any with a greater |T|.
    private func slow(_ tests: [(statistic: Double, orders: [Double])?]) -> [Double?] {
        func raw(_ test: (statistic: Double, orders: [Double])) -> Double {
            let others = tests.compactMap(\.self).filter { $0.statistic <= test.statistic }
            let extreme = test.orders.indices.count { order in
                others.contains { $0.orders[order] >= test.statistic }
            }
            return Double(1 + extreme) / Double(1 + test.orders.count)
        }
        return tests.map { test in
            test.map { test in
                tests.compactMap(\.self).filter { $0.statistic >= test.statistic }.map(raw).max() ?? .nan
            }
        }
    }

    /// Statistics with something in common, some of them with an effect.
    private func madeUp(_ count: Int, orders: Int, seed: UInt64) -> [(statistic: Double, orders: [Double])?] {
        var numbers = SeededNumbers(seed: seed)
        let common = numbers.normals(orders + 1)
        return (0..<count).map { test in
            let values = common.map { abs($0 + numbers.normal()) }
            return (values[orders] + (test % 3 == 0 ? 2 : 0), Array(values[..<orders]))
        }
    }

    @Test("p values are those of the definition", arguments: [1, 2, 3, 10, 25])
    func reference(count: Int) {
        for seed in 0..<10 as Range<UInt64> {
            var tests = madeUp(count, orders: 99, seed: seed)
            #expect(stepDownAdjusted(tests) == slow(tests))
            // Ties of statistics, and of statistics and orders.
            tests = tests.map { test in
                test.map { ((2 * $0.statistic).rounded(), $0.orders.map { (2 * $0).rounded() }) }
            }
            #expect(stepDownAdjusted(tests) == slow(tests))
        }
    }

    @Test("A lone test keeps the p of its orders, and a test that could not be made is no member")
    func alone() {
        let orders = [1.0, 2, 3, 4, 5, 6, 7, 8, 9]
        #expect(stepDownAdjusted([(8, orders)]) == [0.3])
        #expect(stepDownAdjusted([nil, (8, orders), nil]) == [nil, 0.3, nil])
        #expect(stepDownAdjusted([nil, nil]) == [nil, nil])
        #expect(stepDownAdjusted([]) == [])
        #expect(stepDownAdjusted([(10, orders)]) == [0.1])
        var tests = madeUp(6, orders: 199, seed: 17)
        let before = stepDownAdjusted(tests)
        tests.insert(nil, at: 2)
        #expect(stepDownAdjusted(tests) == Array(before[..<2]) + [nil] + Array(before[2...]))
    }

    @Test("The order of the tests does not matter, nor does a test that is there again")
    func duplicates() {
        let tests = madeUp(8, orders: 199, seed: 18)
        let adjusted = stepDownAdjusted(tests)
        #expect(stepDownAdjusted(tests.reversed()) == adjusted.reversed())
        #expect(stepDownAdjusted(tests + tests + tests) == adjusted + adjusted + adjusted)
        let strong = (statistic: 9.0, orders: tests[1]?.orders ?? [])
        #expect(stepDownAdjusted([(statistic: Double, orders: [Double])?](repeating: strong, count: 50))[7] == 0.005)
    }

    @Test("Only the smallest p is corrected for all tests; none is less than its own p")
    func steps() throws {
        let tests = madeUp(12, orders: 499, seed: 19)
        let adjusted = stepDownAdjusted(tests)
        let order = tests.indices.sorted { (tests[$0]?.statistic ?? 0) > (tests[$1]?.statistic ?? 0) }
        for (above, below) in zip(order, order.dropFirst()) {
            #expect(try #require(adjusted[above]) <= #require(adjusted[below]))
        }
        for index in tests.indices {
            #expect(try #require(adjusted[index]) >= #require(stepDownAdjusted([tests[index]])[0]))
        }
        // The greatest is held against the greatest of all, the least against its own orders and all floors.
        let first = try #require(tests[order[0]])
        let greatest = first.orders.indices.map { index in tests.compactMap { $0?.orders[index] }.max() ?? 0 }
        #expect(adjusted[order[0]] == stepDownAdjusted([(first.statistic, greatest)])[0])
    }

    /// How often any of ten tests without an effect is rejected in 1,000 studies of 20 rows, the tests sharing their
    /// orders, and how often by Holm's correction.
    private func falseRejections(common: Double, seed: UInt64) throws -> (stepDown: Int, holm: Int) {
        var numbers = SeededNumbers(seed: seed)
        var (stepDown, holm) = (0, 0)
        for study in 0..<1000 {
            let (y, shared) = (numbers.normals(20), numbers.normals(20))
            let tests = try (0..<10).map { _ in
                try #require(
                    ResidualTest(
                        shared.map { common * $0 + numbers.normal() }, y, total: 1, degreesOfFreedom: 18, columns: 0,
                        isStudentised: false, .rows, Permutation(seed: UInt64(study), permutations: 199)))
            }
            func rejects(_ adjusted: [Double?]) -> Int { adjusted.contains { ($0 ?? 1) <= 0.05 } ? 1 : 0 }
            stepDown += rejects(stepDownAdjusted(tests.map { (abs($0.statistic), $0.orders) }))
            holm += rejects(holmAdjusted(tests.map(\.pValue)))
        }
        return (stepDown, holm)
    }

    @Test("Any of ten tests without an effect is rejected in 5 of 100 studies, however much they have in common")
    func familywise() throws {
        for common in [0.0, 1, 4] {
            let found = try falseRejections(common: common, seed: 20)
            #expect(isNear(found.stepDown, of: 1000, expected: 0.05), "\(found)")
            // Ten measures that say nearly the same cost as much as one, where Holm's correction counts ten.
            #expect(common < 4 || 2 * found.holm < found.stepDown, "\(found)")
        }
    }
}
