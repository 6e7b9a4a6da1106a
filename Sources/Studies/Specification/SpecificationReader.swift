import Diagnostics
import Measures
import Randomness
import Results
import Yams

/// Turns a study file's YAML into a specification. Defaults are those of a new study: the native stream, seed 0.
struct SpecificationReader {
    let measures: [MeasureDescription]
    let problems: Problems

    /// nil when the file is no mapping; otherwise a specification that counts only if nothing was noted in `problems`.
    func study(_ node: Node, defaultName: String) -> StudySpecification? {
        guard let reader = MappingReader(node, name: "the study", problems: problems) else { return nil }
        let name = reader.text("name") ?? defaultName
        if !Self.isStudyName(name) {
            let message = "'\(name)' is no name of a study: use lower-case letters, digits, hyphens"
            if reader.value("name") == nil { problems.add(message, at: node) } else { reader.complain("name", message) }
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
        let widths = (reader.list("hidden") ?? []).compactMap { node -> Int? in
            guard let width = MappingReader.integer(node), (1...65536).contains(width) else {
                problems.add("network.hidden: a width must be a whole number from 1 to 65536, not \(MappingReader.kind(node))", at: node)
                return nil
            }
            return width
        }
        reader.finish()
        return NetworkSpecification(hidden: widths)
    }

    private func training(_ reader: MappingReader?) -> TrainingSpecification {
        var training = TrainingSpecification(
            learningRate: 0, batchSize: 1, epochs: 1, stop: nil, initialisation: .native, order: .native)
        guard let reader else { return training }
        for key in ["learning_rate", "batch_size", "epochs"] { reader.require(key, "a number") }
        training.learningRate = reader.number("learning_rate", "a number above 0", where: { $0 > 0 }) ?? 0
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
        guard let node = reader.value("seeds") else { return PopulationSpecification(seeds: []) }
        return PopulationSpecification(seeds: SeedList(node, problems: problems).seeds)
    }

    private func measureList(_ reader: MappingReader) -> [MeasureSpecification] {
        let nodes = reader.list("measures") ?? []
        if reader.value("measures") != nil, nodes.isEmpty { reader.complain("measures", "is empty") }
        var taken: [MeasureSpecification] = []
        for (index, node) in nodes.enumerated() {
            guard let measure = measure(node, name: "measures[\(index + 1)]") else { continue }
            if taken.contains(where: { $0.column == measure.column }) {
                problems.add(
                    "measures: a column '\(measure.column)' is there already; name this one with 'as'", at: node)
            }
            taken.append(measure)
        }
        return taken
    }

    private func measure(_ node: Node, name: String) -> MeasureSpecification? {
        if let id = node.scalar?.string {
            guard knownMeasure(id, at: node) != nil else { return nil }
            return MeasureSpecification(measure: id)
        }
        guard let reader = MappingReader(node, name: name, problems: problems) else { return nil }
        reader.require("measure", "the measure's id")
        let column = reader.text("as")
        guard let id = reader.text("measure"), let known = knownMeasure(id, at: reader.value("measure")) else { return nil }
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
                guard let word = reader.text(option.name) else { continue }
                if words.contains(word) {
                    options[option.name] = .choice(word)
                } else {
                    reader.complain(option.name, "cannot be '\(word)'. \(suggestion(for: word, among: words))")
                }
            }
        }
        reader.finish()
        return MeasureSpecification(measure: id, column: column, options: options)
    }

    private func knownMeasure(_ id: String, at node: Node?) -> MeasureDescription? {
        if let known = measures.first(where: { $0.id == id }) { return known }
        problems.add("there is no measure '\(id)'. \(suggestion(for: id, among: measures.map(\.id)))", at: node)
        return nil
    }
}
