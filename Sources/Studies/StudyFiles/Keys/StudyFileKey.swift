import Parameters

/// A key of a study file, declared once: the reader, the reference page and the JSON schema follow it.
public struct StudyFileKey: Sendable {
    /// What may stand there.
    public indirect enum Kind: Sendable {
        case text
        case integer(in: ClosedRange<Int>)
        case number(NumberRange)
        case choice([String])
        case flag
        /// A whole number from 0 to 2^63 - 1.
        case seed
        /// A seed, a range of them as 0-99, or a list of these.
        case seeds
        /// Text, a number or a flag.
        case scalar
        /// Whatever the key that is named there takes.
        case any
        case list(of: Kind)
        case mapping([StudyFileKey])
        /// A mapping whose further keys depend on the value of one of them, as an experiment's settings do; `help` is
        /// the command that says all about each, nil where the page of study files does.
        case variants(of: [StudyFileKey], by: String, help: String?, [Variant])
        /// Names of something, as regimes, each with a value.
        case named(String, Kind)
        case either([Kind])
    }

    /// The further keys that go with one value of a key.
    public struct Variant: Sendable {
        public let name: String
        /// What the value means, a sentence without its full stop; empty where a command says it.
        public let summary: String
        public let keys: [StudyFileKey]

        init(_ name: String, _ parameters: [Parameter], summary: String = "") {
            self.name = name
            self.summary = summary
            keys = parameters.map(StudyFileKey.init)
        }
    }

    /// Whether a file must have it.
    public enum Need: Sendable, Equatable {
        /// Yes; the hint says what to write.
        case required(hint: String)
        /// No; what holds where nothing is said, as it would be written or in a few words.
        case optional(otherwise: String)
    }

    public let name: String
    public let kind: Kind
    public let need: Need
    /// Nil for a bare number, a word, a mapping.
    public let unit: String?
    public let summary: String
    /// A value as it would be written in YAML.
    public let example: String

    init(_ name: String, _ kind: Kind, _ need: Need, unit: String? = nil, _ summary: String, example: String) {
        self.name = name
        self.kind = kind
        self.need = need
        self.unit = unit
        self.summary = summary
        self.example = example
    }

    /// A key that a part declares of itself: a measure's option, an experiment's setting, an update rule's parameter.
    public init(_ parameter: Parameter) {
        let kind: Kind =
            switch parameter.kind {
            case .integer(let range, _): .integer(in: range)
            case .number(let range): .number(NumberRange(range))
            case .choice(let words): .choice(words)
            case .flag: .flag
            }
        let need = parameter.absence.map { Need.optional(otherwise: $0) } ?? .required(hint: parameter.summary)
        self.init(
            parameter.name, kind, need, unit: parameter.unit, parameter.summary,
            example: parameter.defaultValue.map { "\($0)" } ?? parameter.valuesText)
    }

    /// The names of the keys of a section, those of all its variants included.
    var namesWithin: [String] {
        switch kind {
        case .mapping(let keys): keys.map(\.name)
        case .variants(let keys, _, _, let variants): (keys + variants.flatMap(\.keys)).map(\.name)
        default: []
        }
    }

    var isRequired: Bool { if case .required = need { true } else { false } }
}

/// Numbers that a key takes.
public struct NumberRange: Sendable {
    /// As messages say it, after "must be".
    public let text: String
    public let minimum: Double?
    public let maximum: Double?
    /// Whether the minimum itself is no such number.
    public let excludesMinimum: Bool
    let allows: @Sendable (Double) -> Bool

    private init(
        _ text: String, minimum: Double? = nil, maximum: Double? = nil, excludesMinimum: Bool = false,
        allows: (@Sendable (Double) -> Bool)? = nil
    ) {
        self.text = text
        self.minimum = minimum
        self.maximum = maximum
        self.excludesMinimum = excludesMinimum
        self.allows =
            allows ?? { number in
                minimum.map { excludesMinimum ? number > $0 : number >= $0 } ?? true
                    && maximum.map { number <= $0 } ?? true
            }
    }

    init(_ range: ClosedRange<Double>) {
        self.init(
            "a number from \(range.lowerBound) to \(range.upperBound)", minimum: range.lowerBound,
            maximum: range.upperBound)
    }

    static let any = NumberRange("a number")
    static let atLeastZero = NumberRange("a number of at least 0", minimum: 0)
    static let aboveZero = NumberRange("a number above 0", minimum: 0, excludesMinimum: true)
    /// One that single precision does not round to 0 or infinity.
    static let positiveFloat = NumberRange(
        "a number above 0", minimum: 0, excludesMinimum: true, allows: { Float($0) > 0 && Float($0).isFinite })
    static let share = NumberRange("above 0 and at most 1", minimum: 0, maximum: 1, excludesMinimum: true)
    static let correlation = NumberRange("a number from -1 to 1", minimum: -1, maximum: 1)
    static let probability = NumberRange("a number from 0 to 1", minimum: 0, maximum: 1)
}
