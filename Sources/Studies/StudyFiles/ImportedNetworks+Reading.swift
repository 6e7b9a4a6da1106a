import Definitions
import Diagnostics
import Documents
import Networks
import Parameters
import WeightFiles

/// Reads the section `networks` of a study file, and every file of weights that its index names.
///
///     data: {dataset: mnist, training_points: 250}
///     network: {activation: relu}        # what weights do not tell
///     networks:
///       from: index.csv                  # a row a network: path, seed, regime, epochs, hyperparameters
///       layout: transposed               # where all layers are square
///       tensors: [[w_in, b_in], [w_out, b_out]]   # where names do not tell the layers
///
/// The index is the population: there is no section of that name.
extension ImportedNetworks: ReadableKind {
    static let keys = [ImportedSections.networks, NetworkSections.data, NetworkSections.network]

    static func configurations(_ study: MappingReader, in folder: StudyFolder) -> [Configuration] {
        if study.value(RootKeys.population) != nil {
            study.complain(RootKeys.population, "is what the index of the networks says: leave it out")
        }
        let data = DataReader().data(study.mapping(NetworkSections.data), in: folder)
        let network = study.mapping(NetworkSections.network)
        network?.require("activation", "what follows each hidden layer, which weights do not tell, as relu")
        let shape = TrainingReader().network(network)
        let isHiddenStated = network?.value(NetworkKeys.hidden) != nil
        guard let reader = study.mapping(ImportedSections.networks) else { return [] }
        reader.require(ImportedKeys.all)
        let layers = LayerTensors(names: tensors(reader), layout: reader.choice(ImportedKeys.layout))
        let from = reader.text(ImportedKeys.from)
        reader.finish()
        // Weights are read once all else is right: there may be many.
        guard let from, reader.problems.found.isEmpty else { return [] }
        func complain(_ what: String) {
            reader.complain(ImportedKeys.from.name, what, at: reader.value(ImportedKeys.from) ?? reader.node)
        }
        let index = NetworkIndex(path: folder.path(of: from), known: ownNames, complain)
        guard reader.problems.found.isEmpty else { return [] }
        var groups = ImportedGroups(data: data, activation: shape.activation)
        for row in index.rows where !reader.problems.isFull {
            let file = WeightsFile(path: row.path, layers: layers, activation: shape.followingActivation)
            do {
                let network = try file.network()
                let hidden = Array(network.architecture.widths.dropFirst().dropLast())
                if isHiddenStated, hidden != shape.hidden {
                    complain(
                        index.place(row.line)
                            + "'\(row.name.shortened)' is \(network.architecture), and network.hidden "
                            + "is \(shape.hidden): correct that, or leave it out")
                }
                if let other = groups.add(network, of: file, row) {
                    complain(
                        index.place(row.line) + "has the seed \(row.seed) of line \(other), and the same regime, "
                            + "hyperparameters and widths: give it another seed, or leave the column 'seed' out")
                }
            } catch {
                complain(index.place(row.line) + error.description)
            }
        }
        return groups.configurations
    }

    /// Hyperparameters that a column of the index cannot state.
    private static var ownNames: [String] {
        factors(of: []).map(\.name) + keys.flatMap(\.namesWithin)
    }

    private static func tensors(_ reader: MappingReader) -> [LayerTensors.Names]? {
        guard let list = reader.list(ImportedKeys.tensors) else { return nil }
        reader.requireElements(ImportedKeys.tensors.name)
        return list.compactMap { node in
            let names = (node.elements ?? []).compactMap(\.text)
            if names.count == 2, node.elements?.count == 2 { return .init(weight: names[0], bias: names[1]) }
            reader.complain(
                ImportedKeys.tensors.name,
                "a layer is the names of its weight and of its bias, as [fc1.weight, fc1.bias], not \(node.kind)",
                at: node)
            return nil
        }
    }
}

/// Networks from elsewhere as configurations: those of one regime, of the same hyperparameters and of one architecture.
private struct ImportedGroups {
    private struct Key: Hashable {
        let regime: String?
        let values: [String: ParameterValue]
        let widths: [Int]
    }

    let data: DataSpecification
    let activation: OptionalSettings
    private var places: [Key: Int] = [:]
    private var groups: [(key: Key, seeds: [UInt64], weights: [UInt64: ImportedWeights], lines: [UInt64: Int])] = []

    init(data: DataSpecification, activation: OptionalSettings) {
        self.data = data
        self.activation = activation
    }

    /// A seed tells the networks of one configuration apart.
    ///
    /// - Returns: the line of another network with this seed; nil where there is none, and the network was added.
    mutating func add(_ network: Network, of file: WeightsFile, _ row: NetworkIndex.Row) -> Int? {
        let key = Key(regime: row.regime, values: row.values, widths: network.architecture.widths)
        let place = places[key] ?? groups.count
        if place == groups.count {
            places[key] = place
            groups.append((key, [], [:], [:]))
        }
        if let other = groups[place].lines.updateValue(row.line, forKey: row.seed) { return other }
        groups[place].seeds.append(row.seed)
        groups[place].weights[row.seed] = ImportedWeights(
            digest: WeightsDigest.of([UInt8](network.safetensors())), epochs: row.epochs, file: file)
        return nil
    }

    /// In the order of the index.
    var configurations: [Configuration] {
        groups.map { key, seeds, weights, _ in
            var shape = NetworkSpecification(hidden: Array(key.widths.dropFirst().dropLast()))
            shape.activation = activation
            return Configuration(
                regime: key.regime, values: key.values,
                model: ModelSpecification(
                    ImportedNetworks(
                        data: data, shape: shape, inputs: key.widths[0], classes: key.widths[key.widths.count - 1],
                        weights: weights)),
                seeds: seeds)
        }
    }
}

// MARK: Keys

/// The section that says which networks from elsewhere there are.
enum ImportedSections {
    static let networks = StudyFileKey(
        "networks", .mapping(ImportedKeys.all), .required(hint: ImportedNetworks.about.sections[0].example),
        "networks that were trained elsewhere, in place of training; activation in network must be stated then",
        example: "{from: index.csv}")
}

/// The keys of `networks`.
enum ImportedKeys {
    static let from = StudyFileKey(
        "from", .text, .required(hint: "the table of the networks, as index.csv"),
        "a CSV file, relative to the study file: a row a network, with its file's path relative to the table, and if "
            + "wanted seed, regime, epochs and a column for each hyperparameter", example: "index.csv")
    static let layout = StudyFileKey(
        "layout", .choice(LayerTensors.Layout.words), .optional(otherwise: "what the shapes say"),
        "which way round weights lie: outputs-by-inputs as PyTorch's, transposed as Keras's, Flax's and those of x @ "
            + "W; needed where all layers are square", example: "transposed")
    static let tensors = StudyFileKey(
        "tensors", .list(of: .list(of: .text)), .optional(otherwise: "what the names say"),
        "the names of each layer's weight and bias, from the first layer to the last; other tensors are not looked at",
        example: "[[fc1.weight, fc1.bias], [fc2.weight, fc2.bias]]")

    static let all = [from, layout, tensors]
}
