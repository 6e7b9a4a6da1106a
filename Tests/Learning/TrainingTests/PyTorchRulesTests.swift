import Foundation
import Networks
import Parameters
import Randomness
import Testing
import Training

/// 50 steps of each rule in PyTorch, made by Fixtures/make_update_rules.py.
struct PyTorchRules: Decodable {
    struct Run: Decodable, CustomTestStringConvertible {
        var rule: String
        var options: [String: ParameterValue]
        var learningRate: Float
        var parameters: [Float]

        var testDescription: String { "\(rule) \(options.keys.sorted().map { "\($0) \(options[$0]!)" })" }
    }

    var widths: [Int]
    var batch: Int
    var inputs: [Float]
    var labels: [UInt8]
    var orders: [[Int]]
    var start: [Float]
    var rules: [Run]

    static let all: PyTorchRules? = {
        guard let file = Bundle.module.url(forResource: "Fixtures/update-rules", withExtension: "json"),
            let data = try? Data(contentsOf: file)
        else { return nil }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try? decoder.decode(PyTorchRules.self, from: data)
    }()

    var points: LabelledPoints { LabelledPoints(inputs: inputs, labels: labels, inputSize: widths[0]) }

    var network: Network { Network(architecture: Architecture(widths: widths), parameters: start) }

    /// Deals what the script dealt.
    struct Orders: PermutationSource {
        var rest: [[Int]]
        mutating func permutation(of count: Int) -> [Int] { rest.removeFirst() }
    }
}

@Suite struct PyTorchRulesTests {
    /// Not bit for bit: PyTorch adds up products in another order and has its own exponential.
    @Test(
        "Fifty steps of a rule end where PyTorch's do, to 2e-6 of the parameters",
        arguments: PyTorchRules.all?.rules ?? [])
    func fifty(run: PyTorchRules.Run) throws {
        let all = try #require(PyTorchRules.all)
        var network = all.network
        var order = PyTorchRules.Orders(rest: all.orders)
        let recipe = Recipe(
            rule: try UpdateRuleCatalogue.rule(run.rule, stated: run.options), learningRate: run.learningRate,
            batchSize: all.batch, maximumEpochs: all.orders.count)
        _ = try network.train(on: all.points, recipe: recipe, order: &order)
        func norm(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        let expected = run.parameters.map(Double.init)
        let distance = norm(zip(network.parameters, expected).map { Double($0) - $1 }) / norm(expected)
        #expect(distance < 2e-6)
        #expect(norm(zip(network.parameters, all.start).map { Double($0) - Double($1) }) > 0.1)
    }

    @Test("The runs of PyTorch have every rule, its own keys, and end in as many places")
    func complete() throws {
        let all = try #require(PyTorchRules.all)
        for about in UpdateRuleCatalogue.descriptions {
            let runs = all.rules.filter { $0.rule == about.id }
            #expect(!runs.isEmpty, "\(about.id)")
            // Decay and momentum within SAM are SGD's own step.
            let shared: Set = ["dampening", "nesterov", "weight_decay", "decoupled_weight_decay", "momentum"]
            let keys = Set(about.parameters.map(\.name))
            let tried = Set(runs.flatMap(\.options.keys))
            #expect(about.id.hasSuffix("sam") ? tried.union(shared) == keys : tried.isSuperset(of: keys), "\(about.id)")
        }
        #expect(Set(all.rules.map(\.parameters)).count == all.rules.count)
    }

    @Test(
        "A rule's state goes into a checkpoint: broken off after any epoch, it ends with the same bits",
        arguments: PyTorchRules.all?.rules ?? [])
    func goesOn(run: PyTorchRules.Run) throws {
        let all = try #require(PyTorchRules.all)
        let rule = try UpdateRuleCatalogue.rule(run.rule, stated: run.options)
        let recipe = Recipe(
            rule: rule, learningRate: run.learningRate, batchSize: all.batch, maximumEpochs: all.orders.count)
        func trained(
            from progress: TrainingProgress? = nil,
            afterEpoch: (Int, () -> TrainingProgress) -> Bool = { _, _ in true }
        ) throws -> Network {
            var network = all.network
            var order = PyTorchRules.Orders(rest: all.orders)
            _ = try network.train(
                on: all.points, recipe: recipe, order: &order, goingOnFrom: progress, afterEpoch: afterEpoch)
            return network
        }
        let whole = try trained()
        for epochs in [1, 4, all.orders.count - 1] {
            var bytes: [UInt8] = []
            #expect(throws: TrainingFailure.cancelled) {
                try trained { done, progress in
                    if done == epochs { bytes = progress().bytes }
                    return done < epochs
                }
            }
            let progress = try #require(
                TrainingProgress(bytes, epochs: epochs, architecture: whole.architecture, rule: rule))
            #expect(try trained(from: progress) == whole)
        }
    }

    @Test("Where the gradient is 0 sharpness-aware rules stay where they are", arguments: ["sam", "asam"])
    func flat(rule: String) throws {
        // One class: its probability is 1, whatever the parameters.
        var network = Network(
            architecture: Architecture(widths: [2, 3, 1]), parameters: .init(repeating: 0.5, count: 13))
        let before = network
        var order = NativeStream(seed: 1)
        let points = LabelledPoints(inputs: [1, 2, 3, 4], labels: [0, 0], inputSize: 2)
        let recipe = Recipe(rule: try UpdateRuleCatalogue.rule(rule), learningRate: 0.1, batchSize: 2, maximumEpochs: 3)
        _ = try network.train(on: points, recipe: recipe, order: &order)
        #expect(network == before)
    }

    @Test("Values that do not go together are refused")
    func together() {
        let stated: [String: ParameterValue] = [
            "nesterov": .flag(true), "momentum": .number(0.9), "dampening": .number(0.1),
        ]
        for rule in ["sgd", "sam", "asam"] {
            #expect {
                try UpdateRuleCatalogue.rule(rule, stated: stated)
            } throws: {
                "\($0)"
                    == "The update rule '\(rule)' takes no such values together: 'nesterov' goes without dampening."
            }
        }
    }
}
