import Statistics
import Testing

@Suite struct PermutationTests {
    @Test(
        "The same orders, correlated anew one by one by SciPy and least squares, give the same p value",
        arguments: try ResamplingValues.load().permutations)
    func reference(example: ResamplingValues.Permutation) throws {
        let seed = try #require(UInt64(example.seed))
        let x = Variable("x", example.x), y = Variable("y", example.y), given = variables(example.covariates)
        let test = try permutationTest(
            x, y, method: example.method, given: given, within: example.blocks,
            Permutation(seed: seed, permutations: example.permutations)
        ).get()
        #expect(abs(test.coefficient - example.coefficient) < 1e-12)
        #expect(test.coefficient == correlate(x, y, method: example.method, given: given).estimate)
        #expect(abs(test.betweenBlocks - example.between) < 1e-12)
        #expect(test.extreme == example.extreme)
        #expect(test.pValue == example.p)
        #expect(test.permutations == example.permutations && test.seed == seed)
    }

    @Test(
        "Many random orders come as near to SciPy's count of all orders as chance allows",
        arguments: try ResamplingValues.load().exactPermutations)
    func exact(example: ResamplingValues.ExactPermutation) throws {
        let permutations = 40_000
        let test = try permutationTest(
            Variable("x", example.x), Variable("y", example.y), method: example.method,
            Permutation(seed: 11, permutations: permutations)
        ).get()
        #expect(abs(test.coefficient - example.coefficient) < 1e-12)
        let error = (example.p * (1 - example.p) / Double(permutations)).squareRoot()
        #expect(
            abs(test.pValue - example.p) <= 4 * error + 1 / Double(permutations),
            "p \(test.pValue), all orders \(example.p)")
    }

    @Test("Every order of four rows comes about equally often")
    func shuffle() {
        var rows = RandomRows(seed: 3)
        var order = [0, 1, 2, 3]
        var counts: [[Int]: Int] = [:]
        for _ in 0..<24_000 {
            order.withUnsafeMutableBufferPointer { rows.shuffle($0) }
            counts[order, default: 0] += 1
        }
        #expect(counts.count == 24)
        let chiSquared = counts.values.reduce(0.0) { $0 + Double(($1 - 1000) * ($1 - 1000)) / 1000 }
        // The 0.9999 quantile on 23 degrees of freedom.
        #expect(chiSquared < 58.6)
    }

    @Test(
        "Lists too long for two places a word are shuffled whole", arguments: [0, 1, 2, 65_535, 65_536, 65_537, 65_538])
    func longShuffle(count: Int) {
        var rows = RandomRows(seed: 4)
        var order = Array(0..<count)
        order.withUnsafeMutableBufferPointer { rows.shuffle($0) }
        #expect(order.sorted() == Array(0..<count))
        // Half of the rows are expected in the upper half's places.
        let moved = order[..<(count / 2)].filter { $0 >= count / 2 }.count
        #expect(count < 3 || abs(moved - count / 4) < 600)
    }

    @Test(
        "Under the null hypothesis p values are uniform, plain, within blocks that differ, and given a covariate",
        arguments: [CorrelationMethod.spearman, .pearson, .kendall])
    func uniform(method: CorrelationMethod) throws {
        var columns = MadeUpColumns(seed: 5)
        let permutation = Permutation(seed: 6, permutations: 99)
        let blocks = (0..<24).map { $0 % 3 }
        var plain: [Double] = [], blocked: [Double] = [], partial: [Double] = []
        for _ in 0..<600 {
            let x = columns.column(24), y = columns.column(24), z = columns.column(24)
            plain.append(
                try permutationTest(Variable("x", x), Variable("y", y), method: method, permutation).get().pValue)
            blocked.append(
                try permutationTest(
                    Variable("x", zip(x, blocks).map { $0 + 3 * Double($1) }),
                    Variable("y", zip(y, blocks).map { $0 - 3 * Double($1) }), method: method, within: blocks,
                    permutation
                ).get().pValue)
            if method != .kendall {
                partial.append(
                    try permutationTest(
                        Variable("x", zip(x, z).map { $0 + $1 }), Variable("y", zip(y, z).map { $0 + $1 }),
                        method: method,
                        given: [Variable("z", z)], permutation
                    ).get().pValue)
            }
        }
        for pValues in [plain, blocked, partial] where !pValues.isEmpty {
            var tenths = [Int](repeating: 0, count: 10)
            for p in pValues { tenths[Int((p * 100).rounded() - 1) / 10] += 1 }
            if method == .kendall {
                // Tau takes so few values near 0 that p heaps up at 1; below that it is uniform.
                let low = tenths[..<5].reduce(0, +)
                #expect(abs(low - 300) < 50, "\(tenths)")
                tenths = tenths[..<5].map { $0 * 600 / (2 * low) }
            }
            let chiSquared = tenths.reduce(0.0) { $0 + Double(($1 - 60) * ($1 - 60)) / 60 }
            // The 0.999 quantile on 9 degrees of freedom.
            #expect(chiSquared < 27.9, "\(tenths)")
        }
    }

    @Test("A correlation that only blocks make is significant by plain orders, and not within blocks")
    func confounded() throws {
        var columns = MadeUpColumns(seed: 7)
        let blocks = (0..<60).map { $0 / 20 }
        let x = Variable("x", zip(columns.column(60), blocks).map { $0 + 5 * Double($1) })
        let y = Variable("y", zip(columns.column(60), blocks).map { $0 + 5 * Double($1) })
        let permutation = Permutation(seed: 8, permutations: 999)
        #expect(try permutationTest(x, y, permutation).get().pValue == 0.001)
        #expect(try permutationTest(x, y, within: blocks, permutation).get().pValue > 0.1)
        // Opposite within blocks: the coefficient is positive, and yet far below what the blocks give.
        let opposite = Variable("y", zip(x.values, blocks).map { 10 * Double($1) - $0 })
        let test = try permutationTest(x, opposite, within: blocks, permutation).get()
        #expect(test.pValue == 0.001 && test.coefficient > 0 && test.coefficient < test.betweenBlocks)
    }

    @Test("The seed decides the orders")
    func reproducible() throws {
        var columns = MadeUpColumns(seed: 9)
        let x = Variable("x", columns.column(20)), y = Variable("y", columns.column(20))
        let first = try permutationTest(x, y, Permutation(seed: 1)).get()
        #expect(try permutationTest(x, y, Permutation(seed: 1)).get() == first)
        #expect(try permutationTest(x, y, Permutation(seed: 2)).get().extreme != first.extreme)
        #expect(first.permutations == 9_999)
    }

    @Test("What cannot be permuted gives a sentence")
    func undefined() {
        let permutation = Permutation(seed: 1, permutations: 9)
        let x = Variable("x", [1, 2, 3, 4, 5]), y = Variable("y", [2, 1, 4, 3, 5])
        func reason(_ result: Result<PermutationTest, UndefinedCorrelation>) -> String? {
            if case .failure(let undefined) = result { undefined.description } else { nil }
        }
        #expect(
            reason(permutationTest(x, y, within: [1, 1, 2, 2, 7], permutation))
                == "Block 7 has 1 row, so there is nothing to exchange within it.")
        let stepped = Variable("step", [0, 0, 0, 8, 8])
        let expected =
            "step has the same value throughout each block, so exchanging rows within blocks changes nothing."
        for method in CorrelationMethod.allCases {
            #expect(
                reason(permutationTest(x, stepped, method: method, within: [0, 0, 0, 1, 1], permutation)) == expected)
            #expect(
                reason(permutationTest(stepped, x, method: method, within: [0, 0, 0, 1, 1], permutation)) == expected)
            #expect(
                reason(permutationTest(x, Variable("flat", [1, 1, 1, 1, 1]), method: method, permutation))
                    == "flat has the same value in every row.")
        }
        #expect(
            reason(permutationTest(x, y, given: [x], permutation))?.hasPrefix("x is a linear function of x") == true)
        #expect(reason(permutationTest(x, y, method: .kendall, given: [x], permutation))?.contains("kendall") == true)
        #expect(
            reason(permutationTest(Variable("x", [1, 2]), Variable("y", [1, 2]), permutation))
                == "There are 2 complete rows, fewer than the 3 it takes.")
    }
}
