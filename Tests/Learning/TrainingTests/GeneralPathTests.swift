import Kernels
import Networks
import Randomness
import Testing
import Training

/// Plain descent as training takes it, at once, against the way of all other rules: a gradient, then a step of `SGD`.
///
/// Where both round differently they agree to the last place only. The general path rounds rate · gradient before it is
/// subtracted; the fused one rounds once in the first layer, where Basin's kernels fuse, and as OpenBLAS's do in the
/// others. It also moves the first layer's weights after each 128 points of a batch, and the general path after all.
@Suite struct GeneralPathTests {
    static let problems =
        TrainTests.problems + [
            .init(widths: [50, 70, 20, 10], count: 130, batchSize: 64, blank: [1, 2, 30]),
            .init(widths: [905, 66, 3], count: 100, batchSize: 100, blank: Set(stride(from: 1, to: 905, by: 7))),
        ]
    static let largeBatches: [TrainTests.Problem] = [
        .init(widths: [460, 130, 4], count: 300, batchSize: 300, blank: [0]),
        .init(widths: [33, 64, 2], count: 200, batchSize: 129),
    ]

    private func trained(_ problem: TrainTests.Problem, _ recipe: Recipe, isFused: Bool) throws -> Network {
        var network = Network.fresh(problem.widths)
        var order = NativeStream(seed: 2)
        _ = try network.train(on: problem.points.sparse(), recipe: recipe, order: &order, isFused: isFused)
        return network
    }

    @Test("In one step both give the same biases bit for bit, and weights to the last place", arguments: problems)
    func oneStep(problem: TrainTests.Problem) throws {
        let recipe = Recipe(learningRate: 0.3, batchSize: problem.count, maximumEpochs: 1)
        let before = Network.fresh(problem.widths)
        let fused = try trained(problem, recipe, isFused: true)
        let general = try trained(problem, recipe, isFused: false)
        func isSame(_ index: Int) -> Bool {
            fused.parameters[index].bitPattern == general.parameters[index].bitPattern
        }
        for (number, layer) in before.architecture.layers.enumerated() {
            #expect(problem.count > 128 || layer.biases.allSatisfy(isSame), "biases of layer \(number)")
            let apart = layer.weights.filter { index in
                let (old, new) = (before.parameters[index], fused.parameters[index])
                return !(abs(new - general.parameters[index]) <= (abs(old) + abs(new)).ulp)
            }
            #expect(apart.isEmpty, "weights of layer \(number)")
        }
        if !Kernels.current.set.fuses {
            #expect(problem.count > 128 || before.architecture.layers[0].weights.allSatisfy(isSame))
        }
    }

    @Test(
        "Over epochs with ragged last batches and dropping rates both end at the same place",
        arguments: problems + largeBatches)
    func epochs(problem: TrainTests.Problem) throws {
        let recipe = Recipe(
            learningRate: 0.25, batchSize: problem.batchSize, maximumEpochs: 6,
            drops: [.init(epoch: 2, factor: 0.5), .init(epoch: 4, factor: 0.3)])
        let fused = try trained(problem, recipe, isFused: true)
        let general = try trained(problem, recipe, isFused: false)
        func distance(_ other: Network) -> Float {
            zip(fused.parameters, other.parameters).reduce(0) { max($0, abs($1.0 - $1.1)) }
        }
        #expect(distance(general) < 2e-6)
        var other = recipe
        other.drops[1].factor = 0.31
        let elsewhere = try trained(problem, other, isFused: true)
        #expect(problem.widths.last == 1 || distance(elsewhere) > 1e-5)
    }
}
