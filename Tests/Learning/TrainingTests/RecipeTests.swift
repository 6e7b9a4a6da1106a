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

    @Test("A warm-up rises by equal parts to the learning rate itself, and drops multiply what a schedule gives")
    func warmUp() {
        var recipe = Recipe(learningRate: 1, batchSize: 1, maximumEpochs: 6, schedule: .init(warmUp: 4))
        #expect((0..<6).map { recipe.learningRate(epoch: $0) } == [0.25, 0.5, 0.75, 1, 1, 1])
        recipe.drops = [LearningRateDrop(epoch: 2, factor: 0.5)]
        #expect((0..<6).map { recipe.learningRate(epoch: $0) } == [0.25, 0.5, 0.375, 0.5, 0.5, 0.5])
        recipe.schedule.pace = .step
        #expect(recipe.learningRate(epoch: 1, step: 1, of: 2) == 0.5)
    }

    @Test("A cosine begins at the learning rate, passes the middle half-way and stays above its floor")
    func cosine() {
        let schedule = LearningRateSchedule(course: .cosine, floor: 0.2)
        let recipe = Recipe(learningRate: 1, batchSize: 1, maximumEpochs: 10, schedule: schedule)
        let rates = (0..<10).map { Double(recipe.learningRate(epoch: $0)) }
        #expect(rates[0] == 1 && abs(rates[5] - 0.6) < 1e-7)
        #expect(zip(rates, rates.dropFirst()).allSatisfy { $0 > $1 } && rates[9] > 0.2)
    }

    @Test("Without drops every epoch has the learning rate itself")
    func noDrops() {
        #expect(Recipe(learningRate: 0.3, batchSize: 1, maximumEpochs: 1).learningRate(epoch: 400) == 0.3)
    }
}
