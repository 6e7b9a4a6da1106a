import LinearAlgebra
import Measures

/// A network beside the sample that it was made from and the teacher.
package struct MultiIndexModel: Sendable {
    package let problem: MultiIndexProblem
    package let network: HomogeneousNetwork
    package let traces: NeuronTraces
    package let teacherTraces: NeuronTraces
    /// To which both are split when they are compared.
    package let splitWidth: Int
    /// Of its population risk, where a formula other than the kernels' gives it.
    package var riskFormula: Double?
    /// Of its nuclear norm over the least one, where that was minimised.
    package var nuclearGap: Double?
    /// Of training, where there was any.
    package var stepsTaken: Int?

    package init(_ problem: MultiIndexProblem, network: HomogeneousNetwork, splitWidth: Int = 64) {
        self.problem = problem
        self.network = network
        self.splitWidth = splitWidth
        traces = NeuronTraces(network, on: problem.inputs)
        teacherTraces = NeuronTraces(problem.teacher, on: problem.inputs)
    }

    package var populationRisk: Double { network.gaussianRisk(against: problem.teacher) }

    package var relativePopulationRisk: Double { populationRisk / problem.teacher.gaussianSquaredNorm }

    package var flatnessRatio: Double? { traces.flatnessRatio(to: teacherTraces) }
}

extension NeuronTraces {
    /// What no interpolator's V goes below, for the rectifier: V ≥ mean |y_i| |x_i| [O].
    ///
    /// By Cauchy and Schwarz, neuron by neuron: √(mean φ²) √(mean a² φ'² |x|²) ≥ mean |a φ| |x|, and Σ |a φ| ≥ |y|. A
    /// network with a neuron a point attains it, so that a memoriser is flattest of all where there is one.
    package static func rectifierBound(_ inputs: Matrix, labels: [Double]) -> Double {
        labels.indices.reduce(0) { sum, i in
            sum + abs(labels[i]) * inputs.row(i).reduce(0) { $0 + $1 * $1 }.squareRoot()
        } / Double(max(labels.count, 1))
    }
}
