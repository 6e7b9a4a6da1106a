import Statistics

extension SQLFunction {
    static let partialSpearman = SQLFunction(
        "partial_spearman", "x, y, z, …",
        """
        Spearman's correlation with every z held fixed; a text z is a category; NULL if too few rows are left or z \
        determines x or y
        """,
        [.number, .number, .numberOrCategory], takesMore: true
    ) { columns throws(Refusal) in
        let rows = columns[0].numbers.count
        let covariateCount = columns.dropFirst(2).reduce(0) { $0 + $1.covariateCount }
        // As `correlate` has it, before columns are made that nobody could hold.
        guard rows >= 3 + covariateCount else { return nil }
        // 128 MiB a copy of the columns, and about ten seconds of least squares.
        guard rows * covariateCount <= 1 << 24, rows * covariateCount * covariateCount <= 10_000_000_000 else {
            throw Refusal(problem: "\(rows) rows with \(covariateCount) columns to hold fixed are too many")
        }
        return correlate(
            columns[0].variable, columns[1].variable, method: .spearman,
            given: columns.dropFirst(2).flatMap(\.covariates)
        ).estimate
    }
}

extension ArgumentColumn {
    /// How many columns it takes to hold this one fixed: one for a number, one less than its categories for a category.
    var covariateCount: Int { isCategory ? max(Set(numbers).count - 1, 0) : 1 }

    /// The columns to hold fixed.
    var covariates: [Variable] {
        guard isCategory else { return [variable] }
        return indicators("z", numbers.map { String(Int($0)) }).map { column in
            Variable(column.name, column.values.compactMap(\.self))
        }
    }
}
