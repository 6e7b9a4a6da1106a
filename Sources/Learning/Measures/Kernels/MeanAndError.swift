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
