import Diagnostics

/// A study whose networks differ in their seeds alone, where hyperparameters are asked about.
public struct NothingVaries: RequestError {
    public let study: String

    public var description: String {
        "The networks of '\(study)' differ in their seeds alone: it has neither regimes nor a grid to compare over."
    }
}
