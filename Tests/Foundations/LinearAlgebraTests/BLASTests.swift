import LinearAlgebra
import Randomness
import Testing

@Suite struct BLASTests {
    // MARK: Products

    @Test(
        "Float32 and float64 products, transposed or not, are those of plain loops",
        arguments: [
            (BLAS.Transpose.no, BLAS.Transpose.no), (.no, .yes), (.yes, .no), (.yes, .yes),
        ])
    func products(transposes: (BLAS.Transpose, BLAS.Transpose)) {
        let (m, n, k) = (5, 7, 3)
        var stream = NativeStream(seed: 1)
        let a = stream.uniforms(count: m * k, low: -1, high: 1)
        let b = stream.uniforms(count: k * n, low: -1, high: 1)
        let start = stream.uniforms(count: m * n, low: -1, high: 1)
        let leadingA = transposes.0 == .no ? k : m
        let leadingB = transposes.1 == .no ? n : k
        var single = start
        BLAS.multiply(
            a, transposes.0, leadingA: leadingA, b, transposes.1, leadingB: leadingB, into: &single, leadingC: n,
            m: m, n: n, k: k, alpha: 0.5, beta: -2)
        var double = start.map(Double.init)
        BLAS.multiply(
            a.map(Double.init), transposes.0, leadingA: leadingA, b.map(Double.init), transposes.1, leadingB: leadingB,
            into: &double, leadingC: n, m: m, n: n, k: k, alpha: 0.5, beta: -2)
        for row in 0..<m {
            for column in 0..<n {
                var sum = 0.0
                for i in 0..<k {
                    let left = a[transposes.0 == .no ? row * k + i : i * m + row]
                    let right = b[transposes.1 == .no ? i * n + column : column * k + i]
                    sum += Double(left) * Double(right)
                }
                let expected = 0.5 * sum - 2 * Double(start[row * n + column])
                #expect(abs(Double(single[row * n + column]) - expected) < 1e-6)
                #expect(abs(double[row * n + column] - expected) < 1e-14)
            }
        }
    }

    // MARK: Singular values

    private func expect(_ found: [Double]?, _ expected: [Double], within tolerance: Double = 1e-12) throws {
        let found = try #require(found)
        #expect(found.count == expected.count)
        for (a, b) in zip(found, expected) { #expect(abs(a - b) <= tolerance, "\(found), expected \(expected)") }
    }

    @Test("A diagonal matrix has its entries' sizes as singular values, largest first")
    func diagonal() throws {
        try expect(BLAS.singularValues([2, 0, 0, 0, -5, 0, 0, 0, 0.5], rows: 3, columns: 3), [5, 2, 0.5])
    }

    @Test("A 2 x 2 matrix has the singular values of the closed form")
    func twoByTwo() throws {
        let (a, b, c, d) = (1.0, 2.0, 3.0, 4.0)
        let (squares, determinant) = (a * a + b * b + c * c + d * d, a * d - b * c)
        let root = (squares * squares - 4 * determinant * determinant).squareRoot()
        try expect(
            BLAS.singularValues([a, b, c, d], rows: 2, columns: 2),
            [((squares + root) / 2).squareRoot(), ((squares - root) / 2).squareRoot()])
    }

    @Test(
        "An outer product has one singular value, whichever side is longer",
        arguments: [(2, 5), (5, 2), (1, 4), (4, 1)])
    func rankOne(rows: Int, columns: Int) throws {
        let (u, v) = ((1...rows).map(Double.init), (1...columns).map { 2 - Double($0) })
        let matrix = u.flatMap { x in v.map { x * $0 } }
        let norms = [u, v].map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        let expected = [norms[0] * norms[1]] + [Double](repeating: 0, count: min(rows, columns) - 1)
        try expect(BLAS.singularValues(matrix, rows: rows, columns: columns), expected)
    }

    @Test("Orthogonal columns have their lengths as singular values in a tall matrix")
    func tall() throws {
        // Columns of a Hadamard matrix, scaled by 1, 2 and 3: lengths 4, 8 and 12.
        let signs = (0..<16).flatMap { row in
            [1, 2, 4].map { column in (row & column).nonzeroBitCount % 2 == 0 ? 1.0 : -1.0 }
        }
        let matrix = signs.enumerated().map { $1 * Double($0 % 3 + 1) }
        try expect(BLAS.singularValues(matrix, rows: 16, columns: 3), [12, 8, 4])
    }

    @Test("An empty matrix has none, and one with a NaN or an infinity gives no answer")
    func edges() {
        #expect(BLAS.singularValues([], rows: 0, columns: 3) == [])
        #expect(BLAS.singularValues([], rows: 3, columns: 0) == [])
        #expect(BLAS.singularValues([1, .nan, 0, 1], rows: 2, columns: 2) == nil)
        #expect(BLAS.singularValues([1, .infinity, 0, 1], rows: 2, columns: 2) == nil)
    }
}
