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
        let given = columns.dropFirst(2)
        let counts = given.map(\.covariateCount)
        // As `correlate` has it, before columns are made that nobody could hold.
        guard rows >= 3 + counts.reduce(0, +) else { return nil }
        // The largest category is held fixed by its means, and costs no column.
        let largest = zip(given, counts).filter { $0.0.isCategory }.map(\.1).max() ?? 0
        let width = counts.reduce(0, +) - largest
        guard rows * width <= PartialWork.mostNumbers, rows * width * width <= PartialWork.mostProducts else {
            throw Refusal(problem: "\(rows) rows with \(width) columns to hold fixed are too many")
        }
        let found = Statistics.partialSpearman(
            columns[0].variable, columns[1].variable, given: given.filter { !$0.isCategory }.map(\.variable),
            // Anew, as categories of rows that have left a window have numbers, too.
            categories: given.filter(\.isCategory).map { numbered($0.numbers) })
        return try? found.get()
    }
}

/// What a call may take, as nothing can stop it before it has its value: SQLite asks whether a query is to stop between
/// its own steps.
private enum PartialWork {
    /// 128 MiB of columns.
    static let mostNumbers = 1 << 24
    /// Some seconds of least squares: 300,000 rows with 49 columns, 7·10⁸, take 0.4.
    static let mostProducts = 10_000_000_000
}

extension ArgumentColumn {
    /// How many columns it takes to hold this one fixed: one for a number, one less than its categories for a category.
    fileprivate var covariateCount: Int {
        isCategory ? max(Set(numbers).count - 1, 0) : 1
    }
}
