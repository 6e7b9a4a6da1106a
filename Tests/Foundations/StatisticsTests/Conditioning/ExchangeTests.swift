import Statistics
import Testing

/// An exchange of rows, and which of all orders it allows.
struct ExchangeExample: CustomTestStringConvertible, Sendable {
    var name: String
    var exchange: Exchange
    var rows: Int
    /// How many orders there are.
    var orders: Int
    /// Whether row i may have row `order[i]`'s place.
    var allows: @Sendable (_ order: [Int]) -> Bool
    var testDescription: String { name }

    /// Whether rows that are of one block stay of one.
    private static func keeps(_ blocks: [Int], _ order: [Int]) -> Bool {
        order.indices.allSatisfy { i in
            order.indices.allSatisfy { (blocks[i] == blocks[$0]) == (blocks[order[i]] == blocks[order[$0]]) }
        }
    }

    private static func within(_ categories: [Int], orders: Int) -> ExchangeExample {
        ExchangeExample(
            name: "within \(categories)", exchange: .within(categories), rows: categories.count, orders: orders
        ) {
            order in order.indices.allSatisfy { categories[order[$0]] == categories[$0] }
        }
    }

    private static func whole(_ categories: [Int], orders: Int) -> ExchangeExample {
        ExchangeExample(
            name: "whole \(categories)", exchange: .whole(categories), rows: categories.count, orders: orders
        ) {
            keeps(categories, $0)
        }
    }

    private static func seeds(_ seeds: [Int], _ configurations: [Int], orders: Int) -> ExchangeExample {
        ExchangeExample(
            name: "seeds \(seeds) of \(configurations)", exchange: .seeds(seeds, of: configurations),
            rows: seeds.count, orders: orders
        ) { order in
            keeps(seeds, order) && order.indices.allSatisfy { configurations[order[$0]] == configurations[$0] }
        }
    }

    static let all = [
        ExchangeExample(name: "all rows", exchange: .rows, rows: 5, orders: 120) { _ in true },
        within([0, 0, 0, 0, 0], orders: 120),
        within([1, 0, 1, 0, 1, 2], orders: 12),
        whole([0, 0, 1, 1, 2, 2], orders: 48),
        whole([0, 1, 0, 2, 1, 2], orders: 48),
        whole([1, 0, 1, 0], orders: 8),
        whole([0, 0, 0, 1, 1, 1], orders: 72),
        seeds([0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1], orders: 6),
        // A seed's rows in another order, and one seed that is in one configuration only.
        seeds([5, 9, 9, 5, 7, 7, 8], [0, 1, 0, 1, 0, 1, 0], orders: 6),
        seeds([0, 1, 2, 3, 0, 1, 3], [0, 0, 1, 1, 2, 2, 2], orders: 2),
        seeds([0, 1, 2, 3], [0, 0, 1, 1], orders: 4),
    ]
}

/// Which orders `ResidualTest` draws. The products of two columns of random numbers have another sum in each order, so
/// that a sum tells which order it was.
@Suite struct ExchangeTests {
    private static func orders(of count: Int) -> [[Int]] {
        count == 0
            ? [[]]
            : orders(of: count - 1).flatMap { order in (0..<count).map { order[..<$0] + [count - 1] + order[$0...] } }
    }

    private static func columns(_ rows: Int, _ seed: UInt64) -> (a: [Double], b: [Double]) {
        var numbers = SeededNumbers(seed: seed)
        return (numbers.normals(rows), numbers.normals(rows))
    }

    /// What a test of a and b has for |T| in one order, from its definition.
    private static func statistic(_ a: [Double], _ b: [Double], _ order: [Int], isStudentised: Bool) -> Double {
        func deviations(_ column: [Double]) -> [Double] {
            let mean = column.reduce(0, +) / Double(column.count)
            return column.map { $0 - mean }
        }
        func squares(_ column: [Double]) -> Double { column.reduce(0) { $0 + $1 * $1 } }
        let (a, b) = (deviations(a), deviations(b))
        let products = order.indices.map { a[$0] * b[order[$0]] }
        let size =
            isStudentised
            ? squares(products).squareRoot() : (squares(a) * squares(b) / Double(a.count - 1)).squareRoot()
        return abs(products.reduce(0, +)) / size
    }

    private static func test(
        _ a: [Double], _ b: [Double], _ exchange: Exchange, isStudentised: Bool = false, seed: UInt64 = 1, orders: Int
    ) throws -> ResidualTest {
        try #require(
            ResidualTest(
                a, b, total: 1, degreesOfFreedom: 1, columns: 0, isStudentised: isStudentised, exchange,
                Permutation(seed: seed, permutations: orders)))
    }

    /// The order, of all, that each drawn |T| is of.
    private static func drawn(_ found: [Double], _ all: [[Int]], _ a: [Double], _ b: [Double]) throws -> [Int] {
        let known = all.indices.map { (statistic(a, b, all[$0], isStudentised: false), $0) }.sorted { $0.0 < $1.0 }
        try #require(zip(known, known.dropFirst()).allSatisfy { $1.0 - $0.0 > 1e-10 }, "two orders look alike")
        return try found.map { value in
            let place = known.partitioningIndex { $0.0 > value - 1e-11 }
            try #require(place < known.count && abs(known[place].0 - value) < 1e-11)
            return known[place].1
        }
    }

    @Test(
        "Rows only change places as the exchange has it, and in each such order alike", arguments: ExchangeExample.all)
    func orders(example: ExchangeExample) throws {
        let all = Self.orders(of: example.rows)
        let (a, b) = Self.columns(example.rows, 4)
        let count = 100 * example.orders
        let test = try Self.test(a, b, example.exchange, orders: count)
        let drawn = try Self.drawn(test.orders, all, a, b)
        var times: [Int: Int] = [:]
        for index in drawn { times[index, default: 0] += 1 }
        let allowed = all.indices.filter { example.allows(all[$0]) }
        #expect(allowed.count == example.orders && Set(allowed) == Set(times.keys))
        // Chi squared of equal shares is below its mean and four standard deviations.
        let chiSquared = times.values.reduce(0.0) { $0 + Double(($1 - 100) * ($1 - 100)) / 100 }
        let degrees = Double(example.orders - 1)
        #expect(chiSquared < degrees + 4 * (2 * degrees).squareRoot() + 4)
        // None is more often followed by itself than chance has it.
        let repeats = zip(drawn, drawn.dropFirst()).count { $0 == $1 }
        #expect(abs(repeats - 100) < 50)
    }

    @Test(
        "As many random orders come as near to the share of all orders as chance allows", arguments: ExchangeExample.all
    )
    func pValue(example: ExchangeExample) throws {
        let all = Self.orders(of: example.rows).filter(example.allows)
        let rows = Array(0..<example.rows)
        for (seed, isStudentised) in [(5, true), (6, true), (7, false), (8, false)] as [(UInt64, Bool)] {
            let (a, b) = Self.columns(example.rows, seed)
            let observed = Self.statistic(a, b, rows, isStudentised: isStudentised)
            let extreme = all.count { Self.statistic(a, b, $0, isStudentised: isStudentised) >= observed - 1e-10 }
            let exact = Double(extreme) / Double(all.count)
            let test = try Self.test(a, b, example.exchange, isStudentised: isStudentised, orders: 9999)
            #expect(abs(abs(test.statistic) - observed) < 1e-12)
            #expect(abs(test.pValue - exact) < 4 * (exact * (1 - exact) / 9999).squareRoot() + 1e-3)
            let counted = test.orders.count { $0 >= observed - 1e-10 }
            #expect(test.pValue == Double(1 + counted) / 10_000)
        }
    }

    @Test("Equal seeds draw equal orders whatever the columns, and other seeds others", arguments: ExchangeExample.all)
    func seeds(example: ExchangeExample) throws {
        let all = Self.orders(of: example.rows)
        func drawn(_ columns: UInt64, seed: UInt64) throws -> [Int] {
            let (a, b) = Self.columns(example.rows, columns)
            return try Self.drawn(Self.test(a, b, example.exchange, seed: seed, orders: 200).orders, all, a, b)
        }
        let first = try drawn(9, seed: 10)
        #expect(try drawn(11, seed: 10) == first)
        #expect(try drawn(9, seed: 12) != first)
    }
}

extension Array {
    /// The first place from which on all elements fulfil what none before does.
    fileprivate func partitioningIndex(_ isLater: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isLater(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
