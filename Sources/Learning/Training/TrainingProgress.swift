import Foundation
import Networks

/// How far a training is: all that it needs to go on, but for the order of the points, which starts anew.
public struct TrainingProgress: Sendable, Equatable {
    /// Epochs done.
    public let epochs: Int
    public let network: Network
    /// What the update rule remembers; empty for a rule that remembers nothing.
    public let ruleState: [UInt8]

    public init(epochs: Int, network: Network, ruleState: [UInt8] = []) {
        self.epochs = epochs
        self.network = network
        self.ruleState = ruleState
    }

    /// The network in the safetensors format, then the rule's state: for plain descent the network alone.
    public var bytes: [UInt8] { [UInt8](network.safetensors()) + ruleState }

    /// Reads what `bytes` gave; nil where they are no network of this architecture with a state of this rule.
    public init?(_ bytes: [UInt8], epochs: Int, architecture: Architecture, rule: any UpdateRule) {
        let stateCount = rule.memory.byteCount(of: architecture)
        guard bytes.count >= stateCount, let network = try? Network(safetensors: Data(bytes.dropLast(stateCount))),
            network.architecture == architecture
        else { return nil }
        self.init(epochs: epochs, network: network, ruleState: Array(bytes.suffix(stateCount)))
    }
}
