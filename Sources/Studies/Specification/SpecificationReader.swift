import Diagnostics
import Documents
import Measures
import Randomness
import Results

/// Turns a study file's YAML into a specification. Defaults are those of a new study: the native stream, seed 0.
struct SpecificationReader {
    let measures: [MeasureDescription]

    /// A specification that counts only if nothing was noted.
    func study(_ reader: MappingReader, defaultName: String) -> StudySpecification {
        let name = reader.text("name") ?? defaultName
        if !Self.isStudyName(name) {
            let message = "'\(name)' is no name of a study: use lower-case letters, digits, hyphens"
            if reader.value("name") == nil {
                reader.problems.add(message, at: reader.node)
            } else {
                reader.complain("name", message)
            }
        }
        let title = reader.text("title") ?? name
        let source = reader.text("source") ?? ""
        let cost = reader.text("cost") ?? ""

        reader.require("data", "which points are trained on, as {dataset: mnist, training_points: 250}")
        let data = self.data(reader.mapping("data"))
        reader.require("network", "the hidden widths, as {hidden: [64, 8]}")
        let network = self.network(reader.mapping("network"))
        reader.require("training", "as {learning_rate: 0.1, batch_size: 64, epochs: 500}")
        let training = self.training(reader.mapping("training"))
        reader.require("population", "the networks' seeds, as {seeds: 0-99}")
        let population = self.population(reader.mapping("population"))

        reader.require("measures", "a list of what is measured, as [test_accuracy, hessian_trace]")
        let taken = measureList(reader)
        let columns = taken.map(\.column)
        let target = reader.text("target") ?? "test_accuracy"
        if !columns.isEmpty, !columns.contains(target) {
            let message = "is '\(target)', which is not among the measures. \(suggestion(for: target, among: columns))"
            reader.complain("target", message)
        }
        let published = PublishedReader(columns: columns, target: target).figures(reader.mapping("published"))
        reader.finish()
        return StudySpecification(
            name: name, title: title, source: source, cost: cost,
            definition: .init(data: data, network: network, training: training, population: population, measures: taken),
            target: target, published: published)
    }

    /// A name is also a folder's: letters, digits and hyphens make a safe one on any system.
    static func isStudyName(_ name: String) -> Bool { name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil }

    // MARK: Sections

    private func data(_ reader: MappingReader?) -> DataSpecification {
        var data = DataSpecification(
            dataset: "", trainingPoints: 1, stream: .native, seed: 0,
            probes: .init(count: 100, stream: .native, seed: 0))
        guard let reader else { return data }
        reader.require("dataset", "a name that 'basin data list' shows")
        data.dataset = reader.text("dataset") ?? ""
        reader.require("training_points", "how many")
        data.trainingPoints = reader.integer("training_points", in: 1...Int.max) ?? 1
        (data.stream, data.seed) = pointOrder(reader)
        if let probes = reader.mapping("probes") {
            data.probes.count = probes.integer("count", in: 0...Int.max) ?? data.probes.count
            (data.probes.stream, data.probes.seed) = pointOrder(probes)
            probes.finish()
        }
        reader.finish()
        return data
    }

    private func pointOrder(_ reader: MappingReader) -> (PointOrder, UInt64) {
        let order = reader.choice("stream", of: PointOrder.self) ?? .native
        let seed = reader.seed("seed") ?? 0
        if order == .numpy, seed > UInt32.max {
            reader.complain("seed", "must be below 2^32 for the numpy stream, not \(seed)")
        }
        // A seed that has no effect would make two versions of one study.
        if order == .fileOrder, reader.value("seed") != nil {
            reader.complain("seed", "has no effect in file order: leave it out")
        }
        return (order, seed)
    }

    private func network(_ reader: MappingReader?) -> NetworkSpecification {
        guard let reader else { return NetworkSpecification(hidden: []) }
        reader.require("hidden", "the widths of the hidden layers, [] for none")
        let widths = reader.integers("hidden", each: "a width", in: 1...65536) ?? []
        // Hidden layers alone; the first and the last add the data's share.
        let weights = zip(widths, widths.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
        if weights > 100_000_000 { reader.complain("hidden", "makes \(weights) weights; at most 100000000 are taken") }
        reader.finish()
        return NetworkSpecification(hidden: widths)
    }

    private func training(_ reader: MappingReader?) -> TrainingSpecification {
        var training = TrainingSpecification(
            learningRate: 0, batchSize: 1, epochs: 1, stop: nil, initialisation: .native, order: .native)
        guard let reader else { return training }
        for key in ["learning_rate", "batch_size", "epochs"] { reader.require(key, "a number") }
        training.learningRate = reader.number(
            "learning_rate", "a number above 0", where: { Float($0) > 0 && Float($0).isFinite }) ?? 0
        training.batchSize = reader.integer("batch_size", in: 1...Int.max) ?? 1
        training.epochs = reader.integer("epochs", in: 1...Int.max) ?? 1
        if let stop = reader.mapping("stop") {
            stop.require("accuracy", "the training accuracy at which training ends")
            training.stop = .init(
                every: stop.integer("every", in: 1...Int.max) ?? 1,
                accuracy: stop.number("accuracy", "above 0 and at most 1", where: { $0 > 0 && $0 <= 1 }) ?? 1)
            stop.finish()
        }
        // Only these two draw uniform numbers.
        training.initialisation = reader.choice("initialisation", among: [StreamKind.native, .torchCPU]) ?? .native
        training.order = reader.choice("order", of: StreamKind.self) ?? .native
        reader.finish()
        return training
    }

    private func population(_ reader: MappingReader?) -> PopulationSpecification {
        guard let reader else { return PopulationSpecification(seeds: []) }
        reader.require("seeds", "a range as 0-99, or a list of numbers and ranges")
        defer { reader.finish() }
        return PopulationSpecification(seeds: SeedList(reader, key: "seeds").seeds)
    }

    private func measureList(_ reader: MappingReader) -> [MeasureSpecification] {
        let nodes = reader.list("measures") ?? []
        reader.requireElements("measures")
        var taken: [MeasureSpecification] = []
        for (index, node) in nodes.enumerated() {
            guard let measure = measure(node, name: "measures[\(index + 1)]", problems: reader.problems) else { continue }
            if taken.contains(where: { $0.column == measure.column }) {
                reader.complain(
                    "measures", "a column '\(measure.column)' is there already; name this one with 'as'", at: node)
            }
            taken.append(measure)
        }
        return taken
    }

    private func measure(_ node: YAMLNode, name: String, problems: Problems) -> MeasureSpecification? {
        if let id = node.text {
            guard knownMeasure(id, at: node, problems: problems) != nil else { return nil }
            return MeasureSpecification(measure: id)
        }
        guard let reader = MappingReader(node, name: name, problems: problems) else { return nil }
        reader.require("measure", "the measure's id")
        let column = reader.text("as")
        guard let id = reader.text("measure"),
            let known = knownMeasure(id, at: reader.value("measure") ?? node, problems: problems)
        else { return nil }
        if let column, column.wholeMatch(of: /[a-z][a-z0-9_]*/) == nil || ResultsStore.reservedColumns.contains(column) {
            reader.complain("as", "cannot be '\(column)': use lower-case letters, digits, underscores, and none of "
                + ResultsStore.reservedColumns.joined(separator: ", "))
        }
        var options: [String: MeasureOptionValue] = [:]
        for option in known.options {
            switch option.kind {
            case .integer(let range, let step):
                guard let number = reader.integer(option.name, in: range) else { continue }
                options[option.name] = .integer(number)
                if !number.isMultiple(of: step) { reader.complain(option.name, "is a multiple of \(step), not \(number)") }
            case .choice(let words):
                options[option.name] = reader.choice(option.name, among: words).map { .choice($0) }
            }
        }
        reader.finish()
        return MeasureSpecification(measure: id, column: column, options: options)
    }

    private func knownMeasure(_ id: String, at node: YAMLNode, problems: Problems) -> MeasureDescription? {
        if let known = measures.first(where: { $0.id == id }) { return known }
        problems.add("there is no measure '\(id)'. \(suggestion(for: id, among: measures.map(\.id)))", at: node)
        return nil
    }
}
