/// What a measure over the population keeps of one model: a row of `kept`.
public struct KeptRecord: Sendable, Equatable {
    public let modelID: ModelRecord.ID
    public let position: Int
    /// Identity of the trained network, in any study: the digest of its weights, or of its training where those are not
    /// known; a copy's is that of the network that it is a copy of.
    public let network: String
    /// In the measure's own format.
    public let data: [UInt8]
}
