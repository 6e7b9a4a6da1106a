import Networks

/// One trained network with the points that measures may read, and passes over them that measures share.
///
/// Used on one thread; passes are computed when first asked for and kept.
public final class Subject {
    public let network: Network
    /// With the labels that were trained on.
    public let training: LabelledPoints
    /// The training points' labels before noise.
    let cleanLabels: [UInt8]
    public let test: LabelledPoints
    /// All unseen points, in the study's order; their labels are for measures that say that they read them.
    public let unseen: PointList
    /// Some unseen points, without their labels.
    public let probes: [Float]
    public let probeCount: Int
    /// The network's place in its population, from 0.
    public let position: Int
    public let seed: UInt64
    /// For how many it was trained; nil where nobody knows.
    public let epochs: Int?
    /// Of its training; empty where nothing was written down.
    public let history: TrainingHistory
    private let drawInitialNetwork: (() -> Network)?
    /// Unseen inputs that are no bytes of an image, in place of `unseen`'s: count x inputSize.
    let unseenInputs: [Float]?
    var views: [ViewChoice: PointView] = [:]
    var unseenViews: [UnseenPoints: PointView] = [:]

    /// - Parameters:
    ///   - cleanLabels: the training points' labels before noise; nil where they had none.
    ///   - initialNetwork: gives the network that training began from; called at most once, and only if a measure asks.
    ///     Nil where nobody knows it.
    public convenience init(
        network: Network, training: LabelledPoints, cleanLabels: [UInt8]? = nil, test: LabelledPoints,
        unseen: PointList, probes: [Float],
        position: Int, seed: UInt64, epochs: Int?, history: TrainingHistory = TrainingHistory(),
        initialNetwork: (() -> Network)? = nil
    ) {
        self.init(
            network: network, training: training, cleanLabels: cleanLabels, test: test, unseen: unseen,
            unseenInputs: nil, probes: probes,
            position: position, seed: seed, epochs: epochs, history: history, initialNetwork: initialNetwork)
    }

    /// The same with unseen inputs that are no bytes.
    package init(
        network: Network, training: LabelledPoints, cleanLabels: [UInt8]? = nil, test: LabelledPoints,
        unseen: PointList, unseenInputs: [Float]?,
        probes: [Float], position: Int, seed: UInt64, epochs: Int?, history: TrainingHistory = TrainingHistory(),
        initialNetwork: (() -> Network)? = nil
    ) {
        precondition(probes.count % training.inputSize == 0 && unseen.inputSize == training.inputSize)
        self.network = network
        precondition(cleanLabels.map { $0.count == training.count } ?? true, "a clean label for each training point")
        self.training = training
        self.cleanLabels = cleanLabels ?? training.labels
        self.test = test
        self.unseen = unseen
        self.probes = probes
        self.probeCount = probes.count / training.inputSize
        self.position = position
        self.seed = seed
        self.epochs = epochs
        self.history = history
        drawInitialNetwork = initialNetwork
        self.unseenInputs = unseenInputs
    }

    var architecture: Architecture { network.architecture }

    /// The network that training began from, bit for bit: drawn again from the seed when a measure first asks for it.
    ///
    /// Of a rescaled copy it is the one that the trained original began from, not rescaled itself. Nil for a network
    /// that was trained elsewhere and came without it; a measure is undefined there.
    public private(set) lazy var initialNetwork = drawInitialNetwork?()

    /// The network in float64, exactly.
    private(set) lazy var realNetwork = Float64Network(network)

    /// The member of its neuron-rescaling orbit with the least L2 norm.
    private(set) lazy var balancedNetwork = realNetwork.normBalanced

    /// Features and logits on the training points.
    private(set) lazy var trainingPass = network.featuresAndLogits(of: training)

    private(set) lazy var trainingClassification = Classification(
        logits: trainingPass.logits, labels: training.labels, classCount: architecture.classCount)

    private(set) lazy var testClassification = network.classification(of: test)

    /// Features and logits on the probes, without labels.
    private(set) lazy var probePass = network.featuresAndLogits(
        of: LabelledPoints(
            inputs: probes, labels: [UInt8](repeating: 0, count: probeCount), inputSize: training.inputSize))

    /// Which classes the last layer could give to each probe, shared by what counts labellings.
    private(set) lazy var labellingAnswers = LabellingSolver.solve(labellingProblem)

    /// Runs through the version space of the last layer, by their options.
    var versionSpaceRuns: [VersionSpaceRun.Choice: [VersionSpaceRun]] = [:]

    /// Classes and sign patterns at the unseen points.
    private(set) lazy var unseenAnswers = PointAnswers(of: network, count: unseen.count) { unseen.block($0).inputs }

    /// Classes and sign patterns at the training points.
    private(set) lazy var trainingAnswers = PointAnswers(of: network, count: training.count) {
        Array(training.inputs[$0.lowerBound * training.inputSize..<$0.upperBound * training.inputSize])
    }
}
