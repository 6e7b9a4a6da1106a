import Foundation
import Networks
import Testing
import Training

/// Trainings under schedules and with leaky ReLUs in PyTorch, made by Fixtures/make_training_runs.py.
struct PyTorchRuns: Decodable {
    struct Run: Decodable, CustomTestStringConvertible {
        struct Schedule: Decodable {
            var course: String?
            var warmUp: Int?
            var floor: Double?
            var pace: String?
        }

        var schedule: Schedule
        var slope: Float
        var rates: [Double]
        var parameters: [Float]
        var loss: Double
        var accuracy: Double

        var testDescription: String {
            "\(schedule.course ?? "constant"), warm-up \(schedule.warmUp ?? 0), floor \(schedule.floor ?? 0), "
                + "by \(schedule.pace ?? "epoch"), slope \(slope)"
        }
    }

    var widths: [Int]
    var batch: Int
    var learningRate: Float
    var inputs: [Float]
    var labels: [UInt8]
    var orders: [[Int]]
    var start: [Float]
    var runs: [Run]

    static let all: PyTorchRuns? = {
        guard let file = Bundle.module.url(forResource: "Fixtures/training-runs", withExtension: "json"),
            let data = try? Data(contentsOf: file)
        else { return nil }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try? decoder.decode(PyTorchRuns.self, from: data)
    }()

    var points: LabelledPoints { LabelledPoints(inputs: inputs, labels: labels, inputSize: widths[0]) }

    func recipe(of run: Run, stopping: StoppingRule? = nil) throws -> Recipe {
        var schedule = LearningRateSchedule(warmUp: run.schedule.warmUp ?? 0, floor: run.schedule.floor ?? 0)
        if let course = run.schedule.course { schedule.course = try #require(.init(rawValue: course)) }
        if let pace = run.schedule.pace { schedule.pace = try #require(.init(rawValue: pace)) }
        return Recipe(
            learningRate: learningRate, batchSize: batch, maximumEpochs: orders.count, stopping: stopping,
            schedule: schedule)
    }

    func trained(_ run: Run, _ recipe: Recipe) throws -> (network: Network, outcome: TrainingOutcome) {
        let architecture = Architecture(
            widths: widths, activation: run.slope == 0 ? .relu : .leakyReLU(slope: run.slope))
        var network = Network(architecture: architecture, parameters: start)
        var order = PyTorchRules.Orders(rest: orders)
        let outcome = try network.train(on: points, recipe: recipe, order: &order)
        return (network, outcome)
    }
}

@Suite struct PyTorchRunsTests {
    @Test(
        "A schedule has the learning rates of PyTorch's schedulers, step by step",
        arguments: PyTorchRuns.all?.runs ?? [])
    func rates(run: PyTorchRuns.Run) throws {
        let all = try #require(PyTorchRuns.all)
        let recipe = try all.recipe(of: run)
        let steps = run.rates.count / recipe.maximumEpochs
        let rates = (0..<recipe.maximumEpochs).flatMap { epoch in
            (0..<steps).map { Double(recipe.learningRate(epoch: epoch, step: $0, of: steps)) }
        }
        #expect(rates.count == run.rates.count)
        // The learning rate itself is rounded to float32, and so is each of its multiples.
        for (own, expected) in zip(rates, run.rates) { #expect(abs(own - expected) <= 2e-7 * Double(all.learningRate)) }
        let isConstant = run.schedule.course == nil && run.schedule.warmUp == nil
        #expect((Set(rates).count == 1) == isConstant)
    }

    @Test(
        "Fifty steps under a schedule, or with a leaky ReLU, end where PyTorch's do, to 2e-6 of the parameters",
        arguments: PyTorchRuns.all?.runs ?? [])
    func fifty(run: PyTorchRuns.Run) throws {
        let all = try #require(PyTorchRuns.all)
        let network = try all.trained(run, all.recipe(of: run)).network
        func norm(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        let expected = run.parameters.map(Double.init)
        #expect(norm(zip(network.parameters, expected).map { Double($0) - $1 }) / norm(expected) < 2e-6)
        #expect(abs(network.classification(of: all.points).accuracy - run.accuracy) < 1e-9)
    }

    @Test("The runs of PyTorch all end elsewhere")
    func apart() throws {
        let all = try #require(PyTorchRuns.all)
        #expect(all.runs.count == 10 && Set(all.runs.map(\.parameters)).count == 10)
    }

    @Test(
        "Training stops at PyTorch's final loss just so: a thousandth below it is not reached, and one above it is",
        arguments: PyTorchRuns.all?.runs ?? [])
    func loss(run: PyTorchRuns.Run) throws {
        let all = try #require(PyTorchRuns.all)
        func memorised(at loss: Double) throws -> Bool {
            let stopping = StoppingRule(interval: all.orders.count, loss: loss)
            return try all.trained(run, all.recipe(of: run, stopping: stopping)).outcome.memorised
        }
        #expect(try memorised(at: 1.001 * run.loss))
        #expect(try !memorised(at: 0.999 * run.loss))
    }
}
