import Measures

/// What something in a study may be called. Names become folders, files, columns and words of a command line, so that
/// each kind has one rule, whoever gives the name: a study file, a simulation, an option.
public struct NameRule: Sendable {
    /// What is named, as messages call it: "a study".
    public let thing: String
    /// What a name consists of, to follow "use".
    public let characters: String
    /// Names that stand for something else already.
    public let reserved: [String]
    /// Whether a name stands for something else though it is not one of `reserved`.
    private let isKept: @Sendable (String) -> Bool
    private let isWellFormed: @Sendable (String) -> Bool

    /// More bytes than this make no file name together with an ending, and no line that a person reads.
    public static let mostCharacters = 100

    /// Also the report's folder: letters, digits and hyphens make a safe one on any system. The package's own folder
    /// `reports/published` is no study's, and names with a number of rounding belong to `basin run --rounding`.
    public static let study = NameRule(
        "a study", "lower-case letters, digits, hyphens", reserved: ["published"], isKept: { RoundedName($0) != nil }
    ) { $0.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil }

    /// A bundle of values in a study's population.
    public static let regime = NameRule("a regime", "lower-case letters, digits, hyphens") {
        $0.wholeMatch(of: /[a-z0-9]+([-_.][a-z0-9]+)*/) != nil
    }

    /// Also the picture's file, as figure-NAME.svg.
    public static let picture = NameRule("a picture", "lower-case letters, digits, hyphens") {
        $0.wholeMatch(of: /[a-z0-9]+([-_][a-z0-9]+)*/) != nil
    }

    /// A measure's column in the view `models`.
    public static let column = NameRule(
        "a column", "lower-case letters, digits, underscores", reserved: MeasureSpecification.reservedColumns
    ) { $0.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil }

    /// What a grid's named bundles vary: a hyperparameter beside others, a measure's column, and what Basin says of a
    /// model itself.
    public static let bundle = NameRule(
        "what bundles vary", "lower-case letters, digits, underscores",
        reserved: MeasureSpecification.reservedColumns + ["configuration"] + ModelVariant.factNames,
        isKept: { name in MeasureDescription.all.contains { $0.id == name } }
    ) { $0.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil }

    private init(
        _ thing: String, _ characters: String, reserved: [String] = [],
        isKept: @escaping @Sendable (String) -> Bool = { _ in false },
        isWellFormed: @escaping @Sendable (String) -> Bool
    ) {
        self.thing = thing
        self.characters = characters
        self.reserved = reserved
        self.isKept = isKept
        self.isWellFormed = isWellFormed
    }

    /// What is wrong with a name, to follow it: "is no name of a study: use lower-case letters, digits, hyphens". Nil
    /// for one that it can have.
    public func problem(with name: String) -> String? {
        // A length in bytes is known at once, and a name of the right characters has one for each.
        if name.utf8.count > Self.mostCharacters {
            return "is no name of \(thing): use at most \(Self.mostCharacters) characters"
        }
        if reserved.contains(name) {
            return reserved.count == 1
                ? "is no name of \(thing): it is kept for something else"
                : "is no name of \(thing): use none of \(reserved.joined(separator: ", "))"
        }
        if isKept(name) { return "is no name of \(thing): it is kept for something else" }
        return isWellFormed(name) ? nil : "is no name of \(thing): use \(characters)"
    }
}
