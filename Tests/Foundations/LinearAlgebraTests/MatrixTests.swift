import LinearAlgebra
import Randomness
import Testing

@Suite struct MatrixTests {
    private func random(_ rows: Int, _ columns: Int, seed: UInt64 = 1) -> Matrix {
        var stream = NativeStream(seed: seed)
        return Matrix(rows: rows, columns: columns) { _, _ in stream.normal() }
    }

    private func distance(_ a: Matrix, _ b: Matrix) -> Double { (a - b).norm }

    @Test("A product is that of plain loops, also with a column")
    func product() {
        let (a, b) = (random(4, 7), random(7, 3, seed: 2))
        let slow = Matrix(rows: 4, columns: 3) { row, column in (0..<7).reduce(0) { $0 + a[row, $1] * b[$1, column] } }
        #expect(distance(a * b, slow) < 1e-14)
        #expect(zip(a * b.column(1), slow.column(1)).allSatisfy { abs($0 - $1) < 1e-14 })
    }

    @Test(
        "Singular vectors are orthonormal and put the matrix together again",
        arguments: [(5, 3), (3, 5), (4, 4), (1, 6)])
    func singularValues(shape: (Int, Int)) throws {
        let a = random(shape.0, shape.1)
        let parts = try #require(a.singularValueDecomposition())
        #expect(distance(parts.left * Matrix.diagonal(parts.values) * parts.right.transposed, a) < 1e-13)
        #expect(distance(parts.left.transposed * parts.left, .identity(parts.values.count)) < 1e-13)
        #expect(distance(parts.right.transposed * parts.right, .identity(parts.values.count)) < 1e-13)
        #expect(parts.values == parts.values.sorted(by: >))
        #expect(
            zip(parts.values, try #require(BLAS.singularValues(a.elements, rows: a.rows, columns: a.columns)))
                .allSatisfy { abs($0 - $1) < 1e-13 })
    }

    @Test("Eigenvectors are orthonormal and put a symmetric matrix together again, its lowest value first")
    func eigenvalues() throws {
        let half = random(6, 6)
        let a = half + half.transposed
        let parts = try #require(a.symmetricEigendecomposition())
        #expect(distance(parts.vectors * Matrix.diagonal(parts.values) * parts.vectors.transposed, a) < 1e-13)
        #expect(distance(parts.vectors.transposed * parts.vectors, .identity(6)) < 1e-13)
        #expect(parts.values == parts.values.sorted())
        #expect(abs(parts.values.reduce(0, +) - a.trace) < 1e-13)
    }

    @Test("The pseudoinverse meets Penrose's four conditions, also where the rank is low")
    func pseudoinverse() throws {
        for a in [random(5, 3), random(3, 5), random(5, 2) * random(2, 4, seed: 3)] {
            let inverse = try #require(a.pseudoinverse())
            #expect(distance(a * inverse * a, a) < 1e-12)
            #expect(distance(inverse * a * inverse, inverse) < 1e-12)
            #expect(distance((a * inverse).transposed, a * inverse) < 1e-12)
            #expect(distance((inverse * a).transposed, inverse * a) < 1e-12)
        }
    }

    @Test("A matrix with an element that is not finite has no decomposition; an empty one has an empty one")
    func unusual() throws {
        let broken = Matrix(rows: 2, columns: 2, elements: [1, .nan, .infinity, 1])
        #expect(broken.singularValueDecomposition() == nil)
        #expect(broken.symmetricEigendecomposition() == nil)
        #expect(broken.pseudoinverse() == nil)
        #expect(try #require(Matrix(rows: 0, columns: 3).singularValueDecomposition()).values.isEmpty)
        #expect(try #require(Matrix(rows: 0, columns: 0).symmetricEigendecomposition()).values.isEmpty)
    }
}
