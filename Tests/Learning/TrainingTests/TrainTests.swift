import Networks
import Randomness
import Testing
import Training

@Suite struct TrainTests {
    struct Problem: Sendable, CustomTestStringConvertible {
        let widths: [Int]
        let count: Int
        let batchSize: Int
        var blank: Set<Int> = []

        var testDescription: String { "\(widths), \(count) points in batches of \(batchSize), blank \(blank.sorted())" }
        var points: LabelledPoints {
            .random(count, inputSize: widths[0], classCount: widths[widths.count - 1], blank: blank)
        }
    }

    static let problems = [
        Problem(widths: [4, 3], count: 12, batchSize: 4),
        Problem(widths: [5, 6, 3], count: 20, batchSize: 7),
        Problem(widths: [6, 5, 4, 3], count: 23, batchSize: 5, blank: [0, 3, 5]),
        Problem(widths: [3, 8, 7, 6, 10], count: 31, batchSize: 16, blank: [1]),
        Problem(widths: [9, 4, 2], count: 10, batchSize: 64, blank: [2, 3, 4, 5]),
        Problem(widths: [4, 3], count: 9, batchSize: 2, blank: [0, 1, 2]),
        Problem(widths: [3, 5, 2], count: 6, batchSize: 1),
        Problem(widths: [4, 1, 2], count: 1, batchSize: 3),
        Problem(widths: [3, 4, 1], count: 5, batchSize: 2),
    ]

    @Test("Several epochs end where slow float64 descent ends", arguments: problems)
    func severalEpochs(problem: Problem) throws {
        var network = Network.fresh(problem.widths)
        var slow = SlowDescent(network)
        var (order, slowOrder) = (NativeStream(seed: 2), NativeStream(seed: 2))
        let outcome = try network.train(
            on: problem.points, recipe: Recipe(learningRate: 0.25, batchSize: problem.batchSize, maximumEpochs: 6),
            order: &order)
        slow.train(
            problem.points, batchSize: problem.batchSize, rates: [Double](repeating: 0.25, count: 6), order: &slowOrder)
        #expect(slow.distance(to: network) < 5e-6)
        #expect(slow.distance(to: .fresh(problem.widths)) > (problem.widths.last == 1 ? -1 : 0.01))
        #expect((outcome.epochs, outcome.memorised) == (6, false))
        #expect(order.next64() == slowOrder.next64())
    }

    @Test(
        "More units, columns and points than a strip, a partial sum and a part of a batch hold end there too",
        arguments: [
            Problem(widths: [905, 66, 3], count: 150, batchSize: 140, blank: Set(stride(from: 1, to: 905, by: 7))),
            Problem(widths: [460, 130, 4], count: 300, batchSize: 300, blank: [0]),
            Problem(widths: [33, 64, 2], count: 129, batchSize: 129),
        ])
    func largerThanAPart(problem: Problem) throws {
        var network = Network.fresh(problem.widths)
        var slow = SlowDescent(network)
        var (order, slowOrder) = (NativeStream(seed: 2), NativeStream(seed: 2))
        let points = problem.points.sparse()
        _ = try network.train(
            on: points, recipe: Recipe(learningRate: 0.25, batchSize: problem.batchSize, maximumEpochs: 3),
            order: &order)
        slow.train(points, batchSize: problem.batchSize, rates: [0.25, 0.25, 0.25], order: &slowOrder)
        #expect(slow.distance(to: network) < 5e-6)
        #expect(slow.distance(to: .fresh(problem.widths)) > 0.01)
    }

    @Test("One step moves every parameter by minus the rate times the loss's numerical gradient", arguments: problems)
    func oneStep(problem: Problem) throws {
        let before = Network.fresh(problem.widths)
        var network = before
        var order = NativeStream(seed: 2)
        _ = try network.train(
            on: problem.points, recipe: Recipe(learningRate: 0.5, batchSize: problem.count, maximumEpochs: 1),
            order: &order)
        let gradient = SlowDescent(before).numericalGradient(problem.points, Array(0..<problem.count))
        for (index, slope) in gradient.enumerated() {
            let change = Double(network.parameters[index]) - Double(before.parameters[index])
            #expect(abs(change + 0.5 * slope) < 2e-7, "parameter \(index)")
        }
    }

    @Test("Weights of columns that are zero on all points keep their initial bits; a unit's others move with its bias")
    func blankColumns() throws {
        let blank: Set = [0, 2, 5]
        let before = Network.fresh([6, 4, 3])
        var network = before
        var order = NativeStream(seed: 2)
        _ = try network.train(
            on: .random(15, inputSize: 6, classCount: 3, blank: blank),
            recipe: Recipe(learningRate: 0.25, batchSize: 4, maximumEpochs: 3), order: &order)
        func moved(_ index: Int) -> Bool { network.parameters[index].bitPattern != before.parameters[index].bitPattern }
        let layer = before.architecture.layers[0]
        #expect(layer.biases.contains(where: moved))
        for index in layer.weights {
            let (unit, column) = index.quotientAndRemainder(dividingBy: 6)
            #expect(moved(index) == (!blank.contains(column) && moved(layer.biasOffset + unit)), "weight \(index)")
        }
    }

    @Test("On blank points only the biases learn, and as in slow descent", arguments: [[5, 3], [5, 4, 3]])
    func blankPoints(widths: [Int]) throws {
        let points = LabelledPoints(
            inputs: [Float](repeating: 0, count: 7 * 5), labels: [0, 1, 1, 2, 1, 1, 0], inputSize: 5)
        let before = Network.fresh(widths)
        var network = before
        var slow = SlowDescent(before)
        var (order, slowOrder) = (NativeStream(seed: 2), NativeStream(seed: 2))
        _ = try network.train(
            on: points, recipe: Recipe(learningRate: 0.5, batchSize: 3, maximumEpochs: 20), order: &order)
        slow.train(points, batchSize: 3, rates: [Double](repeating: 0.5, count: 20), order: &slowOrder)
        let first = before.architecture.layers[0].weights
        #expect(network.parameters[first] == before.parameters[first])
        #expect(network != before)
        #expect(slow.distance(to: network) < 5e-6)
    }

    @Test("An epoch asks for one permutation of all points")
    func permutations() throws {
        var network = Network.fresh([3, 2])
        var order = RecordingOrder()
        _ = try network.train(
            on: .random(11, inputSize: 3, classCount: 2),
            recipe: Recipe(learningRate: 0.1, batchSize: 4, maximumEpochs: 3), order: &order)
        #expect(order.requests == [11, 11, 11])
    }

    @Test("No epochs leave the network as it was")
    func noEpochs() throws {
        var network = Network.fresh([3, 4, 2])
        var order = RecordingOrder()
        let outcome = try network.train(
            on: .random(5, inputSize: 3, classCount: 2, blank: [1]),
            recipe: Recipe(learningRate: 0.1, batchSize: 4, maximumEpochs: 0), order: &order)
        #expect(network == .fresh([3, 4, 2]))
        #expect((outcome.epochs, outcome.memorised) == (0, false))
        #expect(order.requests.isEmpty)
    }

    @Test("The same inputs give the same bits, run after run")
    func repeatable() throws {
        func trained() throws -> Network {
            var network = Network.fresh([20, 16, 8, 5])
            var order = NativeStream(seed: 9)
            _ = try network.train(
                on: .random(70, inputSize: 20, classCount: 5, blank: [3, 4]),
                recipe: Recipe(learningRate: 0.1, batchSize: 16, maximumEpochs: 10), order: &order)
            return network
        }
        let first = try trained()
        for _ in 0..<3 { #expect(try trained().parameters.map(\.bitPattern) == first.parameters.map(\.bitPattern)) }
        #expect(first != .fresh([20, 16, 8, 5]))
    }

    @Test("The same inputs give the same bits on several threads at once")
    func repeatableInParallel() async throws {
        let runs = try await withThrowingTaskGroup(of: Network.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var network = Network.fresh([20, 16, 8, 5])
                    var order = NativeStream(seed: 9)
                    _ = try network.train(
                        on: .random(70, inputSize: 20, classCount: 5, blank: [3, 4]),
                        recipe: Recipe(learningRate: 0.1, batchSize: 16, maximumEpochs: 10), order: &order)
                    return network
                }
            }
            return try await group.reduce(into: [Network]()) { $0.append($1) }
        }
        for run in runs { #expect(run == runs[0]) }
    }

    @Test("A learning rate that drops to nothing freezes the network from that epoch on")
    func dropToNothing() throws {
        let points = LabelledPoints.random(10, inputSize: 3, classCount: 2)
        func trained(epochs: Int, drops: [LearningRateDrop]) throws -> Network {
            var network = Network.fresh([3, 4, 2])
            var order = NativeStream(seed: 2)
            _ = try network.train(
                on: points, recipe: Recipe(learningRate: 0.25, batchSize: 4, maximumEpochs: epochs, drops: drops),
                order: &order)
            return network
        }
        let dropped = try trained(epochs: 5, drops: [LearningRateDrop(epoch: 2, factor: 0)])
        #expect(dropped == (try trained(epochs: 2, drops: [])))
        #expect(dropped != (try trained(epochs: 3, drops: [])))
    }

    @Test("Dropped learning rates give what slow descent gives with them")
    func drops() throws {
        let points = LabelledPoints.random(20, inputSize: 4, classCount: 3)
        var network = Network.fresh([4, 5, 3])
        var slow = SlowDescent(network)
        var (order, slowOrder) = (NativeStream(seed: 2), NativeStream(seed: 2))
        let recipe = Recipe(
            learningRate: 0.5, batchSize: 8, maximumEpochs: 6,
            drops: [LearningRateDrop(epoch: 2, factor: 0.5), LearningRateDrop(epoch: 4, factor: 0.25)])
        _ = try network.train(on: points, recipe: recipe, order: &order)
        slow.train(points, batchSize: 8, rates: [0.5, 0.5, 0.25, 0.25, 0.0625, 0.0625], order: &slowOrder)
        #expect(slow.distance(to: network) < 5e-6)
    }
}
