import Parameters

/// What an experiment is.
public struct ExperimentDescription: Sendable {
    /// By which a study file names it: lower-case words with hyphens, the paper's folder first.
    public let id: String
    public let title: String
    /// The paper, and which of its statements: "arXiv 2511.03548, Theorem 3".
    public let source: String
    /// What a model is here.
    public let model: String
    public let settings: [Parameter]
    /// What cannot be concluded from it.
    public let limits: String

    public init(id: String, title: String, source: String, model: String, settings: [Parameter], limits: String) {
        self.id = id
        self.title = title
        self.source = source
        self.model = model
        self.settings = settings
        self.limits = limits
    }
}
