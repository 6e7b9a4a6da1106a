import LinearAlgebra
import Measures
import Parameters
import Randomness

/// Networks of rectifiers that were trained to interpolate, from small and large initial weights, or for flatness.
package struct TrainedNetworkExperiment: Experiment {
    package static let about = ExperimentDescription(
        id: "multi-index-trained", title: "Trained interpolators of a multi-index sample",
        source: "arXiv 2606.04429 (setting; all formulas derived here)",
        model: """
            a network of m rectifiers after gradient descent with momentum on y = Σ relu(e_l·x), l = 1..k, from w ~ \
            N(0, s² I/d), a ~ N(0, s²/m); with a flatness weight λ, on the risk plus λ/2 times the trace, λ falling by \
            1e-5
            """,
        settings: [
            Parameter("dimension", integers: 2...256, default: 10, "d"),
            Parameter("samples", integers: 1...1024, default: 100, "n"),
            Parameter("indices", integers: 1...256, default: 1, "k, the teacher's neurons"),
            Parameter("width", integers: 1...1024, default: 60, "m"),
            Parameter("initial_scale", numbers: 0.001...100, default: 1, "s"),
            Parameter(
                "learning_rate", numbers: 0.0001...1, default: 0.02, "falls linearly to 0; with λ, over the last half"),
            Parameter(
                "steps", integers: 0...20000, default: 5000, "at most; without λ descent stops at a risk of 1e-12"),
            Parameter("flatness_weight", numbers: 0.0...10.0, default: 0.0, "λ at the start"),
        ],
        limits: "Descent finds a local minimum: a flatter network may exist. Rectifiers only.")

    package static let measures =
        MultiIndexMeasures.common + [
            LabMeasure(.stepsTaken) { Double($0.stepsTaken ?? 0) }
        ]

    private let dimension, samples, indices, width: Int
    private let scale: Double
    private let descent: LayerwiseDescent

    package init(_ settings: ParameterValues) throws(SettingsDisagree) {
        dimension = settings.integer("dimension")
        samples = settings.integer("samples")
        indices = settings.integer("indices")
        width = settings.integer("width")
        scale = settings.number("initial_scale")
        var descent = LayerwiseDescent(
            steps: settings.integer("steps"), learningRate: settings.number("learning_rate"))
        descent.flatnessWeight = settings.number("flatness_weight")
        if descent.flatnessWeight > 0 { descent.coolingShare = 0.5 }
        self.descent = descent
        guard indices <= dimension else {
            throw SettingsDisagree("indices: at most the dimension, \(dimension), axes are orthonormal")
        }
        // Half a minute: an interrupted model is made again from its start.
        let work = Double(descent.steps) * Double(samples) * Double(width) * Double(dimension)
        guard work <= 5e10 else {
            throw SettingsDisagree(
                "steps: too much to compute with so many samples, neurons and dimensions; lower one of them")
        }
    }

    package func model(seed: UInt64) throws(ModelFailed) -> MultiIndexModel {
        let stream = NativeStream(seed: seed)
        let problem = MultiIndexProblem(
            .relu, dimension: dimension, samples: samples, indices: indices, stream: stream)
        var normals = stream.child("initial weights")
        let (outerScale, innerScale) = (scale / Double(width).squareRoot(), scale / Double(dimension).squareRoot())
        let start = HomogeneousNetwork(
            .relu, outer: (0..<width).map { _ in outerScale * normals.normal() },
            inner: Matrix(rows: width, columns: dimension) { _, _ in innerScale * normals.normal() })
        guard let result = descent.trained(start, on: problem.inputs, labels: problem.labels) else {
            throw ModelFailed("the risk is no longer finite: lower the learning rate")
        }
        var model = MultiIndexModel(problem, network: result.network, splitWidth: max(64, width))
        model.stepsTaken = result.steps
        return model
    }
}

extension MeasureDescription {
    static let stepsTaken = MeasureDescription(
        id: "steps_taken", title: "Steps of descent", family: "optimisation", formula: "until the risk is below 1e-12",
        source: "training", invariances: [], reads: [.trainingHistory], predictedSign: .none,
        limits: "Of this descent and learning rate.")
}
