import LinearAlgebra

/// The largest eigenvalue of a symmetric operator by Lanczos' method with full reorthogonalisation, twice.
package struct Lanczos {
    package let eigenvalue: Double
    /// β |s_k|: some eigenvalue is no farther from `eigenvalue` than this.
    package let residual: Double
    package let steps: Int

    /// Stops where the residual is at most 1e-8 of the eigenvalue, or after `most` steps.
    ///
    /// - Parameter start: not 0.
    /// - Returns: nil where a number is not finite.
    /// - Complexity: `most` products, and O(dimension · most²).
    package init?(start: [Double], most: Int = 100, _ product: ([Double]) -> [Double]) {
        var basis: [[Double]] = []
        var (diagonal, off): ([Double], [Double]) = ([], [])
        var next = start
        var length = sumOfSquares(start, start.indices).squareRoot()
        guard length > 0 else { return nil }
        while true {
            basis.append(next.map { $0 / length })
            var image = product(basis[basis.count - 1])
            diagonal.append(inner(image, basis[basis.count - 1]))
            for _ in 0..<2 {
                for vector in basis {
                    subtract(inner(image, vector), times: vector, from: &image)
                }
            }
            length = sumOfSquares(image, image.indices).squareRoot()
            let size = diagonal.count
            let tridiagonal = Matrix(rows: size, columns: size) { row, column in
                row == column ? diagonal[row] : abs(row - column) == 1 ? off[min(row, column)] : 0
            }
            guard length.isFinite, let parts = tridiagonal.symmetricEigendecomposition() else { return nil }
            let residual = length * abs(parts.vectors[size - 1, size - 1])
            let largest = parts.values[size - 1]
            if residual <= 1e-8 * abs(largest) || length == 0 || size == min(most, start.count) {
                (eigenvalue, self.residual, steps) = (largest, residual, size)
                return
            }
            off.append(length)
            next = image
        }
    }
}

/// c ← c - share · a.
private func subtract(_ share: Double, times a: [Double], from c: inout [Double]) {
    a.withUnsafeBufferPointer { a in
        c.withUnsafeMutableBufferPointer { c in
            for index in 0..<min(a.count, c.count) { c[index] -= share * a[index] }
        }
    }
}

/// Σ a b.
func inner(_ a: [Double], _ b: [Double]) -> Double {
    a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
            var sums = SIMD4<Double>()
            var index = 0
            while index + 4 <= a.count {
                let left = SIMD4(a[index], a[index + 1], a[index + 2], a[index + 3])
                let right = SIMD4(b[index], b[index + 1], b[index + 2], b[index + 3])
                sums += left * right
                index += 4
            }
            return (index..<a.count).reduce(sums.sum()) { $0 + a[$1] * b[$1] }
        }
    }
}
