/// One way of training networks, as the JSON of a study's definition has it.
package struct TrainedConfiguration {
    package var seeds: Range<Int>
    package var epochs: Int
    /// The training accuracy at which training stops; nil for no stopping rule.
    package var stop: Double?
    /// The training loss at which it stops, likewise.
    package var stopLoss: Double?
    /// The stopping rule looks at the first so many training points; at all when nil.
    package var stopPoints: Int?
    package var learningRate: Double
    /// Of the order in which probes are drawn.
    package var probeSeed: Int

    package init(
        seeds: Range<Int>, epochs: Int = 100, stop: Double? = 0.99, stopLoss: Double? = nil, stopPoints: Int? = nil,
        learningRate: Double = 0.1, probeSeed: Int = 1
    ) {
        self.seeds = seeds
        self.epochs = epochs
        self.stop = stop
        self.stopLoss = stopLoss
        self.stopPoints = stopPoints
        self.learningRate = learningRate
        self.probeSeed = probeSeed
    }

    private var json: String {
        let points = stopPoints.map { #","points":\#($0)"# } ?? ""
        let goals = [stop.map { #""accuracy":\#($0)"# }, stopLoss.map { #""loss":\#($0)"# }].compactMap(\.self)
        let stop = goals.isEmpty ? "" : #","stop":{"every":10,\#(goals.joined(separator: ","))\#(points)}"#
        let seeds = seeds.map(String.init).joined(separator: ",")
        return #"""
            {"values":{"training.learning_rate":\#(learningRate)},"seeds":[\#(seeds)],
            "data":{"dataset":"mnist","training_points":250,"stream":"native","seed":1,
            "probes":{"count":100,"stream":"native","seed":\#(probeSeed)}},"network":{"hidden":[8]},
            "training":{"learning_rate":\#(learningRate),"batch_size":64,"epochs":\#(epochs)\#(stop),
            "initialisation":"native","order":"native"}}
            """#
    }

    /// A definition's `population` of such configurations.
    package static func population(_ configurations: [TrainedConfiguration]) -> String {
        #"{"configurations":[\#(configurations.map(\.json).joined(separator: ","))]}"#
    }

    /// What networks of it have for hyperparameters.
    package func hyperparameters(architecture: String = "784-8-10") -> String {
        #"{"architecture":"\#(architecture)","learning_rate":\#(learningRate)}"#
    }
}
