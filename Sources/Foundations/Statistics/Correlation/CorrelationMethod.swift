/// The coefficients that `correlate` knows; raw values are the names a command takes.
public enum CorrelationMethod: String, CaseIterable, Sendable, Codable {
    /// The product-moment correlation of midranks.
    case spearman
    /// The product-moment correlation of the values themselves.
    case pearson
    /// Kendall's tau-b, which corrects for ties.
    case kendall
}
