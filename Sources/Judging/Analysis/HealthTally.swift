import Definitions
import Measures
import Parameters
import Results

/// What is known of one network.
struct ExaminedNetwork {
    var collapsed: Result<Bool, Health.Unknown>
    var stoppedAtCap: Result<Bool, Health.Unknown>
    var notMemorised: Result<Bool, Health.Unknown>
    /// What its test accuracy was held against.
    var chance: ChanceAccuracy?
}

/// The columns that tell how a network came out.
struct Examination {
    private let testAccuracy, trainingAccuracy, trainingLoss, epochs: MeasurementColumn?
    /// By hyperparameters: models of one configuration have one text.
    private let classes: [String: Int]
    /// By configuration.
    private let rules: [Result<Rule, Health.Unknown>]

    private struct Rule {
        let epochs: Int
        let stop: TrainingSpecification.Stop
    }

    init(_ population: Population) {
        func column(_ name: String?) -> MeasurementColumn? { name.flatMap { try? population.column($0) } }
        testAccuracy = column(population.column(for: .testAccuracy))
        trainingAccuracy = column(population.column(for: .trainingAccuracy))
        func column(of measure: MeasureDescription) -> MeasurementColumn? {
            column(population.columns.first { population.about($0)?.id == measure.id })
        }
        trainingLoss = column(of: TrainLoss.about)
        epochs = column(of: Epochs.about)
        let texts = Set((population.models + population.repeated.map(\.model)).map(\.hyperparameters))
        classes = Dictionary(
            uniqueKeysWithValues: texts.compactMap { text in
                Self.classes(ParameterValue.all(in: text)["architecture"]?.text).map { (text, $0) }
            })
        rules = population.definition.configurations.map { configuration in
            guard configuration.model.of(TrainedNetworks.self) != nil else { return .failure(.noTraining) }
            guard let training = configuration.stoppedTraining, let stop = training.stop else {
                return .failure(.fixedEpochs)
            }
            return .success(Rule(epochs: training.epochs, stop: stop))
        }
    }

    /// The last width of "784-64-8-10".
    private static func classes(_ architecture: String?) -> Int? {
        guard let widths = architecture?.split(separator: "-", omittingEmptySubsequences: false), widths.count > 1,
            let last = Int(widths[widths.count - 1]), last >= 2
        else { return nil }
        return last
    }

    /// - Parameter configuration: its index in the definition; nil for a model beyond the plan.
    func examine(_ model: ModelRecord, _ row: Int, _ configuration: Int?) -> ExaminedNetwork {
        let rule = configuration.map { rules[$0] } ?? .failure(.noTraining)
        let chance = classes[model.hyperparameters].map { ChanceAccuracy(classes: $0, points: testPoints(row)) }
        let accuracy = testAccuracy?[row]?.value
        return ExaminedNetwork(
            collapsed: Result {
                () throws(Health.Unknown) in
                guard let accuracy else { throw .noTestAccuracy }
                guard let chance else { throw .noClasses }
                return accuracy <= chance.most
            }, stoppedAtCap: Result { () throws(Health.Unknown) in try isStoppedAtCap(model, row, rule.get()) },
            notMemorised: Result { () throws(Health.Unknown) in try isNotMemorised(model, row, rule.get()) },
            chance: accuracy == nil ? nil : chance)
    }

    /// The effort of the test accuracy; one point is what earlier versions wrote for a pass over all.
    private func testPoints(_ row: Int) -> Int? {
        guard let effort = testAccuracy?[row]?.effort, effort > 1 else { return nil }
        return effort
    }

    /// A stopping rule that is met in the very last epoch is known by the fit alone: without it such a network counts
    /// as stopped.
    private func isStoppedAtCap(_ model: ModelRecord, _ row: Int, _ rule: Rule) throws(Health.Unknown) -> Bool {
        guard let trained = model.epochs.map(Double.init) ?? epochs?[row]?.value else { throw .noEpochs }
        guard trained >= Double(rule.epochs) else { return false }
        if let loss = rule.stop.loss {
            guard rule.stop.points == nil else { throw .stopsBySomePoints }
            guard let reached = trainingLoss?[row]?.value, reached <= loss else { return true }
        }
        guard let accuracy = rule.stop.accuracy else { return false }
        let reached = trainingAccuracy?[row]?.value ?? 0
        return reached < (rule.stop.points == nil ? accuracy : 1)
    }

    private func isNotMemorised(
        _ model: ModelRecord, _ row: Int, _ rule: Rule
    ) throws(Health.Unknown) -> Bool {
        if let accuracy = rule.stop.accuracy {
            guard let reached = trainingAccuracy?[row]?.value else { throw .noTrainingAccuracy }
            if reached < accuracy {
                guard rule.stop.points == nil else { throw .stopsBySomePoints }
                return true
            }
        }
        guard let loss = rule.stop.loss else { return false }
        // One that stopped early met its rule, in the arithmetic of its training: the measured loss differs from the
        // seventh digit on.
        if let trained = model.epochs, trained < rule.epochs { return false }
        guard rule.stop.points == nil else { throw .stopsBySomePoints }
        guard let reached = trainingLoss?[row]?.value else { throw .noTrainingLoss }
        return reached > loss
    }
}

/// Counts networks by how they came out.
struct HealthTally {
    private struct Count {
        var (found, judged) = (0, 0)
        var unknown: Health.Unknown?

        mutating func add(_ answer: Result<Bool, Health.Unknown>) {
            switch answer {
            case .success(let isFound):
                judged += 1
                if isFound { found += 1 }
            case .failure(let reason): unknown = unknown ?? reason
            }
        }

        func finding(made: Int) -> Health.Finding {
            Health.Finding(
                count: judged == 0 ? nil : found, judged: judged, unknown: made == 0 ? .noNetwork : unknown)
        }
    }

    private(set) var made = 0
    var failed = 0
    private var (collapsed, stopped, notMemorised) = (Count(), Count(), Count())

    mutating func add(_ network: ExaminedNetwork) {
        made += 1
        collapsed.add(network.collapsed)
        stopped.add(network.stoppedAtCap)
        notMemorised.add(network.notMemorised)
    }

    func counts(planned: Int?) -> Health.Counts {
        Health.Counts(
            planned: planned, made: made, failed: failed, collapsed: collapsed.finding(made: made),
            stoppedAtCap: stopped.finding(made: made), notMemorised: notMemorised.finding(made: made))
    }
}
