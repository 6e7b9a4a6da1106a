/// Whether a column varies: the one rule by which every statistic of this module tells numbers from what rounding
/// leaves of one number.
enum Spread {
    /// All values are the same.
    case none
    /// The greatest and the least differ by no more than `rounding` of the larger one in size.
    case withinRounding
    case real

    /// Some hundreds of rounding errors: what sums over thousands of terms leave. It is the threshold at which SciPy's
    /// `pearsonr` warns.
    static let rounding = 1e-13

    /// Whole numbers up to 2⁵² are exact, so that their differences are none of rounding: seeds, counts, row numbers.
    /// - Precondition: all values are finite.
    /// - Complexity: O(n).
    init(of values: some Collection<Double>) {
        guard let first = values.first else {
            self = .none
            return
        }
        var (least, most) = (first, first)
        for value in values {
            if value < least { least = value }
            if value > most { most = value }
        }
        let size = max(abs(least), abs(most))
        if least == most {
            self = .none
        } else if most - least > Self.rounding * size {
            self = .real
        } else {
            self = size <= 0x1p52 && values.allSatisfy { $0 == $0.rounded() } ? .real : .withinRounding
        }
    }
}

extension Variable {
    /// Why nothing correlates with it; nil where it varies.
    var constancy: UndefinedCorrelation? {
        switch Spread(of: values) {
        case .none: .constant(variable: name)
        case .withinRounding: .constantWithinRounding(variable: name)
        case .real: nil
        }
    }
}

/// The column times a power of two, if its squares could leave the range of double precision otherwise; as it is for
/// sizes of 2⁻³⁰⁰ to 2³⁰⁰ (5e-91 to 2e90).
///
/// A power of two costs no digit. What does not depend on a column's unit, as a correlation, is the same of both.
/// - Complexity: O(n).
func scaled(_ column: [Double]) -> [Double] { scaled(column, by: -scale(of: column)) }

/// The column times 2 to the power of `exponent`.
func scaled(_ column: [Double], by exponent: Int) -> [Double] {
    exponent == 0 ? column : column.map { Double(sign: .plus, exponent: exponent, significand: $0) }
}

/// The exponent of the power of two by which `scaled` divides the column; 0 for one that stays.
func scale(of column: [Double]) -> Int {
    let size = column.reduce(0) { max($0, abs($1)) }
    guard size > 0, size.isFinite, abs(size.exponent) > 300 else { return 0 }
    return size.exponent
}

/// Whether a coefficient is ±1, but for some rounding errors: it says that the rows lie on a line, and nothing of how
/// sure that is.
func isPerfect(_ coefficient: Double) -> Bool { abs(coefficient) > 1 - 1e-14 }

/// A p value as it is reported: never 0, which would say that something is impossible. One below the least normal
/// number, 2.2e-308, is that number, an upper bound.
func reported(pValue: Double) -> Double { max(min(pValue, 1), .leastNormalMagnitude) }
