import Analysis
import Typography

extension Summary {
    /// "0.85304 ± 0.00412", the spread to three significant digits and the mean to as many decimals.
    var text: String {
        guard let spread = standardDeviation, spread > 0 else { return NumberFormat.significant(5).string(mean) }
        let spreadText = NumberFormat.significant(3).string(spread)
        guard !spreadText.contains("e"), abs(mean) < 1e7 else {
            return "\(NumberFormat.significant(5).string(mean)) ± \(spreadText)"
        }
        let decimals = spreadText.split(separator: ".").dropFirst().first?.count ?? 0
        return "\(NumberFormat.fixed(decimals).string(mean)) ± \(spreadText)"
    }
}

extension Quartiles {
    /// "26.15 (24.91 to 27.40)".
    var text: String {
        let format = NumberFormat.significant(4)
        return "\(format.string(median)) (\(format.string(lower)) to \(format.string(upper)))"
    }
}
