/// The standard errors of totals over a sample of items that all rows share, without what the items do to all rows
/// alike, which moves no rank.
///
/// With x_ij = row + item + interaction, the error of row i's total is the items' part, one number for all rows, and
/// the interaction's. A row's difference between the totals of two halves of the items has both errors, too; less its
/// mean over the rows, the interaction's is left. So error_i² = (d_i - d̄)² n/(n - 1), without bias for n rows, on one
/// degree of freedom each: rough for a row, for all together as good as n - 1. `reliability` makes of them
/// 1 - var(d)/var(x), the split-half coefficient of Rulon (Harvard Educational Review 9, 1939), which is Cronbach's
/// alpha (Psychometrika 16, 1951) of two halves.
///
/// - Parameter differences: between the halves, one a row, with the variance over samples that the total has.
/// - Precondition: at least two rows.
/// - Complexity: O(n).
public func errorsWithoutSharedPart(ofHalves differences: [Double]) -> [Double] {
    let count = Double(differences.count)
    precondition(count >= 2, "\(differences.count) rows share a sample")
    let widening = (count / (count - 1)).squareRoot()
    return centred(differences).map { abs($0) * widening }
}
