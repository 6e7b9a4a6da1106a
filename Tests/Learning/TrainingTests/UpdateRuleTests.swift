import Foundation
import Networks
import Parameters
import Randomness
import Testing
import Training

@Suite struct UpdateRuleTests {
    private static let blank: Set = [0, 7, 20]
    private let points = LabelledPoints.random(45, inputSize: 21, classCount: 4, blank: blank).sparse()
    private let widths = [21, 70, 9, 4]
    private let rates = [0.25, 0.25, 0.125, 0.125]

    private func trained(by rule: any UpdateRule) throws -> Network {
        var network = Network.fresh(widths)
        var order = NativeStream(seed: 2)
        let recipe = Recipe(
            rule: rule, learningRate: 0.25, batchSize: 16, maximumEpochs: 4, drops: [.init(epoch: 2, factor: 0.5)])
        _ = try network.train(on: points, recipe: recipe, order: &order)
        return network
    }

    private func heavyBall(_ momentum: Double) -> HeavyBall {
        HeavyBall(ParameterValues(HeavyBall.about.parameters, stated: ["momentum": .number(momentum)]))
    }

    private func slowlyTrained(_ step: (inout SlowDescent, [Int], Double) -> Void) -> SlowDescent {
        var slow = SlowDescent(.fresh(widths))
        var order = NativeStream(seed: 2)
        slow.train(points, batchSize: 16, rates: rates, order: &order, step: step)
        return slow
    }

    @Test("Heavy-ball momentum, which remembers a velocity, ends where slow float64 momentum ends")
    func momentum() throws {
        var velocity = [Double](repeating: 0, count: Architecture(widths: widths).parameterCount)
        let slow = slowlyTrained { descent, batch, rate in
            for (index, slope) in descent.gradient(points, batch).enumerated() {
                velocity[index] = 0.75 * velocity[index] + slope
            }
            descent.add(-rate, times: velocity)
        }
        #expect(slow.distance(to: try trained(by: HeavyBall(ParameterValues(HeavyBall.about.parameters)))) < 5e-6)
        #expect(slow.distance(to: try trained(by: SGD())) > 0.01)
    }

    @Test("SAM, which asks for a second gradient at moved parameters, ends where slow float64 SAM ends")
    func sharpnessAware() throws {
        let slow = slowlyTrained { descent, batch, rate in
            let uphill = descent.gradient(points, batch)
            var moved = descent
            moved.add(0.5 / uphill.reduce(0) { $0 + $1 * $1 }.squareRoot(), times: uphill)
            descent.add(-rate, times: moved.gradient(points, batch))
        }
        #expect(slow.distance(to: try trained(by: ToySAM())) < 5e-6)
        #expect(slow.distance(to: try trained(by: SGD())) > 0.01)
    }

    @Test("A second gradient comes with the loss of the same batch at the moved parameters, and numbers are remembered")
    func secondLoss() throws {
        var (losses, steps) = (0.0, 0.0)
        _ = slowlyTrained { descent, batch, rate in
            // The progress is asked for after three of the four epochs of three steps.
            guard steps < 9 else { return }
            let uphill = descent.gradient(points, batch)
            var moved = descent
            moved.add(0.5 / uphill.reduce(0) { $0 + $1 * $1 }.squareRoot(), times: uphill)
            losses += moved.loss(points, batch)
            steps += 1
            descent.add(-rate, times: moved.gradient(points, batch))
        }
        var network = Network.fresh(widths)
        var order = NativeStream(seed: 2)
        var state: [UInt8] = []
        let recipe = Recipe(
            rule: ToySAM(), learningRate: 0.25, batchSize: 16, maximumEpochs: 4,
            drops: [.init(epoch: 2, factor: 0.5)])
        _ = try network.train(on: points, recipe: recipe, order: &order) { _, progress in
            state = progress().ruleState
            return true
        }
        let numbers = state.withUnsafeBytes { bytes in
            (0..<2).map {
                Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self)))
            }
        }
        #expect(state.count == 16)
        #expect(numbers[0] == 9)
        #expect(abs(numbers[1] - losses) < 1e-5)
    }

    @Test("A rule may remember the initial weights, write in the gradient and move weights that have no gradient")
    func drawnBack() throws {
        let beginning = SlowDescent(.fresh(widths)).parameters
        let slow = slowlyTrained { descent, batch, rate in
            let gradient = descent.gradient(points, batch)
            let pull = descent.parameters.enumerated().map { $1 - 0.5 * beginning[$0] }
            descent.add(-rate, times: zip(gradient, pull).map { $0 + 0.125 * $1 })
        }
        let network = try trained(by: DrawnBack())
        #expect(slow.distance(to: network) < 5e-6)
        let untouched = Self.blank.map { 5 * 21 + $0 }
        #expect(
            untouched.allSatisfy { abs(Double(network.parameters[$0]) - beginning[$0]) > 1e-3 * abs(beginning[$0]) })
    }

    @Test(
        "Heavy-ball momentum that goes on after a break ends with the bits of one without, by way of bytes",
        arguments: [1, 2, 5])
    func momentumGoesOn(epochs: Int) throws { try goesOn(heavyBall(0.9), epochs: epochs) }

    @Test("So do SAM and a rule that remembers the beginning", arguments: [1, 4])
    func othersGoOn(epochs: Int) throws {
        try goesOn(ToySAM(), epochs: epochs)
        try goesOn(DrawnBack(), epochs: epochs)
    }

    private func goesOn(_ rule: some UpdateRule, epochs: Int) throws {
        let recipe = Recipe(
            rule: rule, learningRate: 0.1, batchSize: 16, maximumEpochs: 6, stopping: .init(interval: 5, accuracy: 1.1),
            drops: [.init(epoch: 3, factor: 0.5)])
        var whole = Network.fresh(widths)
        var order = NativeStream(seed: 3)
        let outcome = try whole.train(on: points, recipe: recipe, order: &order)
        var (bytes, begun): ([UInt8], Network) = ([], .fresh(widths))
        var firstOrder = NativeStream(seed: 3)
        #expect(throws: TrainingFailure.cancelled) {
            try begun.train(on: points, recipe: recipe, order: &firstOrder) { done, progress in
                if done == epochs { bytes = progress().bytes }
                return done < epochs
            }
        }
        let architecture = Architecture(widths: widths)
        let progress = try #require(
            TrainingProgress(bytes, epochs: epochs, architecture: architecture, rule: rule))
        var later = Network.fresh(widths)
        var laterOrder = NativeStream(seed: 3)
        #expect(try later.train(on: points, recipe: recipe, order: &laterOrder, goingOnFrom: progress) == outcome)
        #expect(later.parameters.map(\.bitPattern) == whole.parameters.map(\.bitPattern))

        // Without what the rule remembers, it would have gone elsewhere.
        guard !rule.memory.vectors.isEmpty else { return }
        var forgetful = Network.fresh(widths)
        var forgetfulOrder = NativeStream(seed: 3)
        let zeros = [UInt8](repeating: 0, count: progress.ruleState.count)
        let forgotten = TrainingProgress(epochs: epochs, network: progress.network, ruleState: zeros)
        _ = try forgetful.train(on: points, recipe: recipe, order: &forgetfulOrder, goingOnFrom: forgotten)
        #expect(forgetful != whole)
    }

    @Test("A rule that remembers more than plain descent reads no progress of it, and the other way round")
    func otherRules() {
        let architecture = Architecture(widths: [3, 2])
        let plain = TrainingProgress(epochs: 1, network: .fresh([3, 2])).bytes
        let state = [UInt8](repeating: 0, count: 4 * architecture.parameterCount)
        let momentum = TrainingProgress(epochs: 1, network: .fresh([3, 2]), ruleState: state).bytes
        func read(_ bytes: [UInt8], _ rule: some UpdateRule, _ widths: [Int] = [3, 2]) -> TrainingProgress? {
            TrainingProgress(bytes, epochs: 1, architecture: Architecture(widths: widths), rule: rule)
        }
        #expect(read(plain, SGD())?.network == .fresh([3, 2]))
        #expect(read(momentum, heavyBall(0.9))?.ruleState == state)
        #expect(read(plain, heavyBall(0.9)) == nil)
        #expect(read(momentum, SGD()) == nil)
        #expect(read(plain, SGD(), [2, 3]) == nil)
        #expect(read(Array(plain.dropLast()), SGD()) == nil)
        #expect(read([], SGD()) == nil)
    }
}
