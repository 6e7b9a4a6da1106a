import Networks
import Randomness
import Training

/// Steps along the gradient of batches' mean softmax cross-entropy.
public struct TrainingSpecification: Sendable, Hashable {
    public var rule = UpdateRuleSpecification.plain
    /// As it is applied: a rule that scales it with the batch size has been followed.
    public var learningRate: Double
    public var batchSize: Int
    /// At most so many.
    public var epochs: Int
    public var stop: Stop?
    public var drops: [Drop] = []
    /// How the learning rate goes beside its drops (`LearningRateSchedule.parameters`).
    public var schedule = OptionalSettings(LearningRateSchedule.parameters)
    /// What is drawn anew for each step (`TrainingNoise.parameters`).
    public var noise = OptionalSettings(TrainingNoise.parameters)
    /// How wide the initial weights are drawn (`InitialWeights.parameters`).
    public var initialWeights = OptionalSettings(InitialWeights.parameters)
    /// The stream of the initial weights, seeded with the network's seed.
    public var initialisation: StreamKind
    /// The stream of each epoch's order of points, likewise.
    public var order: StreamKind
    /// The number of the arithmetic: 0 for the initial weights as they are drawn, k > 0 for weights that the k-th
    /// stream of the network's seed has moved by at most one unit in the last place (`Network.movedByRounding`).
    public var rounding = 0
    /// What is written down on the way; nil for nothing. Changes no network.
    public var history: HistorySpecification?

    public init(
        learningRate: Double, batchSize: Int, epochs: Int, stop: Stop?, drops: [Drop] = [], initialisation: StreamKind,
        order: StreamKind
    ) {
        self.learningRate = learningRate
        self.batchSize = batchSize
        self.epochs = epochs
        self.stop = stop
        self.drops = drops
        self.initialisation = initialisation
        self.order = order
    }

    /// Training ends when, after every `every`-th epoch, the training accuracy is at least this and the training loss
    /// at most that; what is nil does not count.
    public struct Stop: Sendable, Hashable, Codable {
        public var every: Int
        public var accuracy: Double?
        public var loss: Double?
        /// Looks at the first so many training points; at all when nil.
        public var points: Int?

        public init(every: Int, accuracy: Double? = nil, loss: Double? = nil, points: Int? = nil) {
            self.every = every
            self.accuracy = accuracy
            self.loss = loss
            self.points = points
        }
    }

    /// From this epoch on (counted from 0), the learning rate is multiplied by the factor.
    public struct Drop: Sendable, Hashable, Codable {
        public var epoch: Int
        public var factor: Double

        public init(epoch: Int, factor: Double) {
            self.epoch = epoch
            self.factor = factor
        }
    }

    /// The same training in one way of saying it: settings that make no difference to a training on so many points are
    /// left out or take one value, so that two specifications of one training are equal. What is written down on the
    /// way makes none.
    ///
    /// A rule has its plainest name (`UpdateRule.plainest`). A learning rate is what it is in float32, written as its
    /// shortest decimal; a batch is at most all points; a stop looks at no more points than there are, and at none
    /// where it looks no earlier than training ends anyway; a drop of the learning rate that comes after the end, or
    /// that multiplies by 1, is none. Of a schedule only what changes a rate is said: a constant one has no floor, and
    /// no pace without a warm-up or where an epoch is one step. Nothing is left out of no hidden layer. What only the
    /// training itself shows, as a stop that is never reached, the digest of the final weights tells
    /// (`NewModel.weightsDigest`).
    public func canonical(points: Int, hiddenLayers: Int) -> TrainingSpecification {
        var same = self
        same.learningRate = Double("\(Float(learningRate))") ?? learningRate
        same.rule = rule.plainest
        same.batchSize = min(batchSize, points)
        if let stop, stop.every >= epochs { same.stop = nil }
        if let looked = stop?.points, looked >= points { same.stop?.points = nil }
        same.drops = drops.filter { $0.epoch < epochs && $0.factor != 1 }
        same.schedule = canonicalSchedule(isOneStep: same.batchSize == points)
        if hiddenLayers == 0 { same.noise = noise.without("dropout") }
        same.history = nil
        return same
    }

    private func canonicalSchedule(isOneStep: Bool) -> OptionalSettings {
        let said = LearningRateSchedule(schedule.values)
        // A cosine down to the learning rate itself is none.
        let isConstant = said.course == .constant || said.floor == 1
        var same = isConstant ? schedule.without("schedule", "schedule_floor") : schedule
        // One epoch of warm-up at one rate has the learning rate itself.
        if isConstant, said.warmUp == 1, said.pace == .epoch || isOneStep { same = same.without("warm_up") }
        if isOneStep || (isConstant && said.warmUp == 0) { same = same.without("schedule_pace") }
        return same
    }

    public var recipe: Recipe {
        Recipe(
            rule: rule.rule, learningRate: Float(learningRate), batchSize: batchSize, maximumEpochs: epochs,
            stopping: stop.map {
                StoppingRule(interval: $0.every, accuracy: $0.accuracy, loss: $0.loss, points: $0.points)
            },
            drops: drops.map { LearningRateDrop(epoch: $0.epoch, factor: $0.factor) },
            schedule: LearningRateSchedule(schedule.values), noise: TrainingNoise(noise.values))
    }
}

// MARK: JSON

extension TrainingSpecification: Codable {
    private enum CodingKeys: String, CodingKey {
        case rule, learningRate = "learning_rate", batchSize = "batch_size", epochs, stop, drops, schedule, noise,
            initialWeights = "initial_weights", initialisation, order, rounding, history
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        rule = try container.decodeIfPresent(UpdateRuleSpecification.self, forKey: .rule) ?? .plain
        learningRate = try container.decode(Double.self, forKey: .learningRate)
        batchSize = try container.decode(Int.self, forKey: .batchSize)
        epochs = try container.decode(Int.self, forKey: .epochs)
        stop = try container.decodeIfPresent(Stop.self, forKey: .stop)
        drops = try container.decodeIfPresent([Drop].self, forKey: .drops) ?? []
        schedule = try container.settings(LearningRateSchedule.parameters, under: .schedule)
        noise = try container.settings(TrainingNoise.parameters, under: .noise)
        initialWeights = try container.settings(InitialWeights.parameters, under: .initialWeights)
        initialisation = try container.decode(StreamKind.self, forKey: .initialisation)
        order = try container.decode(StreamKind.self, forKey: .order)
        rounding = try container.decodeIfPresent(Int.self, forKey: .rounding) ?? 0
        history = try container.decodeIfPresent(HistorySpecification.self, forKey: .history)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if rule != .plain { try container.encode(rule, forKey: .rule) }
        try container.encode(learningRate, forKey: .learningRate)
        try container.encode(batchSize, forKey: .batchSize)
        try container.encode(epochs, forKey: .epochs)
        try container.encodeIfPresent(stop, forKey: .stop)
        if !drops.isEmpty { try container.encode(drops, forKey: .drops) }
        try container.encode(schedule, under: .schedule)
        try container.encode(noise, under: .noise)
        try container.encode(initialWeights, under: .initialWeights)
        try container.encode(initialisation, forKey: .initialisation)
        try container.encode(order, forKey: .order)
        if rounding != 0 { try container.encode(rounding, forKey: .rounding) }
        try container.encodeIfPresent(history, forKey: .history)
    }
}
