import Diagnostics

/// A study whose networks differ in their seeds alone, where hyperparameters are asked about.
public struct NothingVaries: RequestError {
    public let study: String
    /// What the study varies all the same; nil for a study that has neither regimes nor a grid.
    public let lost: LostVariation?

    public var description: String {
        lost.map { "\($0.description) That leaves nothing to compare over." }
            ?? """
            The networks of '\(study)' differ in their seeds alone: it has neither regimes nor a grid to compare over.
            """
    }
}
