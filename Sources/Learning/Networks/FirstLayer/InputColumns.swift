/// The input columns that are not zero on every training point, and the others.
///
/// A weight whose input is always zero has a zero gradient, so the passes over the points may leave it out: of MNIST's
/// 784 pixels, 250 images touch about 500. Left out are exact zeros alone, so the mathematics is the same.
package struct InputColumns {
    /// Ascending, as are the untouched ones.
    package let touched: [Int]
    package let untouched: [Int]

    /// - Parameter takesAll: counts all columns as touched, for inputs to which something is added.
    package init(of points: LabelledPoints, takesAll: Bool = false) {
        guard !takesAll else {
            (touched, untouched) = (Array(0..<points.inputSize), [])
            return
        }
        var isTouched = [Bool](repeating: false, count: points.inputSize)
        for row in stride(from: 0, to: points.inputs.count, by: points.inputSize) {
            for column in 0..<points.inputSize where points.inputs[row + column] != 0 { isTouched[column] = true }
        }
        touched = isTouched.indices.filter { isTouched[$0] }
        untouched = isTouched.indices.filter { !isTouched[$0] }
    }
}
