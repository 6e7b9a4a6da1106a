/// An aggregate function that SQL queries may call, with GROUP BY, FILTER and OVER.
public struct SQLFunction: Sendable {
    public let name: String
    /// Names of the arguments as documentation shows them, such as "x, y".
    public let arguments: String
    /// One line on what it returns, and when that is NULL.
    public let summary: String

    /// What each argument takes; the last one stands for all further ones if `takesMore`.
    let parameters: [Parameter]
    /// Whether the last argument may be repeated.
    let takesMore: Bool
    /// The value for the rows collected, or nil for NULL.
    let value: @Sendable ([ArgumentColumn]) throws(Refusal) -> Double?

    init(
        _ name: String, _ arguments: String, _ summary: String, _ parameters: [Parameter], takesMore: Bool = false,
        value: @escaping @Sendable ([ArgumentColumn]) throws(Refusal) -> Double?
    ) {
        self.name = name
        self.arguments = arguments
        self.summary = summary
        self.parameters = parameters
        self.takesMore = takesMore
        self.value = value
    }

    /// As SQLite is told it; -1 means any number.
    var argumentCount: Int32 { takesMore ? -1 : Int32(parameters.count) }

    enum Parameter: Sendable {
        case number
        /// A number in 0...1, the same in every row.
        case share
        /// A category, whatever its type.
        case category
        /// A number, or a text that is a category.
        case numberOrCategory
    }
}

/// What a function will not compute: the end of a sentence that begins with the function.
struct Refusal: Error {
    let problem: String
}

/// What is wrong with a call; the description is a sentence that SQLite passes on.
struct SQLFunctionError: Error, CustomStringConvertible {
    let description: String

    init(_ function: SQLFunction, _ refusal: Refusal) {
        description = "\(function.name)(\(function.arguments)): \(refusal.problem)"
    }
}
