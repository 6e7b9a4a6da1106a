import Foundation
import LinearAlgebra
import Randomness
import Testing
import TheoryLabs

@Suite struct InterpolatorTests {
    @Test("A memoriser fits its points, one neuron each", arguments: HomogeneousActivation.allCases)
    func memoriser(_ activation: HomogeneousActivation) throws {
        let problem = sample(activation, d: 9, n: 7, k: 2, noise: 0.3)
        let network = try problem.memoriser()
        #expect(network.width == 7)
        #expect(network.squaredError(problem.inputs, problem.labels) < 1e-24)
        let u = network.preactivations(problem.inputs)
        for i in 0..<7 {
            for j in 0..<7 {
                let wanted = i == j ? 1 : activation == .quadratic ? 0 : -0.5
                #expect(abs(u[i, j] - wanted) < 1e-12)
            }
        }
    }

    @Test("A memoriser of dependent inputs, or of too many, fails with a reason")
    func dependent() {
        #expect(throws: ModelFailed.self) { try sample(.relu, d: 3, n: 4).memoriser() }
    }

    @Test("Points with label 0 have no neuron")
    func silentPoints() throws {
        let problem = sample(.relu, d: 8, n: 6)
        #expect(try problem.memoriser().width == problem.labels.count { $0 != 0 })
        #expect(problem.labels.contains(0))
    }

    @Test("A least-norm solution is the pseudoinverse's")
    func minimumNorm() throws {
        let matrix = normalMatrix(7, 12, "matrix")
        let right = normals(7, "right")
        let solution = try #require(matrix.minimumNormSolution(of: right))
        let expected = try #require(matrix.pseudoinverse()) * right
        for (a, b) in zip(solution, expected) { #expect(abs(a - b) < 1e-13) }
        let repeated = Matrix(rows: 8, columns: 12) { row, column in matrix[row % 7, column] }
        #expect(repeated.minimumNormSolution(of: right + [0]) == nil)
    }

    @Test("Random features interpolate; too few of them fail with a reason")
    func randomFeatures() throws {
        let (problem, stream) = (sample(.relu, d: 5, n: 20, noise: 0.1), NativeStream(seed: 0))
        let network = try problem.randomFeatureFit(of: problem.labels, features: 80, stream: stream)
        #expect(network.squaredError(problem.inputs, problem.labels) < 1e-24)
        #expect(throws: ModelFailed.self) {
            try problem.randomFeatureFit(of: problem.labels, features: 10, stream: stream)
        }
    }

    @Test("Hats fit their points and are 0 at angles farther than a hat is wide", arguments: [0.1, 0.5, 0.9])
    func hats(_ share: Double) throws {
        let problem = sample(.relu, d: 3, n: 12, noise: 0.5)
        let network = try problem.angularHats(share: share)
        #expect(network.width == 8 * 12)
        #expect(network.squaredError(problem.inputs, problem.labels) < 1e-20)
        func angle(_ x: Double, _ y: Double) -> Double {
            let angle = atan2(y, x)
            return angle < 0 ? angle + .pi : angle
        }
        let own = (0..<12).map { angle(problem.inputs[$0, 0], problem.inputs[$0, 1]) }
        let probes = normalMatrix(500, 3, "probes")
        let outputs = network.outputs(probes)
        let heights = (0..<12).map { abs(problem.labels[$0]) / share }.max() ?? 0
        var outside = 0
        for i in 0..<500 {
            let here = angle(probes[i, 0], probes[i, 1])
            let inside = own.indices.contains { j in
                let distances = own.indices.filter { $0 != j }.map { k in
                    let gap = abs(own[k] - own[j])
                    return min(gap, .pi - gap)
                }
                let gap = abs(here - own[j])
                return min(gap, .pi - gap) < share * (distances.min() ?? 0)
            }
            guard !inside else { continue }
            outside += 1
            #expect(abs(outputs[i]) < 1e-9 * heights * 100)
        }
        #expect(outside > 20)
    }

    @Test("No interpolator of rectifiers has V below mean |y| |x|, and memorisers attain it")
    func bound() throws {
        let few = sample(.relu, d: 12, n: 10, k: 2, noise: 0.2)
        let bound = NeuronTraces.rectifierBound(few.inputs, labels: few.labels)
        #expect(relativeDifference(NeuronTraces(try few.memoriser(), on: few.inputs).variationNorm, bound) < 1e-12)
        let stream = NativeStream(seed: 0)
        for network in [
            try few.randomFeatureFit(of: few.labels, features: 40, stream: stream), try few.angularHats(share: 0.5),
        ] {
            #expect(NeuronTraces(network, on: few.inputs).variationNorm > bound)
        }
        let exact = sample(.relu, d: 12, n: 10, k: 2)
        #expect(
            NeuronTraces(exact.teacher, on: exact.inputs).variationNorm
                > NeuronTraces.rectifierBound(exact.inputs, labels: exact.labels))
    }
}
