import Parameters

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
        } else if let seeds = try population.decodeIfPresent([UInt64].self, forKey: .seeds) {
            configurations = [Configuration(model: try ModelSpecification(from: decoder), seeds: seeds)]
        } else {
            // Made by another program: the models that the results file holds are all that is known of it.
            configurations = []
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(measures, forKey: .measures)
        var population = container.nestedContainer(keyedBy: PopulationKeys.self, forKey: .population)
        if configurations.count == 1, let only = configurations.first, only.regime == nil, only.values.isEmpty,
            only.variant == nil
        {
            try only.model.encode(to: encoder)
            try population.encode(only.seeds, forKey: .seeds)
        } else {
            try population.encode(configurations, forKey: .configurations)
        }
    }
}

extension Configuration: Codable {
    private enum CodingKeys: String, CodingKey { case regime, values, seeds, rescaling, snapshot }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        regime = try container.decodeIfPresent(String.self, forKey: .regime)
        values = try container.decodeIfPresent([String: ParameterValue].self, forKey: .values) ?? [:]
        model = try ModelSpecification(from: decoder)
        seeds = try container.decode([UInt64].self, forKey: .seeds)
        if let rescaling = try container.decodeIfPresent(ModelVariant.Rescaling.self, forKey: .rescaling) {
            variant = .rescaled(rescaling)
        } else {
            variant = try container.decodeIfPresent(Int.self, forKey: .snapshot).map { .snapshot(epoch: $0) }
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(regime, forKey: .regime)
        if !values.isEmpty { try container.encode(values, forKey: .values) }
        try model.encode(to: encoder)
        try container.encode(seeds, forKey: .seeds)
        switch variant {
        case .rescaled(let rescaling)?: try container.encode(rescaling, forKey: .rescaling)
        case .snapshot(let epoch)?: try container.encode(epoch, forKey: .snapshot)
        case nil: break
        }
    }
}

extension ModelVariant: Encodable {
    private enum CodingKeys: String, CodingKey { case snapshot }

    /// As digests of models have it, which were those of rescalings alone before there were snapshots.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .rescaled(let rescaling): try rescaling.encode(to: encoder)
        case .snapshot(let epoch):
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(epoch, forKey: .snapshot)
        }
    }
}
