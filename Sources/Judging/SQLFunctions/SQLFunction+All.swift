import Statistics

extension SQLFunction {
    /// All functions, in the order in which documentation lists them.
    public static let all: [SQLFunction] = [
        correlation("spearman", .spearman, "Spearman's rank correlation"),
        pValue(
            "spearman_p", .spearman,
            "Two-sided p value of Spearman's rank correlation (Student's t; exact for 3 to 10 rows without ties)"),
        correlation("kendall", .kendall, "Kendall's tau-b"),
        pValue(
            "kendall_p", .kendall, "Two-sided p value of Kendall's tau-b (exact for few rows without ties, else normal)"
        ),
        correlation("pearson", .pearson, "Pearson's product-moment correlation"),
        pValue("pearson_p", .pearson, "Two-sided p value of Pearson's correlation (Student's t)"),
        partialSpearman,
        median,
        quantile,
        welch,
    ]

    private static func correlation(_ name: String, _ method: CorrelationMethod, _ summary: String) -> SQLFunction {
        SQLFunction(
            name, "x, y", "\(summary); NULL for fewer than 3 rows or a constant", [.number, .number]
        ) { columns in
            correlate(columns[0].variable, columns[1].variable, method: method).estimate
        }
    }

    private static func pValue(_ name: String, _ method: CorrelationMethod, _ summary: String) -> SQLFunction {
        SQLFunction(
            name, "x, y", "\(summary); NULL where the correlation is", [.number, .number]
        ) { columns in
            correlate(columns[0].variable, columns[1].variable, method: method).pValue
        }
    }

    private static let median = SQLFunction("median", "x", "The median; NULL for no rows", [.number]) { columns in
        Statistics.quantile(0.5, of: columns[0].numbers)
    }

    private static let quantile = SQLFunction(
        "quantile", "x, q", "The q-quantile, q in 0...1, interpolated linearly as NumPy's; NULL for no rows",
        [.number, .share]
    ) { columns in
        columns[1].numbers.first.flatMap { Statistics.quantile($0, of: columns[0].numbers) }
    }

    private static let welch = SQLFunction(
        "welch_p", "value, group",
        """
        Two-sided p value of Welch's t test between two groups; NULL unless there are exactly two, of 2 rows or \
        more each
        """,
        [.number, .category]
    ) { columns in
        let (values, codes) = (columns[0].numbers, columns[1].numbers)
        guard let first = codes.first, let second = codes.first(where: { $0 != first }),
            codes.allSatisfy({ $0 == first || $0 == second })
        else { return nil }
        func group(_ code: Double) -> [Double] { zip(values, codes).filter { $0.1 == code }.map(\.0) }
        return try? welchTest(group(first), group(second)).get().pValue
    }
}
