import COpenBLAS

/// A = U diag(values) Vᵀ for an m x n matrix A, with k = min(m, n).
public struct SingularValueDecomposition: Sendable {
    /// m x k.
    public let left: Matrix
    /// k of them, largest first.
    public let values: [Double]
    /// n x k.
    public let right: Matrix
}

/// A = Q diag(values) Qᵀ for a symmetric matrix A.
public struct SymmetricEigendecomposition: Sendable {
    /// Smallest first.
    public let values: [Double]
    /// Column i belongs to value i.
    public let vectors: Matrix
}

extension Matrix {
    /// The thin singular value decomposition (LAPACK's divide and conquer).
    ///
    /// Nil when LAPACK does not converge or an element is not finite.
    ///
    /// - Complexity: O(m · n · min(m, n)).
    public func singularValueDecomposition() -> SingularValueDecomposition? {
        let rank = min(rows, columns)
        guard elements.allSatisfy(\.isFinite) else { return nil }
        guard rank > 0 else {
            return SingularValueDecomposition(
                left: Matrix(rows: rows, columns: 0), values: [], right: Matrix(rows: columns, columns: 0))
        }
        _ = BLAS.useOneThread
        // LAPACK is column-major: it sees Aᵀ = V diag(values) Uᵀ, and its V lies in memory as our Vᵀ would, k x n.
        var a = elements
        var (m, n, k) = (Int32(columns), Int32(rows), Int32(rank))
        var values = [Double](repeating: 0, count: rank)
        var right = Matrix(rows: rank, columns: columns)
        var left = Matrix(rows: rows, columns: rank)
        var integerWork = [Int32](repeating: 0, count: 8 * rank)
        var (job, info, query, size) = (CChar(UInt8(ascii: "S")), Int32(0), Int32(-1), 0.0)
        var leadingA = m
        var leadingU = m
        dgesdd_(
            &job, &m, &n, &a, &leadingA, &values, &right.elements, &leadingU, &left.elements, &k, &size, &query,
            &integerWork,
            &info)
        guard info == 0 else { return nil }
        var workCount = Int32(size)
        var work = [Double](repeating: 0, count: Int(workCount))
        dgesdd_(
            &job, &m, &n, &a, &leadingA, &values, &right.elements, &leadingU, &left.elements, &k, &work, &workCount,
            &integerWork, &info)
        guard info == 0 else { return nil }
        return SingularValueDecomposition(left: left, values: values, right: right.transposed)
    }

    /// Eigenvalues and eigenvectors of a symmetric matrix; of what is stored, only one triangle is read.
    ///
    /// Nil when LAPACK does not converge or an element is not finite.
    ///
    /// - Precondition: square.
    /// - Complexity: O(n³).
    public func symmetricEigendecomposition() -> SymmetricEigendecomposition? {
        precondition(rows == columns)
        guard elements.allSatisfy(\.isFinite) else { return nil }
        guard rows > 0 else { return SymmetricEigendecomposition(values: [], vectors: self) }
        return eigen(job: "V", triangle: "L").map { values, vectors in
            // Column-major eigenvectors in columns are, row-major, in rows.
            SymmetricEigendecomposition(
                values: values, vectors: Matrix(rows: rows, columns: rows, elements: vectors).transposed)
        }
    }

    /// The eigenvalues of a symmetric matrix, smallest first; of what is stored, only the lower triangle is read.
    ///
    /// Nil when LAPACK does not converge or an element of that triangle is not finite.
    ///
    /// - Precondition: square.
    /// - Complexity: O(n³), a third of `symmetricEigendecomposition`.
    public func symmetricEigenvalues() -> [Double]? {
        precondition(rows == columns)
        guard rows > 0 else { return [] }
        // LAPACK sees the transpose: our lower triangle is its upper one.
        return eigen(job: "N", triangle: "U").flatMap { $0.values.allSatisfy(\.isFinite) ? $0.values : nil }
    }

    /// LAPACK's dsyev on what is stored, as it sees it; `vectors` is what it left there. Nil when it does not converge.
    private func eigen(job: Unicode.Scalar, triangle: Unicode.Scalar) -> (values: [Double], vectors: [Double])? {
        _ = BLAS.useOneThread
        var a = elements
        var (n, info, query, size) = (Int32(rows), Int32(0), Int32(-1), 0.0)
        var (job, triangle) = (CChar(UInt8(ascii: job)), CChar(UInt8(ascii: triangle)))
        var leading = n
        var values = [Double](repeating: 0, count: rows)
        dsyev_(&job, &triangle, &n, &a, &leading, &values, &size, &query, &info)
        guard info == 0 else { return nil }
        var workCount = Int32(size)
        var work = [Double](repeating: 0, count: Int(workCount))
        dsyev_(&job, &triangle, &n, &a, &leading, &values, &work, &workCount, &info)
        return info == 0 ? (values, a) : nil
    }

    /// The Moore–Penrose inverse; singular values of at most `tolerance` times the largest count as 0.
    ///
    /// Nil when the decomposition fails.
    public func pseudoinverse(tolerance: Double = 1e-13) -> Matrix? {
        guard let parts = singularValueDecomposition() else { return nil }
        let smallest = (parts.values.first ?? 0) * tolerance
        let inverse = parts.values.map { $0 > smallest ? 1 / $0 : 0 }
        let scaled = Matrix(rows: columns, columns: inverse.count) { parts.right[$0, $1] * inverse[$1] }
        return scaled * parts.left.transposed
    }
}
