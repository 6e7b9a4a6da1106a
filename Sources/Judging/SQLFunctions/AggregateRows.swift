import Statistics

/// An argument's values in the rows that were kept; categories are numbered from 0 in the order of their appearance.
struct ArgumentColumn {
    let numbers: [Double]
    let isCategory: Bool

    var variable: Variable { Variable("", numbers) }
}

/// The rows that one aggregate has seen, without those that hold a NULL.
///
/// All are held in memory, 8 bytes an argument, up to `mostValues`; a window's oldest row goes first.
final class AggregateRows {
    /// Most values that one call holds, over all arguments: 80 MB, and several times that while it computes.
    static let mostValues = 10_000_000

    private let function: SQLFunction
    private var columns: [Column] = []
    /// Rows before this one have left the window.
    private var first = 0
    private var count = 0
    /// A row was refused halfway; SQLite still asks for the value, to throw it away.
    private var hasFailed = false
    /// The value for the present rows, so that a window that stays costs nothing.
    private var known: Double??

    init(_ function: SQLFunction) {
        self.function = function
    }

    /// Takes in one row, unless an argument is NULL.
    ///
    /// - Throws: when an argument is not of its kind.
    func add(_ arguments: SQLiteArguments) throws(SQLFunctionError) {
        guard arguments.count >= function.parameters.count else {
            throw SQLFunctionError(
                function, Refusal(problem: "it takes at least \(function.parameters.count) arguments"))
        }
        if arguments.holdNull { return }
        if columns.isEmpty {
            columns = (0..<arguments.count).map { index in
                Column(parameter: function.parameters[min(index, function.parameters.count - 1)])
            }
        }
        guard (count + 1) * columns.count <= Self.mostValues else {
            hasFailed = true
            columns = []
            throw SQLFunctionError(
                function, Refusal(problem: "it takes at most \(Self.mostValues) values, of all arguments together"))
        }
        for index in columns.indices {
            do throws(Refusal) {
                try columns[index].append(arguments[index])
            } catch {
                hasFailed = true
                throw SQLFunctionError(function, Refusal(problem: "argument \(index + 1) \(error.problem)"))
            }
        }
        count += 1
        known = nil
    }

    /// Lets the oldest row go, unless it was skipped for its NULLs.
    func removeOldest(_ arguments: SQLiteArguments) {
        if arguments.holdNull || first == count || hasFailed { return }
        first += 1
        known = nil
        // Each row is moved once at most, on average.
        guard first > 64, 2 * first > count else { return }
        for index in columns.indices { columns[index].numbers.removeFirst(first) }
        count -= first
        first = 0
    }

    /// The function of the present rows; nil for NULL.
    func value() throws(SQLFunctionError) -> Double? {
        if hasFailed { return nil }
        if let known { return known }
        let present = columns.map { column in
            ArgumentColumn(
                numbers: first == 0 ? column.numbers : Array(column.numbers[first...]), isCategory: column.isCategory)
        }
        do throws(Refusal) {
            let value = first == count ? nil : try function.value(present)
            let finite = value.flatMap { $0.isFinite ? $0 : nil }
            known = .some(finite)
            return finite
        } catch {
            throw SQLFunctionError(function, error)
        }
    }
}

/// One argument over the rows.
private struct Column {
    /// Values that SQL calls equal are one category: the integer 1 and the real 1.0, not the text '1'.
    private enum Category: Hashable {
        case integer(Int64)
        case real(Double)
        case text(String)
    }

    let parameter: SQLFunction.Parameter
    var numbers: [Double] = []
    private var codes: [Category: Int] = [:]
    /// Of `numberOrCategory`: as the first row has it.
    private var isText: Bool?

    init(parameter: SQLFunction.Parameter) {
        self.parameter = parameter
    }

    var isCategory: Bool {
        switch parameter {
        case .number, .share: false
        case .category: true
        case .numberOrCategory: isText ?? false
        }
    }

    /// - Throws: what is wrong with the value, to follow "argument 2".
    mutating func append(_ value: SQLiteValue) throws(Refusal) {
        switch parameter {
        case .number:
            numbers.append(try number(value))
        case .share:
            let share = try number(value)
            guard (0...1).contains(share) else { throw Refusal(problem: "is \(share), outside 0...1") }
            if let before = numbers.last, before != share {
                throw Refusal(problem: "is one number for all rows, but it is \(before) and then \(share)")
            }
            numbers.append(share)
        case .category:
            numbers.append(try code(value))
        case .numberOrCategory:
            if isText != nil, isText != value.isText {
                throw Refusal(problem: "mixes numbers and texts: cast it to one of them")
            }
            isText = value.isText
            numbers.append(try value.isText ? code(value) : number(value))
        }
    }

    private func number(_ value: SQLiteValue) throws(Refusal) -> Double {
        if let number = value.number { return number }
        throw Refusal(
            problem: value.isText
                ? "is '\(value.text.prefix(40))', which is no number" : "is a blob, which is no number")
    }

    private mutating func code(_ value: SQLiteValue) throws(Refusal) -> Double {
        let category: Category
        if value.isText {
            category = .text(value.text)
        } else if let integer = value.integer {
            category = .integer(integer)
        } else if let number = value.number {
            category = Int64(exactly: number).map(Category.integer) ?? .real(number)
        } else {
            throw Refusal(problem: "is a blob, which is no category")
        }
        let code = codes[category, default: codes.count]
        codes[category] = code
        return Double(code)
    }
}
