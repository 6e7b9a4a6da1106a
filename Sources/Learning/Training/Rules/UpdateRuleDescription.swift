import Parameters

/// What an update rule is, as its authors define it.
public struct UpdateRuleDescription: Sendable {
    /// What a study file calls it.
    public let id: String
    public let title: String
    /// With w the parameters, g the batch's gradient and η the learning rate.
    public let formula: String
    public let source: String
    /// What a study file may say of it under `training`, beside the keys that every rule has there. Each has a default
    /// or may be left out: a study names a rule without more.
    public let parameters: [Parameter]

    public init(id: String, title: String, formula: String, source: String, parameters: [Parameter] = []) {
        self.id = id
        self.title = title
        self.formula = formula
        self.source = source
        self.parameters = parameters
    }
}
