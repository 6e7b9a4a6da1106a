import Parameters

/// How a batch's gradient becomes a step of the parameters.
///
/// A rule is a value: its settings. What it remembers from step to step is a `RuleState`, whose shape it states in
/// `memory`; checkpoints carry that state, so a rule never sees bytes. A new rule is one file and one line in
/// `UpdateRuleCatalogue`:
///
///     /// Heavy-ball momentum (Polyak 1964): v ← m v + g, w ← w - rate · v.
///     struct Momentum: UpdateRule {
///         static let about = UpdateRuleDescription(id: "momentum", …, parameters: [
///             Parameter("momentum", numbers: 0...1, default: 0.9, "the share of the velocity that stays")
///         ])
///         let momentum: Float
///         init(_ values: ParameterValues) { momentum = Float(values.number("momentum")) }
///         var memory: RuleMemory { RuleMemory(vectors: ["velocity"]) }
///         func step(
///             _ parameters: ParameterVector, along gradient: ParameterVector, learningRate: Float, state: RuleState,
///             gradientHere: (ParameterVector) -> Float
///         ) {
///             parameters.update(and: state.vector("velocity"), with: gradient) { w, v, g in
///                 v = momentum * v + g
///                 w -= learningRate * v
///             }
///         }
///     }
public protocol UpdateRule: Sendable {
    /// What the rule is, for study files and their readers.
    static var about: UpdateRuleDescription { get }

    /// The rule with the values of its parameters, stated or default.
    init(_ values: ParameterValues)

    /// What is wrong with values that are each all right, to follow "takes no such values together"; nil for what
    /// `init` takes, which is all unless a rule says otherwise.
    static func problem(with values: ParameterValues) -> String?

    /// The rule by its plainest name: parameters that change nothing beside the others are left out, and what another
    /// rule does as well is that rule. Two trainings with one plainest name are one. The values themselves unless a
    /// rule says otherwise.
    static func plainest(_ values: ParameterValues) -> UpdateRuleName

    /// What is remembered from step to step; nothing unless a rule says otherwise.
    var memory: RuleMemory { get }

    /// Whether a step is parameters ← parameters - rate · gradient and nothing else: it is then taken without writing
    /// the gradient down.
    var isPlainDescent: Bool { get }

    /// Fills the state before the first step; it is all zero before, and stays so unless a rule says otherwise.
    ///
    /// - Parameter parameters: the network's initial ones.
    func begin(_ state: RuleState, at parameters: ParameterVector)

    /// Moves the parameters by one step.
    ///
    /// - Parameters:
    ///   - gradient: that of the batch's mean loss at `parameters`; the rule may write in it.
    ///   - learningRate: the epoch's, after drops.
    ///   - gradientHere: writes the gradient at `parameters` as they are when it is called, on the same batch, into the
    ///     vector that it is given, and returns the loss there. SAM asks for it at moved parameters and moves them back
    ///     before its step. Passes leave nothing behind but the vector: networks have no batch normalisation whose
    ///     statistics a second pass would change. A loss that is not finite need not be looked at: the next step, or
    ///     the check after the last one, finds it out.
    func step(
        _ parameters: ParameterVector, along gradient: ParameterVector, learningRate: Float, state: RuleState,
        gradientHere: (ParameterVector) -> Float)
}

/// A rule in the catalogue, with values of its parameters.
public struct UpdateRuleName: Sendable, Hashable {
    public var id: String
    public var stated: [String: ParameterValue]

    /// With the values that these parameters have, stated or default.
    init(_ id: String, _ parameters: [Parameter], of values: ParameterValues) {
        self.id = id
        stated = [:]
        for parameter in parameters { stated[parameter.name] = values[parameter.name] }
    }
}

extension UpdateRule {
    public static func problem(with values: ParameterValues) -> String? { nil }
    public static func plainest(_ values: ParameterValues) -> UpdateRuleName {
        UpdateRuleName(about.id, about.parameters, of: values)
    }
    public var memory: RuleMemory { RuleMemory() }
    public var isPlainDescent: Bool { false }
    public func begin(_ state: RuleState, at parameters: ParameterVector) {}
    public var about: UpdateRuleDescription { Self.about }
    public var id: String { about.id }
}
