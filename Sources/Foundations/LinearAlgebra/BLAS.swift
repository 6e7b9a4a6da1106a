import COpenBLAS

/// The calls into OpenBLAS, which no other module makes. All matrices are row-major.
package enum BLAS {
    package enum Transpose {
        case no, yes

        fileprivate var flag: CBLAS_TRANSPOSE { self == .no ? CblasNoTrans : CblasTrans }
    }

    /// c ← alpha · op(a) · op(b) + beta · c for an m x n result and an inner dimension k.
    ///
    /// The leading dimensions are those of the stored matrices: `a` is m x k (or k x m when transposed), and so on.
    package static func multiply(
        _ a: UnsafePointer<Float>, _ transposeA: Transpose, leadingA: Int,
        _ b: UnsafePointer<Float>, _ transposeB: Transpose, leadingB: Int,
        into c: UnsafeMutablePointer<Float>, leadingC: Int,
        m: Int, n: Int, k: Int, alpha: Float = 1, beta: Float = 0
    ) {
        cblas_sgemm(
            CblasRowMajor, transposeA.flag, transposeB.flag, Int32(m), Int32(n), Int32(k),
            alpha, a, Int32(leadingA), b, Int32(leadingB), beta, c, Int32(leadingC))
    }

    /// The same in float64.
    package static func multiply(
        _ a: UnsafePointer<Double>, _ transposeA: Transpose, leadingA: Int,
        _ b: UnsafePointer<Double>, _ transposeB: Transpose, leadingB: Int,
        into c: UnsafeMutablePointer<Double>, leadingC: Int,
        m: Int, n: Int, k: Int, alpha: Double = 1, beta: Double = 0
    ) {
        cblas_dgemm(
            CblasRowMajor, transposeA.flag, transposeB.flag, Int32(m), Int32(n), Int32(k),
            alpha, a, Int32(leadingA), b, Int32(leadingB), beta, c, Int32(leadingC))
    }

    /// Keeps OpenBLAS on the calling thread. Workers are Basin's own; a second level of threads would change nothing
    /// but the speed, for the worse.
    package static let useOneThread: Void = openblas_set_num_threads(1)

    /// The singular values of a row-major rows x columns matrix, largest first (LAPACK's divide and conquer, float64).
    ///
    /// Nil when LAPACK does not converge or the matrix has a non-finite entry.
    package static func singularValues(_ matrix: [Double], rows: Int, columns: Int) -> [Double]? {
        precondition(matrix.count == rows * columns)
        guard rows > 0, columns > 0 else { return [] }
        guard matrix.allSatisfy(\.isFinite) else { return nil }
        _ = useOneThread
        // LAPACK is column-major: it sees the transpose, whose singular values are the same.
        var a = matrix
        var (m, n, leadingA) = (Int32(columns), Int32(rows), Int32(columns))
        var values = [Double](repeating: 0, count: min(rows, columns))
        var integerWork = [Int32](repeating: 0, count: 8 * values.count)
        var (noLeftVectors, noRightVectors) = (0.0, 0.0)
        var (leadingU, leadingV, info, query) = (Int32(1), Int32(1), Int32(0), Int32(-1))
        var job = CChar(UInt8(ascii: "N"))
        var size = 0.0
        dgesdd_(
            &job, &m, &n, &a, &leadingA, &values, &noLeftVectors, &leadingU, &noRightVectors, &leadingV, &size, &query,
            &integerWork, &info)
        guard info == 0 else { return nil }
        var workCount = Int32(size)
        var work = [Double](repeating: 0, count: Int(workCount))
        dgesdd_(
            &job, &m, &n, &a, &leadingA, &values, &noLeftVectors, &leadingU, &noRightVectors, &leadingV, &work,
            &workCount,
            &integerWork, &info)
        return info == 0 ? values : nil
    }
}
