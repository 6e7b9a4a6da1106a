/// The mean, and s/√m; 0 for a single value, which tells nothing of its doubt.
func meanAndError(_ values: [Double]) -> (mean: Double, error: Double) {
    (values.reduce(0, +) / Double(values.count), varianceOfMean(values).squareRoot())
}

/// s²/m; 0 for a single value.
func varianceOfMean(_ values: [Double]) -> Double {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    return count < 2 ? 0 : values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1) / count
}

/// What the values at even places say less those at odd ones, scaled so that its variance over samples is that of the
/// mean of all (`MeasureDescription.halvesDetail`); 0 for a single value.
func halvesDifference(_ values: [Double]) -> Double {
    guard values.count > 1 else { return 0 }
    let even = stride(from: 0, to: values.count, by: 2).map { values[$0] }
    let (total, evenTotal) = (values.reduce(0, +), even.reduce(0, +))
    let (first, second) = (Double(even.count), Double(values.count - even.count))
    return (first * second).squareRoot() / (first + second) * (evenTotal / first - (total - evenTotal) / second)
}
