/// What an update rule is, as its authors define it.
public struct UpdateRuleDescription: Sendable {
    /// What a study file calls it.
    public let id: String
    public let title: String
    /// With w the parameters, g the batch's gradient and η the learning rate.
    public let formula: String
    public let source: String

    public init(id: String, title: String, formula: String, source: String) {
        self.id = id
        self.title = title
        self.formula = formula
        self.source = source
    }
}
