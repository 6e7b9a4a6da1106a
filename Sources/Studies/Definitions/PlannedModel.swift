import Digests
import Parameters

/// One model of a study before it is trained: its place, its configuration and its seed.
public struct PlannedModel: Sendable, Hashable {
    /// From 0.
    public let position: Int
    public let configuration: Configuration
    public let seed: UInt64
    /// The epochs of the snapshots that the study keeps of this training.
    public let snapshots: [Int]

    /// What people call it: "small-batch, seed 3, layer 1 x 2".
    public var label: String {
        let parts = [configuration.label, "seed \(seed)", configuration.variant?.description ?? ""]
        return parts.filter { !$0.isEmpty }.joined(separator: ", ")
    }

    public var trainingDigest: String { get throws { try configuration.trainingDigest(seed: seed) } }
    public var digest: String { get throws { try configuration.modelDigest(seed: seed) } }

    /// The digest of a snapshot of this training.
    func digest(ofSnapshot epoch: Int) throws -> String {
        var snapshot = configuration
        snapshot.variant = .snapshot(epoch: epoch)
        return try snapshot.modelDigest(seed: seed)
    }
}

extension StudySpecification.Definition {
    /// All models, by position.
    public var models: [PlannedModel] {
        var models: [PlannedModel] = []
        let snapshots = snapshotEpochs
        for configuration in configurations {
            let epochs = snapshots.isEmpty ? [] : snapshots[configuration.asTrained] ?? []
            for seed in configuration.seeds {
                models.append(
                    PlannedModel(
                        position: models.count, configuration: configuration, seed: seed, snapshots: epochs))
            }
        }
        return models
    }

    /// The epochs of the snapshots of each configuration that has some, in ascending order.
    private var snapshotEpochs: [Configuration: [Int]] {
        var found: [Configuration: [Int]] = [:]
        for configuration in configurations {
            if let epoch = configuration.variant?.epoch { found[configuration.asTrained, default: []].append(epoch) }
        }
        return found.mapValues { $0.sorted() }
    }
}

extension StudySpecification.Definition {
    /// What models have beside others that their kind does not say of them alone (`ModelKind.unsaidFacts`).
    public var unsaidFacts: [[String: ParameterValue]] {
        func facts<Kind: ModelKind>(_ kind: Kind) -> [[String: ParameterValue]] {
            Kind.unsaidFacts(of: configurations.compactMap { $0.model.kind as? Kind })
        }
        return configurations.first.map { facts($0.model.kind) } ?? []
    }
}

extension Configuration {
    /// What is worth asking for in SQL, as a flat JSON object with sorted keys. What the grid varies stands under its
    /// key's last part; of a value such as `full`, what it means here.
    ///
    /// - Parameters:
    ///   - facts: of the models (`ModelMaker.facts`).
    ///   - unsaid: the definition's `unsaidFacts`, of which models get each group that they have none of.
    public func hyperparameters(
        _ facts: [String: ParameterValue], unsaid: [[String: ParameterValue]] = []
    ) throws -> String {
        var all = Dictionary(uniqueKeysWithValues: namedValues.map { ($0.name, $0.value) }).merging(facts) { $1 }
        for group in unsaid where group.keys.allSatisfy({ facts[$0] == nil }) { all.merge(group) { $1 } }
        if let variant { all.merge(variant.facts) { $1 } }
        return try CanonicalJSON.text(of: all)
    }
}
