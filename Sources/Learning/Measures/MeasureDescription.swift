import Parameters

/// What a measure is, as its authors define it.
public struct MeasureDescription: Sendable {
    /// Changes of a network that leave its function, or its decisions, as they are.
    public enum Invariance: String, Sendable, CaseIterable {
        /// (c W1, c b1, W2 / c, …) between neighbouring layers.
        case layerRescaling = "layer rescaling"
        /// The same for a single hidden unit.
        case neuronRescaling = "neuron rescaling"
        /// Reordering hidden units.
        case permutation
        /// Multiplying the logits by a positive number.
        case outputScaling = "output scaling"
    }

    /// What a measure looks at besides the trained weights.
    public enum Reading: String, Sendable, CaseIterable {
        case trainingInputs = "training inputs"
        case trainingLabels = "training labels"
        case unseenInputs = "unseen inputs"
        case unseenLabels = "unseen labels"
        /// Of the network that training began from.
        case initialWeights = "initial weights"
        case trainingHistory = "training history"
        /// In a theory lab: settings that a learner does not have, as the sample's planted coordinate.
        case construction = "how the model was made"
    }

    /// The rank correlation with test accuracy that the measure's theory predicts.
    public enum Sign: String, Sendable {
        case positive = "+", negative = "-", none = "none"
    }

    /// What runs and reports make of a measure's values besides judging them.
    public enum Role: String, Sendable, CaseIterable {
        /// The accuracy on the training points: networks below 1 did not memorise them.
        case trainingAccuracy = "training accuracy"
        /// The accuracy on the test points: told while a study runs, and what `predictedSign` is about.
        case testAccuracy = "test accuracy"
        /// The first of these less the second, which PGDL scores where one of them was not measured.
        case generalizationGap = "generalization gap"
        /// Of how training went, and may stand behind another measure's correlation: verdicts hold it fixed.
        case trainingConfounder = "confounder, of training"
        /// The same of the trained network.
        case networkConfounder = "confounder, of the network"
        /// Told study by study in the report of a family, beside the target.
        case followedOverStudies = "told study by study of a family"
    }

    /// What the counts among a measure's details tell of all networks together.
    public struct Evidence: Sendable, Hashable {
        /// On what the values rest.
        public let statement: String
        /// The detail that counts what stayed open.
        public let openDetail: String
        /// What is open then, to follow the number: "pairs are undecided".
        public let openWords: String

        public init(_ statement: String, openDetail: String, openWords: String) {
            self.statement = statement
            self.openDetail = openDetail
            self.openWords = openWords
        }
    }

    /// Also the name of its column.
    public let id: String
    public let title: String
    /// Sharpness, weakness, simplicity, performance, optimisation.
    public let family: String
    public let formula: String
    public let source: String
    public let invariances: Set<Invariance>
    public let reads: Set<Reading>
    public let predictedSign: Sign
    public let effortUnit: String
    /// When it does not help.
    public let limits: String
    public let options: [Parameter]
    public let roles: Set<Role>
    /// For a measure whose details count how its values were reached.
    public let evidence: Evidence?
    /// For a measure that adds up over a sample of points which all networks of a study share: the detail that says
    /// how far the sample's halves lie apart, with the total's own sampling variance. It tells how much of the error
    /// networks have each for itself.
    public let halvesDetail: String?

    public init(
        id: String, title: String, family: String, formula: String, source: String,
        invariances: Set<Invariance>, reads: Set<Reading>, predictedSign: Sign, effortUnit: String = "passes",
        limits: String, options: [Parameter] = [], roles: Set<Role> = [], evidence: Evidence? = nil,
        halvesDetail: String? = nil
    ) {
        self.id = id
        self.title = title
        self.family = family
        self.formula = formula
        self.source = source
        self.invariances = invariances
        self.reads = reads
        self.predictedSign = predictedSign
        self.effortUnit = effortUnit
        self.limits = limits
        self.options = options
        self.roles = roles
        self.evidence = evidence
        self.halvesDetail = halvesDetail
    }

    /// One that reads the labels of unseen points, or how a lab made the model, knows the answer: it cannot be called a
    /// predictor.
    public var mayPredict: Bool { knowsFrom == nil }

    /// What it knows the answer from; nil for one that may be called a predictor.
    public var knowsFrom: Reading? { [.unseenLabels, .construction].first(where: reads.contains) }
}
