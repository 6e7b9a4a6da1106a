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
        values = try container.decodeIfPresent([String: ParameterValue].self, forKey: .values) ?? [:]
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
