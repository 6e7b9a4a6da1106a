import Randomness

/// The sections `data`, `network` and `training`.
extension TrainedNetworks: Codable {
    private enum CodingKeys: String, CodingKey { case data, network, training }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            data: try container.decode(DataSpecification.self, forKey: .data),
            shape: try container.decode(NetworkSpecification.self, forKey: .network),
            training: try container.decode(TrainingSpecification.self, forKey: .training))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(points, forKey: .data)
        try container.encode(shape, forKey: .network)
        try container.encode(training, forKey: .training)
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
        case rule, learningRate = "learning_rate", batchSize = "batch_size", epochs, stop, drops, initialisation, order
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        rule = try container.decodeIfPresent(UpdateRuleSpecification.self, forKey: .rule) ?? .plain
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
        if rule != .plain { try container.encode(rule, forKey: .rule) }
        try container.encode(learningRate, forKey: .learningRate)
        try container.encode(batchSize, forKey: .batchSize)
        try container.encode(epochs, forKey: .epochs)
        try container.encodeIfPresent(stop, forKey: .stop)
        if !drops.isEmpty { try container.encode(drops, forKey: .drops) }
        try container.encode(initialisation, forKey: .initialisation)
        try container.encode(order, forKey: .order)
    }
}
