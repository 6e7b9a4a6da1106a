import Diagnostics

/// The study's data files are not those that its finished networks were made from.
public struct StudyDataChanged: RequestError {
    public let study: String
    public let file: String

    public var description: String {
        "'\(file)' differs from the file that the finished networks of '\(study)' were trained on (SHA-256). "
            + "Use the same data, or another results file (--db)."
    }
}

/// A network whose weights were discarded came out otherwise when it was trained anew.
public struct NetworkNotReproduced: RequestError {
    public let study: String
    public let seed: UInt64

    public var description: String {
        "The network of seed \(seed) of '\(study)' has no kept weights, and training it anew gave another "
            + "network than the one measured before, as other BLAS kernels or another build may. Measure it where it "
            + "was trained, or run the study into a new results file (--db)."
    }
}
