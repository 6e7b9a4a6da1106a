import Networks
import Randomness
import Testing
import Training

@Suite struct GeneralPathTests {
    static let problems =
        TrainTests.problems + [
            .init(widths: [50, 70, 20, 10], count: 130, batchSize: 64, blank: [1, 2, 30]),
            .init(widths: [460, 130, 4], count: 300, batchSize: 300, blank: [0]),
            .init(widths: [33, 64, 2], count: 200, batchSize: 129),
        ]

    @Test("bits", arguments: problems)
    func bits(problem: TrainTests.Problem) throws {
        for epochs in [1, 6] {
            let recipe = Recipe(
                learningRate: 0.25, batchSize: problem.batchSize, maximumEpochs: epochs,
                drops: [.init(epoch: 3, factor: 0.3)])
            var (fused, general) = (Network.fresh(problem.widths), Network.fresh(problem.widths))
            var (order, generalOrder) = (NativeStream(seed: 2), NativeStream(seed: 2))
            let points = problem.points.sparse()
            _ = try fused.train(on: points, recipe: recipe, order: &order)
            _ = try general.train(on: points, recipe: recipe, order: &generalOrder, isFused: false)
            for (index, layer) in fused.architecture.layers.enumerated() {
                func worst(_ range: Range<Int>) -> Float {
                    range.map { abs(fused.parameters[$0] - general.parameters[$0]) / fused.parameters[$0].ulp }.max()
                        ?? 0
                }
                print("EPOCHS", epochs, problem, "layer", index, worst(layer.weights), worst(layer.biases))
            }
        }
    }
}
