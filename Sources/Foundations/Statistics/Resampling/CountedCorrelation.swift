import Buffers

/// The correlation of a resample from how often it holds each row, without sorting or allocating anew.
///
/// Ranks follow from the counts in one pass over rows that were sorted once: the midrank of tied rows is that of their
/// counts together. Residuals are those of least squares with the counts as weights. Equal to `coefficient` of the
/// resampled columns but for rounding; it serves one thread at a time.
/// - Complexity: O(n (1 + k²)) a resample for k covariates.
final class CountedCorrelation {
    private let count: Int
    private let width: Int
    private let isRanked: Bool
    private let removal: CovariateRemoval
    /// x, y, then the covariates, column after column.
    private let valueMemory: AlignedMemory<Double>
    /// The rows of each column by increasing value.
    private let orderMemory: AlignedMemory<Int32>
    /// For each place in the order, the place after the last row of the same value.
    private let tieMemory: AlignedMemory<Int32>
    /// Centred ranks (doubled) or values of the resample; then, for covariates, columns times √count without the rows
    /// that do not occur.
    private let scoreMemory: AlignedMemory<Double>
    private let rootMemory: AlignedMemory<Double>

    private var values: UnsafeMutablePointer<Double> { valueMemory.pointer }
    private var order: UnsafeMutablePointer<Int32> { orderMemory.pointer }
    private var endOfTie: UnsafeMutablePointer<Int32> { tieMemory.pointer }
    private var scores: UnsafeMutablePointer<Double> { scoreMemory.pointer }
    private var roots: UnsafeMutablePointer<Double> { rootMemory.pointer }

    /// - Precondition: the method is not Kendall's; all values are finite, all columns of one length.
    init(
        _ x: Variable, _ y: Variable, method: CorrelationMethod, given covariates: [Variable], removal: CovariateRemoval
    ) {
        precondition(method != .kendall, "tau is no product-moment correlation")
        let columns =
            [x, y].map { method == .pearson ? scaled($0.values) : $0.values }
            + covariates.map { covariate in
                // Ranks of noise would be covariates as any other.
                covariate.constancy != nil
                    ? [Double](repeating: 0, count: covariate.values.count)
                    : method == .pearson ? scaled(covariate.values) : covariate.values
            }
        count = columns[0].count
        width = columns.count
        isRanked = method == .spearman
        self.removal = removal
        valueMemory = AlignedMemory(columns.flatMap(\.self))
        orderMemory = AlignedMemory(repeating: 0, count: count * width)
        tieMemory = AlignedMemory(repeating: 0, count: count * width)
        scoreMemory = AlignedMemory(repeating: 0, count: count * width)
        rootMemory = AlignedMemory(repeating: 0, count: count)
        for (index, column) in columns.enumerated() {
            let start = index * count
            let sorted = column.indices.sorted { column[$0] < column[$1] }
            var end = count
            for place in stride(from: count - 1, through: 0, by: -1) {
                if place + 1 < count, column[sorted[place]] != column[sorted[place + 1]] { end = place + 1 }
                endOfTie[start + place] = Int32(end)
                order[start + place] = Int32(sorted[place])
            }
        }
    }

    /// The coefficient of a resample with `counts[row]` copies of each row, `total` in all; nil where it is undefined.
    func value(counts: [Double], total: Int) -> Double? {
        precondition(counts.count == count, "\(counts.count) counts for \(count) rows")
        guard total >= 3 + width - 2 else { return nil }
        return counts.withUnsafeBufferPointer { counts in
            guard let counts = counts.baseAddress else { return nil }
            for column in 0..<2 where !score(column, counts, total: Double(total)) { return nil }
            if width == 2 { return plain(counts) }
            return partial(counts, total: Double(total))
        }
    }

    /// Fills in the centred scores of a column; false when they do not vary.
    private func score(_ column: Int, _ counts: UnsafePointer<Double>, total: Double) -> Bool {
        let scores = scores + column * count
        if isRanked {
            rank(counts, order + column * count, endOfTie + column * count, into: scores, total: total)
            for row in 0..<count where counts[row] > 0 && scores[row] != 0 { return true }
            return false
        }
        let values = values + column * count
        let mean = weightedSum(values, counts) / total
        for row in 0..<count { scores[row] = values[row] - mean }
        let shift = weightedSum(scores, counts) / total
        var squares = 0.0
        for row in 0..<count {
            scores[row] -= shift
            squares += counts[row] * scores[row] * scores[row]
        }
        return squares > 0 && squares.squareRoot() >= 1e-13 * abs(mean)
    }

    /// Twice the midranks less their mean: whole numbers, so that sums of them are exact.
    private func rank(
        _ counts: UnsafePointer<Double>, _ order: UnsafePointer<Int32>, _ endOfTie: UnsafePointer<Int32>,
        into scores: UnsafeMutablePointer<Double>, total: Double
    ) {
        // Twice the number of lower rows, less the number of rows.
        var lower = -total
        var place = 0
        while place < count {
            let end = Int(endOfTie[place])
            if end == place + 1 {
                let row = Int(order[place])
                scores[row] = lower + counts[row]
                lower += 2 * counts[row]
            } else {
                var tied = 0.0
                for member in place..<end { tied += counts[Int(order[member])] }
                for member in place..<end { scores[Int(order[member])] = lower + tied }
                lower += 2 * tied
            }
            place = end
        }
    }

    private func weightedSum(_ column: UnsafePointer<Double>, _ counts: UnsafePointer<Double>) -> Double {
        dot(column, counts, count)
    }

    private func plain(_ counts: UnsafePointer<Double>) -> Double? {
        let (x, y) = (scores, scores + count)
        var sums = SIMD4<Double>()
        for row in 0..<count {
            // Σ x², Σ y², Σ xy, of the drawn rows.
            let (a, b) = (x[row], y[row])
            sums += counts[row] * SIMD4(a * a, b * b, a * b, 0)
        }
        // One root of whole numbers is exact for equal ranks; values may leave the range of numbers as a product.
        let scale = isRanked ? (sums[0] * sums[1]).squareRoot() : sums[0].squareRoot() * sums[1].squareRoot()
        let r = sums[2] / scale
        return r.isFinite ? min(max(r, -1), 1) : nil
    }

    private func partial(_ counts: UnsafePointer<Double>, total: Double) -> Double? {
        var drawn = 0
        for row in 0..<count where counts[row] > 0 {
            roots[row] = counts[row].squareRoot()
            drawn += 1
        }
        // Covariates in turn, each against those before it (modified Gram–Schmidt, twice); a constant one is left out.
        var basis: [Int] = []
        basis.reserveCapacity(width - 2)
        for column in 2..<width {
            let varies = score(column, counts, total: total)
            guard scores[column * count].isFinite else { return nil }
            if !varies { continue }
            compress(column, counts)
            let length = squares(column, drawn)
            guard length.isFinite else { return nil }
            guard let left = reduce(column, by: basis, drawn, of: length) else { continue }
            scale(column, by: 1 / left.squareRoot(), drawn)
            basis.append(column)
        }
        var lengths = (1.0, 1.0)
        for column in 0..<2 {
            compress(column, counts)
            let length = squares(column, drawn)
            guard length.isFinite else { return nil }
            var left = length
            if removal.applies(to: column) {
                guard let rest = reduce(column, by: basis, drawn, of: length) else { return nil }
                left = rest
            }
            if column == 0 { lengths.0 = left } else { lengths.1 = left }
        }
        let r = dot(scores, scores + count, drawn) / (lengths.0.squareRoot() * lengths.1.squareRoot())
        return r.isFinite ? min(max(r, -1), 1) : nil
    }

    /// Moves the rows that occur to the front of a column of scores, times the root of their counts.
    private func compress(_ column: Int, _ counts: UnsafePointer<Double>) {
        let scores = scores + column * count
        var place = 0
        for row in 0..<count where counts[row] > 0 {
            scores[place] = scores[row] * roots[row]
            place += 1
        }
    }

    private func squares(_ column: Int, _ drawn: Int) -> Double {
        dot(scores + column * count, scores + column * count, drawn)
    }

    private func scale(_ column: Int, by factor: Double, _ drawn: Int) {
        let scores = scores + column * count
        for row in 0..<drawn { scores[row] *= factor }
    }

    /// Takes from a column what the basis explains; the sum of squares that is left, or nil if that is nothing.
    private func reduce(_ column: Int, by basis: [Int], _ drawn: Int, of length: Double) -> Double? {
        let target = scores + column * count
        for _ in 0..<2 {
            for index in basis {
                let source = scores + index * count
                let share = dot(source, target, drawn)
                for row in 0..<drawn { target[row] -= share * source[row] }
            }
        }
        let left = squares(column, drawn)
        return left > LinearModel.tolerance * LinearModel.tolerance * length ? left : nil
    }
}
