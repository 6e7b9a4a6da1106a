import Randomness

// How a definition is written as JSON, of which its digest is taken. What was added to the format later is left out
// where it has its default: old studies must not turn into new versions.

extension StudySpecification.Definition: Codable {
    private enum Keys: String, CodingKey { case population, measures }

    private enum PopulationKeys: String, CodingKey { case seeds, configurations }

    /// A study without regimes and grid has its one configuration's parts side by side.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        measures = try container.decode([MeasureSpecification].self, forKey: .measures)
        let population = try container.nestedContainer(keyedBy: PopulationKeys.self, forKey: .population)
        if let listed = try population.decodeIfPresent([Configuration].self, forKey: .configurations) {
            configurations = listed
        } else {
            configurations = [
                Configuration(
                    model: try ModelSpecification(from: decoder),
                    seeds: try population.decode([UInt64].self, forKey: .seeds))
            ]
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(measures, forKey: .measures)
        var population = container.nestedContainer(keyedBy: PopulationKeys.self, forKey: .population)
        if configurations.count == 1, let only = configurations.first, only.regime == nil, only.values.isEmpty,
            only.rescaling == nil
        {
            try only.model.encode(to: encoder)
            try population.encode(only.seeds, forKey: .seeds)
        } else {
            try population.encode(configurations, forKey: .configurations)
        }
    }
}

extension Configuration: Codable {
    private enum CodingKeys: String, CodingKey { case regime, values, seeds, rescaling }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        regime = try container.decodeIfPresent(String.self, forKey: .regime)
        values = try container.decodeIfPresent([String: FactorValue].self, forKey: .values) ?? [:]
        model = try ModelSpecification(from: decoder)
        seeds = try container.decode([UInt64].self, forKey: .seeds)
        rescaling = try container.decodeIfPresent(Rescaling.self, forKey: .rescaling)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(regime, forKey: .regime)
        if !values.isEmpty { try container.encode(values, forKey: .values) }
        try model.encode(to: encoder)
        try container.encode(seeds, forKey: .seeds)
        try container.encodeIfPresent(rescaling, forKey: .rescaling)
    }
}

/// Keys beside those of the configuration: `data`, `network` and `training`, or `lab`.
extension ModelSpecification: Codable {
    private enum CodingKeys: String, CodingKey { case data, network, training, lab }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let lab = try container.decodeIfPresent(LabSpecification.self, forKey: .lab) {
            self = .lab(lab)
        } else {
            self = .network(
                NetworkModelSpecification(
                    data: try container.decode(DataSpecification.self, forKey: .data),
                    shape: try container.decode(NetworkSpecification.self, forKey: .network),
                    training: try container.decode(TrainingSpecification.self, forKey: .training)))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .network(let network):
            try container.encode(network.data, forKey: .data)
            try container.encode(network.shape, forKey: .network)
            try container.encode(network.training, forKey: .training)
        case .lab(let lab): try container.encode(lab, forKey: .lab)
        }
    }
}

extension DataSpecification: Codable {
    private enum CodingKeys: String, CodingKey {
        case dataset, trainingPoints = "training_points", stream, seed, probes, unseen
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        dataset = try container.decode(String.self, forKey: .dataset)
        trainingPoints = try container.decode(Int.self, forKey: .trainingPoints)
        stream = try container.decode(PointOrder.self, forKey: .stream)
        seed = try container.decode(UInt64.self, forKey: .seed)
        probes = try container.decode(Probes.self, forKey: .probes)
        unseen = try container.decodeIfPresent(UnseenPool.self, forKey: .unseen) ?? .all
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(dataset, forKey: .dataset)
        try container.encode(trainingPoints, forKey: .trainingPoints)
        try container.encode(stream, forKey: .stream)
        try container.encode(seed, forKey: .seed)
        try container.encode(probes, forKey: .probes)
        if unseen != .all { try container.encode(unseen, forKey: .unseen) }
    }
}

extension TrainingSpecification: Codable {
    private enum CodingKeys: String, CodingKey {
        case learningRate = "learning_rate", batchSize = "batch_size", epochs, stop, drops, initialisation, order
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        learningRate = try container.decode(Double.self, forKey: .learningRate)
        batchSize = try container.decode(Int.self, forKey: .batchSize)
        epochs = try container.decode(Int.self, forKey: .epochs)
        stop = try container.decodeIfPresent(Stop.self, forKey: .stop)
        drops = try container.decodeIfPresent([Drop].self, forKey: .drops) ?? []
        initialisation = try container.decode(StreamKind.self, forKey: .initialisation)
        order = try container.decode(StreamKind.self, forKey: .order)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(learningRate, forKey: .learningRate)
        try container.encode(batchSize, forKey: .batchSize)
        try container.encode(epochs, forKey: .epochs)
        try container.encodeIfPresent(stop, forKey: .stop)
        if !drops.isEmpty { try container.encode(drops, forKey: .drops) }
        try container.encode(initialisation, forKey: .initialisation)
        try container.encode(order, forKey: .order)
    }
}
