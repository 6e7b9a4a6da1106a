import Parameters

/// One way of making a study's models: those of one regime and one point of its grid, which differ in their seeds
/// alone.
public struct Configuration: Sendable, Hashable {
    /// The regime's name, in a study that has regimes.
    public var regime: String?
    /// The grid's keys with their values here, as "training.batch_size": 64.
    public var values: [String: ParameterValue] = [:]
    public var model: ModelSpecification
    /// One model a seed, in this order.
    public var seeds: [UInt64]
    /// How its models differ from the networks as trained; nil for those networks themselves.
    public var variant: ModelVariant?

    public init(
        regime: String? = nil, values: [String: ParameterValue] = [:], model: ModelSpecification, seeds: [UInt64],
        variant: ModelVariant? = nil
    ) {
        self.regime = regime
        self.values = values
        self.model = model
        self.seeds = seeds
        self.variant = variant
    }

    /// The configuration of the networks that its models are variants of, but for their seeds.
    var asTrained: Configuration {
        var base = self
        (base.variant, base.seeds) = (nil, [])
        return base
    }

    /// What distinguishes the configuration within its study, in words: "large-batch, batch_size 4096".
    public var label: String {
        ((regime.map { [$0] } ?? []) + namedValues.map { "\($0.name) \($0.value)" }).joined(separator: ", ")
    }

    /// The grid's values, sorted by key, under the last part of their keys: "batch_size" for "training.batch_size";
    /// under the whole key where two keys end alike, and for "data.seed", as each network has a seed of its own.
    public var namedValues: [(name: String, value: ParameterValue)] {
        let sorted = values.sorted { $0.key < $1.key }
        let ends = sorted.map { key, _ in
            String(key.utf8.lastIndex(of: UInt8(ascii: ".")).map { key[key.utf8.index(after: $0)...] } ?? key[...])
        }
        return zip(sorted, ends).map { entry, end in
            let isClear = end != "seed" && ends.count { $0 == end } == 1
            return (isClear ? end : entry.key, entry.value)
        }
    }
}
