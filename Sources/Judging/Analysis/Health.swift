import Definitions
import Parameters
import Results

/// How the networks of a study came out, before anything is concluded of them: what its definition, its models and its
/// columns let know, and nothing else.
///
///     let health = Health(of: population)
///     print(health?.overall.collapsed.count ?? "not known")
public struct Health: Sendable {
    public struct Counts: Sendable, Hashable {
        /// Networks that the study asks for, variants aside; nil where its definition does not say, and of networks
        /// that a condition selected.
        public let planned: Int?
        public let made: Int
        public let failed: Int
        /// Those whose test accuracy is that of answering by chance (`ChanceAccuracy`).
        public let collapsed: Finding
        /// Those that trained for as many epochs as they may, and did not meet the stopping rule.
        public let stoppedAtCap: Finding
        /// Those that do not fit the training points as the stopping rule asks: their training accuracy is lower, or
        /// their training loss higher.
        public let notMemorised: Finding

        /// Whether everything that is known is well.
        public var isSound: Bool {
            failed == 0 && planned.map { $0 == made } ?? true
                && [collapsed, stoppedAtCap, notMemorised].allSatisfy { ($0.count ?? 0) == 0 }
        }

        /// Networks that no run has made yet.
        public var missing: Int { planned.map { max(0, $0 - made - failed) } ?? 0 }

        /// Whether more than half of those of which it is known stopped at the cap.
        public var isMostlyCapped: Bool { 2 * (stoppedAtCap.count ?? 0) > stoppedAtCap.judged }
    }

    /// The networks of one regime and one point of the grid.
    public struct Configuration: Sendable {
        /// As the study names it.
        public let label: String
        public let counts: Counts
        /// The most epochs of a training with a stopping rule; nil for another.
        public let cap: Int?
    }

    public let overall: Counts
    /// In the order of the study; empty where its definition has fewer than two.
    public let configurations: [Configuration]
    /// The most epochs of trainings with a stopping rule, and the accuracies and losses at which they stop; each once,
    /// by size.
    public let caps: [Int]
    public let trainedTo: [Double]
    public let trainedToLosses: [Double]
    /// Up to which test accuracy a network counts as collapsed, each once, by size.
    public let chanceAccuracies: [Double]
    /// Rows of the population's models that collapsed.
    public let collapsedRows: Set<Int>

    /// Nil for models that were not drawn by their seeds, as a theory lab's: they are what somebody chose.
    ///
    /// - Complexity: O(models + configurations).
    public init?(of population: Population) {
        guard population.isSample else { return nil }
        let examination = Examination(population)
        let isRestricted = population.restriction != nil
        let planned = population.definition.configurations.filter { $0.variant == nil }
        // Positions count through all configurations, copies' included.
        let ofPosition = population.definition.configurations.enumerated().flatMap { index, configuration in
            configuration.seeds.map { _ in index }
        }
        var tallies = population.definition.configurations.map { _ in HealthTally() }
        var (all, collapsed, chances) = (HealthTally(), Set<Int>(), Set<Double>())
        let made = population.models.enumerated().map { ($1, $0) } + population.repeated.map { ($0.model, $0.row) }
        for (model, row) in made {
            let index = ofPosition.indices.contains(model.position) ? ofPosition[model.position] : nil
            let found = examination.examine(model, row, index)
            all.add(found)
            if let index { tallies[index].add(found) }
            if case .success(true) = found.collapsed { collapsed.insert(row) }
            if let chance = found.chance { chances.insert(chance.most) }
        }
        for model in population.failed {
            all.failed += 1
            if ofPosition.indices.contains(model.position) { tallies[ofPosition[model.position]].failed += 1 }
        }
        // A definition that has no networks, or fewer than there are, does not say how many there should be.
        // How many of those that are planned a condition selects is not known before they are made.
        let isPlan =
            population.planned > 0 && all.made + all.failed <= population.planned && !isRestricted
        overall = all.counts(planned: isPlan ? population.planned : nil)
        configurations =
            planned.count < 2
            ? []
            : zip(population.definition.configurations, tallies).filter { $0.0.variant == nil }.map {
                Configuration(
                    label: $0.label, counts: $1.counts(planned: isRestricted ? nil : $0.seeds.count),
                    cap: $0.stoppedTraining?.epochs)
            }
        caps = Set(planned.compactMap { $0.stoppedTraining?.epochs }).sorted()
        trainedTo = Set(planned.compactMap { $0.stoppedTraining?.stop?.accuracy }).sorted()
        trainedToLosses = Set(planned.compactMap { $0.stoppedTraining?.stop?.loss }).sorted()
        (chanceAccuracies, collapsedRows) = (chances.sorted(), collapsed)
    }
}

extension Health {
    /// Of how many networks something is true, and of how many that is known.
    public struct Finding: Sendable, Hashable {
        /// Nil where it is known of none.
        public let count: Int?
        /// Networks of which it is known.
        public let judged: Int
        /// Why it is not known of the others; the first reason of several.
        public let unknown: Unknown?
    }

    /// Why something is not known of a network.
    public enum Unknown: Error, Sendable, Hashable {
        case noNetwork
        case noTestAccuracy
        /// Their architecture is not told, and with it the number of classes.
        case noClasses
        /// The definition does not say how they are trained.
        case noTraining
        /// Training has no stopping rule, or one that looks no earlier than it ends anyway: nothing to miss.
        case fixedEpochs
        case noEpochs
        case noTrainingAccuracy
        case noTrainingLoss
        /// The stopping rule looks at some of the training points, whose accuracy and loss no column is.
        case stopsBySomePoints
    }
}

extension Configuration {
    /// A training that ends early where a stopping rule is met; nil for another.
    var stoppedTraining: TrainingSpecification? {
        guard let networks = model.of(TrainedNetworks.self) else { return nil }
        let training = networks.training.canonical(
            points: networks.points.trainingPoints, hiddenLayers: networks.hiddenLayers)
        return training.stop == nil ? nil : training
    }
}
