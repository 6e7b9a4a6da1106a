import Definitions
import Diagnostics
import Documents
import Parameters

/// Reads a study file's `population` section: seeds, regimes, a grid, rescaled copies, snapshots.
///
///     population:
///       seeds: 0-24                       # for regimes that state none
///       regimes:                          # named bundles of keys
///         small-batch: {training.batch_size: 64, training.learning_rate: 0.05}
///         large-batch: {training.batch_size: 4096, training.learning_rate: 0.5, seeds: 100-124}
///       grid:                             # every combination of these values, within each regime
///         data.training_points: [500, 2000]
///         network.hidden: [[64, 8], [128]]
///         optimiser:                      # named bundles of keys
///           sgd: {}
///           adam: {training.rule: adam, training.learning_rate: 0.001}
///       rescaled:                         # copies of these networks, a hidden layer times each of these factors
///         seeds: [0, 100]
///         factors: {1: [2, 5], 2: [5, 20]}
///       snapshots: [1, 10, 100]           # all networks as they were after these epochs
struct PopulationReader {
    let study: MappingReader
    /// What its models are.
    let kind: any PopulatedKind.Type
    let folder: StudyFolder
    /// Larger plans are surely a slip.
    private static let limit = 100_000

    private typealias Values = [(key: String, value: YAMLNode)]

    /// One value of each of the grid's keys.
    private struct GridPoint {
        /// What the grid varies, by the names of its keys and bundles.
        var values: [String: ParameterValue] = [:]
        /// The study's keys that it sets.
        var settings: Values = []
    }

    func configurations(_ reader: MappingReader?) -> [Configuration] {
        guard let reader else { return [] }
        defer { reader.finish() }
        let seeds =
            reader.value(PopulationKeys.seeds) == nil ? nil : SeedList(reader, key: PopulationKeys.seeds.name).seeds
        let grid = self.grid(reader.mapping(PopulationKeys.grid))
        let regimes = self.regimes(reader.mapping(PopulationKeys.regimes), seeds: seeds)
        if regimes == nil { reader.require("seeds", "a range as 0-99, or a list of numbers and ranges") }
        for key in Set(grid.flatMap { $0.settings.map(\.key) }).sorted() {
            for regime in regimes ?? [] where regime.values.contains(where: { $0.key == key }) {
                reader.complain(
                    "grid",
                    """
                    varies '\(key.shortened)', which the regime '\(regime.name ?? "")' sets: one of the two is to be \
                    left out
                    """
                )
            }
        }
        var result: [Configuration] = []
        for regime in regimes ?? [Regime(name: nil, values: [], seeds: seeds ?? [])] {
            // Enough is wrong already.
            for point in grid where !reader.problems.isFull {
                result.append(configuration(regime, grid: point, population: reader))
            }
        }
        let trained = result
        result += copies(reader.mapping(PopulationKeys.rescaled), of: trained)
        result += snapshots(reader, of: trained)
        // A sum without overflow: a configuration has at most so many seeds, and there are not so many configurations.
        let count = result.reduce(0) { $0 + $1.seeds.count }
        if count > SeedList.limit { reader.problemHere("makes \(count) networks; at most \(SeedList.limit) are taken") }
        return result
    }

    // MARK: Regimes

    private struct Regime {
        var name: String?
        var values: Values
        var seeds: [UInt64]
    }

    private func regimes(_ reader: MappingReader?, seeds: [UInt64]?) -> [Regime]? {
        guard let reader else { return nil }
        if reader.keys.isEmpty { reader.problemHere("names no regime") }
        return reader.keys.compactMap { name in
            if let problem = NameRule.regime.problem(with: name) { reader.complain(name, problem) }
            guard let entry = reader.mapping(name) else {
                if reader.value(name) == nil {
                    reader.complain(name, "states nothing; write {} for a regime without keys of its own")
                }
                return nil
            }
            let own = entry.value("seeds") == nil ? nil : SeedList(entry, key: "seeds").seeds
            if own == nil, seeds == nil { entry.require("seeds", "a range as 0-24; or state them for all regimes") }
            let values = entry.keys.filter { $0 != "seeds" }.compactMap { key in value(entry, key).map { (key, $0) } }
            return Regime(name: name, values: values, seeds: own ?? seeds ?? [])
        }
    }

    // MARK: Grid

    /// All combinations of the grid's values, the last key's changing fastest; one empty combination without a grid.
    private func grid(_ reader: MappingReader?) -> [GridPoint] {
        guard let reader else { return [GridPoint()] }
        var points = [GridPoint()]
        var setBy: [String: String] = [:]
        for name in reader.keys {
            guard let value = value(reader, name) else { continue }
            let axis = axis(reader, name, value)
            for key in Set(axis.flatMap { $0.settings.map(\.key) }).sorted() {
                guard let other = setBy.updateValue(name, forKey: key) else { continue }
                reader.complain(name, "sets '\(key.shortened)', which '\(other.shortened)' sets, too", at: value)
            }
            guard points.count * max(1, axis.count) <= Self.limit else {
                reader.complain(name, "makes more than \(Self.limit) configurations")
                // One of them tells what else is wrong.
                points = Array(points.prefix(1))
                break
            }
            points = points.flatMap { point in
                axis.map { step in
                    GridPoint(
                        values: point.values.merging(step.values) { $1 }, settings: point.settings + step.settings)
                }
            }
        }
        return points
    }

    /// The values of one of the grid's keys, or the bundles under one of its names.
    private func axis(_ reader: MappingReader, _ name: String, _ value: YAMLNode) -> [GridPoint] {
        if let bundles = value.isMapping ? reader.mapping(name) : nil { return self.bundles(bundles, name) }
        let values = value.elements ?? [value]
        reader.requireElements(name)
        for node in values where node.isNull { reader.complain(name, "states no value", at: node) }
        // 0.1 and 0.10 are one value, and would be one configuration twice.
        var seen: Set<ParameterValue> = []
        for node in values where !seen.insert(node.gridValue).inserted {
            reader.complain(name, "\(node.isScalar ? node.kind : node.flow.shortened) is given twice", at: node)
        }
        return values.map { GridPoint(values: [name: $0.gridValue], settings: [(name, $0)]) }
    }

    /// Keys that vary together, under names of the study's own.
    private func bundles(_ reader: MappingReader, _ name: String) -> [GridPoint] {
        if name.contains(".") {
            reader.problemHere(
                "holds bundles of keys: give it a name without dots, as {optimiser: {sgd: {}, adam: {training.rule: "
                    + "adam}}}; or write a list of values")
            return []
        }
        if let problem = NameRule.bundle.problem(with: name) { reader.problemHere("'\(name.shortened)' \(problem)") }
        if reader.keys.isEmpty { reader.problemHere("names no bundle") }
        return reader.keys.compactMap { bundle in
            if let problem = NameRule.regime.problem(with: bundle) { reader.complain(bundle, problem) }
            guard let entry = reader.mapping(bundle) else {
                if reader.value(bundle) == nil {
                    reader.complain(bundle, "states nothing; write {} for a bundle that changes nothing")
                }
                return nil
            }
            return GridPoint(
                values: [name: .word(bundle)],
                settings: entry.keys.compactMap { key in self.value(entry, key).map { (key, $0) } })
        }
    }

    /// A key that is named without a value would change nothing.
    private func value(_ reader: MappingReader, _ key: String) -> YAMLNode? {
        let value = reader.value(key)
        if value == nil { reader.complain(key, "states no value") }
        return value
    }

    private func configuration(_ regime: Regime, grid: GridPoint, population: MappingReader) -> Configuration {
        let values = regime.values + grid.settings
        // A value of the grid or of a regime goes before the study's own.
        let overrides = Overrides(
            Dictionary(values.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 }), remark: Self.wayToVaryLists)
        let overridden = study.overridden(by: overrides)
        let result = Configuration(
            regime: regime.name, values: grid.values, model: ModelSpecification(kind.read(overridden, in: folder)),
            seeds: regime.seeds)
        for path in overrides.unread {
            let place = values.first { $0.key == path }?.value ?? population.node
            population.problems.add(
                "unknown key '\(path.shortened)' in population. "
                    + suggestion(for: path, among: overrides.asked.filter { $0.contains(".") }), at: place)
        }
        return result
    }

    private static let wayToVaryLists =
        "; where a list varies, each of its values is a list, as in {network.hidden: [[4], [8]]}, and keys vary "
        + "together as named bundles, as in {size: {small: {network.hidden: [4]}, large: {network.hidden: [8]}}}"

    // MARK: Rescaled copies

    private func copies(_ reader: MappingReader?, of configurations: [Configuration]) -> [Configuration] {
        guard let reader else { return [] }
        guard kind.about.hasVariants else {
            reader.problemHere("is of networks: a lab's models have no hidden layers to rescale")
            return []
        }
        defer { reader.finish() }
        reader.require(RescaledKeys.all)
        let seeds = Set(SeedList(reader, key: RescaledKeys.seeds.name).seeds)
        let rescalings = self.rescalings(
            reader.mapping(RescaledKeys.factors),
            hiddenLayers: configurations.map(\.model.kind.hiddenLayers).min() ?? 0)
        let known = Set(configurations.flatMap(\.seeds))
        for seed in seeds.subtracting(known).sorted() where !reader.problems.isFull {
            reader.complain("seeds", "names \(seed), which is no seed of the population")
        }
        return configurations.flatMap { configuration -> [Configuration] in
            let own = configuration.seeds.filter(seeds.contains)
            if own.isEmpty { return [] }
            return rescalings.map { rescaling in
                var copy = configuration
                copy.seeds = own
                copy.variant = .rescaled(rescaling)
                return copy
            }
        }
    }

    // MARK: Snapshots

    /// The networks on their way, epoch by epoch.
    private func snapshots(_ reader: MappingReader, of configurations: [Configuration]) -> [Configuration] {
        guard let epochs = reader.integers(PopulationKeys.snapshots, each: "an epoch") else { return [] }
        guard kind.about.hasVariants else {
            reader.complain(PopulationKeys.snapshots, "are of networks: a lab's models are not trained in epochs")
            return []
        }
        let last = configurations.compactMap(\.model.kind.epochs).min() ?? 0
        for epoch in epochs where epoch >= last {
            reader.complain(
                PopulationKeys.snapshots,
                "\(epoch) is no epoch before the last: training has \(last), after which there is the network itself")
        }
        for epoch in Set(epochs).sorted() where epochs.count(where: { $0 == epoch }) > 1 {
            reader.complain(PopulationKeys.snapshots, "\(epoch) is given twice")
        }
        return Set(epochs).sorted().flatMap { epoch in
            configurations.map { configuration in
                var snapshot = configuration
                snapshot.variant = .snapshot(epoch: epoch)
                return snapshot
            }
        }
    }

    private func rescalings(_ reader: MappingReader?, hiddenLayers: Int) -> [ModelVariant.Rescaling] {
        guard let reader else { return [] }
        return reader.keys.flatMap { key -> [ModelVariant.Rescaling] in
            guard let layer = Int(key), (1...max(1, hiddenLayers)).contains(layer), hiddenLayers > 0 else {
                reader.complain(key, "is no hidden layer: they are numbered from 1 to \(hiddenLayers)")
                return []
            }
            return (reader.list(key) ?? []).compactMap { node in
                guard let factor = node.number, factor > 0, Float(factor).isFinite, Float(1 / factor).isFinite else {
                    reader.complain(key, "a factor must be a number above 0, not \(node.kind)", at: node)
                    return nil
                }
                return .init(layer: layer, factor: factor)
            }
        }
    }
}

extension YAMLNode {
    /// What a grid's value is called: a number, a flag or a word; a list or keys are words as they are written.
    fileprivate var gridValue: ParameterValue {
        number.map(ParameterValue.number) ?? flag.map(ParameterValue.flag) ?? .word(flow)
    }

    fileprivate var isScalar: Bool { text != nil }
}

// MARK: Keys

/// The keys of `population`.
enum PopulationKeys {
    static let seeds = StudyFileKey(
        "seeds", .seeds, .optional(otherwise: "every regime states its own"), "one model a seed", example: "0-99")
    static let regimes = StudyFileKey(
        "regimes", .named("regime", .named("seeds, or a key's path", .any)), .optional(otherwise: "none"),
        "named bundles of other values for keys, by their path", example: "{small-batch: {training.batch_size: 64}}")
    static let grid = StudyFileKey(
        "grid",
        .named("a key's path, or a name", .either([.scalar, .list(of: .any), .named("bundle", bundle)])),
        .optional(otherwise: "none"),
        "every combination of these values of keys, or of named bundles of keys, within each regime",
        example: "{training.batch_size: [16, 64]}")
    private static let bundle = StudyFileKey.Kind.named("a key's path", .any)
    static let rescaled = StudyFileKey(
        "rescaled", .mapping(RescaledKeys.all), .optional(otherwise: "none"),
        "copies of some networks that compute the same function with other weights",
        example: "{seeds: 0-4, factors: {1: [2, 10]}}")

    static let snapshots = StudyFileKey(
        "snapshots", .list(of: .integer(in: 0...Int.max)), .optional(otherwise: "none"), unit: "epochs",
        "keeps every network as it was after each of these epochs, too, as a further model that no count and no "
            + "correlation takes for a network of its own; 0 for the network that training begins from",
        example: "[1, 5, 10]")

    static let all = [seeds, regimes, grid, rescaled, snapshots]
}

/// The keys of `population.rescaled`.
enum RescaledKeys {
    static let seeds = StudyFileKey(
        "seeds", .seeds, .required(hint: "of which networks copies are made"), "of which networks copies are made",
        example: "0-4")
    static let factors = StudyFileKey(
        "factors", .named("hidden layer, from 1", .list(of: .number(.aboveZero))),
        .required(hint: "for each hidden layer, as {1: [2, 5, 10]}"),
        "a hidden layer's weights and biases times each factor, the next layer's divided by it",
        example: "{1: [2, 5, 10]}")

    static let all = [seeds, factors]
}
