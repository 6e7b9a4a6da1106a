import Foundation
import Statistics
import Testing

@Suite struct NormalScoresTests {
    @Test("Columns are NumPy's Hermite polynomials of the scores", arguments: try ConditioningValues.load().hermite)
    func reference(example: ConditioningValues.Hermite) {
        let columns = hermiteScores(of: Variable("x", example.values), degree: 4)
        #expect(columns.count == example.columns.count)
        for (column, expected) in zip(columns, example.columns) { #expect(distance(column, expected) < 1e-10) }
        if let scores = normalScores(of: Variable("x", example.values)) {
            #expect(distance(columns[0], scores) < 1e-14)
        }
    }

    @Test("There are no more columns than distinct values less one, nor than asked for")
    func levels() {
        for (values, count) in [([2.0, 2, 2], 0), ([1, 2, 1], 1), ([1, 5, 2, 1], 2), ([3, 4, 1, 2, 5], 4)] {
            #expect(hermiteScores(of: Variable("x", values), degree: 4).count == count)
        }
        #expect(hermiteScores(of: Variable("x", [3, 4, 1, 2, 5, 9]), degree: 2).count == 2)
        #expect(normalScores(of: Variable("x", [2, 2, 2])) == nil)
        #expect(normalScores(of: Variable("x", [7, 9])).map { distance($0, [-1, 1]) < 1e-14 } == true)
    }

    @Test("Each has mean 0 and variance 1, and the more rows, the nearer they are to orthogonal")
    func orthogonality() {
        var last = 1.0
        for count in [100, 1000, 10_000, 100_000] {
            let columns = hermiteScores(of: Variable("x", (0..<count).map(Double.init)), degree: 4)
            var largest = 0.0
            for (index, column) in columns.enumerated() {
                #expect(abs(column.reduce(0, +)) < 1e-9 * Double(count))
                #expect(abs(column.reduce(0) { $0 + $1 * $1 } / Double(count) - 1) < 1e-12)
                for other in columns[..<index] {
                    largest = max(largest, abs(zip(column, other).reduce(0) { $0 + $1.0 * $1.1 }) / Double(count))
                }
            }
            #expect(largest < last / 1.5)
            last = largest
        }
        #expect(last < 0.02)
    }

    @Test("Noise weakens degree d by the reliability to the power of d/2, and links no two degrees")
    func weakening() {
        var numbers = SeededNumbers(seed: 2)
        let count = 100_000
        let truth = numbers.normals(count)
        let noisy = truth.map { sqrt(0.7) * $0 + sqrt(0.3) * numbers.normal() }
        let (a, b) = (
            hermiteScores(of: Variable("t", truth), degree: 3), hermiteScores(of: Variable("z", noisy), degree: 3)
        )
        for i in 0..<3 {
            for j in 0..<3 {
                let moment = zip(a[i], b[j]).reduce(0) { $0 + $1.0 * $1.1 } / Double(count)
                // Products of two such columns have a standard deviation of 3 or so.
                #expect(abs(moment - (i == j ? pow(0.7, Double(i + 1) / 2) : 0)) < 0.03)
            }
        }
    }
}
