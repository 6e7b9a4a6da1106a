/// What a measure over the population keeps of one model: a row of `kept`.
public struct KeptRecord: Sendable, Equatable {
    public let modelID: ModelRecord.ID
    public let position: Int
    /// Identity of the trained network, in any study.
    public let trainingDigest: String
    /// In the measure's own format.
    public let data: [UInt8]
}
