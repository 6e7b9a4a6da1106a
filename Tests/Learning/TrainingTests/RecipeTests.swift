import Testing
import Training

@Suite struct RecipeTests {
    @Test("A drop counts from its epoch on, and drops multiply")
    func drops() {
        let recipe = Recipe(
            learningRate: 0.5, batchSize: 1, maximumEpochs: 10,
            drops: [LearningRateDrop(epoch: 7, factor: 0.5), LearningRateDrop(epoch: 3, factor: 0.1)])
        #expect((0..<3).allSatisfy { recipe.learningRate(epoch: $0) == 0.5 })
        #expect((3..<7).allSatisfy { recipe.learningRate(epoch: $0) == 0.05 })
        #expect((7..<10).allSatisfy { recipe.learningRate(epoch: $0) == 0.025 })
    }

    @Test("Without drops every epoch has the learning rate itself")
    func noDrops() {
        #expect(Recipe(learningRate: 0.3, batchSize: 1, maximumEpochs: 1).learningRate(epoch: 400) == 0.3)
    }
}
