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
    public let options: [MeasureOption]

    public init(
        id: String, title: String, family: String, formula: String, source: String,
        invariances: Set<Invariance>, reads: Set<Reading>, predictedSign: Sign, effortUnit: String = "passes",
        limits: String, options: [MeasureOption] = []
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
    }

    /// One that reads the labels of unseen points, or how a lab made the model, knows the answer: it cannot be called a
    /// predictor.
    public var mayPredict: Bool { knowsFrom == nil }

    /// What it knows the answer from; nil for one that may be called a predictor.
    public var knowsFrom: Reading? { [.unseenLabels, .construction].first(where: reads.contains) }
}

/// An option that a study may give to a measure.
public struct MeasureOption: Sendable {
    public enum Kind: Sendable, Equatable {
        /// A whole number in a range, and a multiple of a step.
        case integer(in: ClosedRange<Int>, multipleOf: Int = 1)
        case choice([String])
    }

    public let name: String
    public let kind: Kind
    public let summary: String

    public init(_ name: String, _ kind: Kind, _ summary: String) {
        self.name = name
        self.kind = kind
        self.summary = summary
    }
}

/// The options of one measure in one study.
public struct MeasureOptions: Sendable, Equatable {
    public var integers: [String: Int]
    public var choices: [String: String]

    public init(integers: [String: Int] = [:], choices: [String: String] = [:]) {
        self.integers = integers
        self.choices = choices
    }
}
