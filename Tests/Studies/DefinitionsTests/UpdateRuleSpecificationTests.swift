import Definitions
import Foundation
import Parameters
import TestSupport
import Testing
import Training

@Suite struct UpdateRuleSpecificationTests {
    @Test("A rule survives its JSON")
    func json() throws {
        let data = try JSONEncoder().encode(UpdateRuleSpecification("sgd"))
        #expect(String(decoding: data, as: UTF8.self) == #"{"name":"sgd"}"#)
        #expect(try JSONDecoder().decode(UpdateRuleSpecification.self, from: data) == .plain)
    }

    @Test(
        "JSON of a rule that this program does not know, or not with these parameters, is refused",
        arguments: [
            (#"{"name":"sdg"}"#, "There is no update rule 'sdg'. Did you mean 'sgd'?"),
            (
                #"{"name":"sgd","parameters":{"radius":0.9}}"#,
                "The update rule 'sgd' takes no such value: 'radius' is no parameter."
            ),
            (
                #"{"name":"sgd","parameters":{"dampening":0.1,"momentum":0.9,"nesterov":true}}"#,
                "The update rule 'sgd' takes no such values together: 'nesterov' goes without dampening."
            ),
        ])
    func unknown(json: String, message: String) {
        let error = #expect(throws: UpdateRuleError.self) {
            try JSONDecoder().decode(UpdateRuleSpecification.self, from: Data(json.utf8))
        }
        #expect(error?.description == message)
    }

    @Test("A stated default is none, and momentum of 0 is plain descent")
    func canonical() throws {
        #expect(try UpdateRuleSpecification("sgd", stated: ["momentum": .number(0)]) == .plain)
        let momentum = try UpdateRuleSpecification("sgd", stated: ["momentum": .number(0.9), "nesterov": .flag(false)])
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(momentum)
        #expect(String(decoding: data, as: UTF8.self) == #"{"name":"sgd","parameters":{"momentum":0.9}}"#)
        #expect(try JSONDecoder().decode(UpdateRuleSpecification.self, from: data) == momentum)
    }

    @Test("Plain descent adds no hyperparameters, as before there were other rules")
    func facts() throws {
        let model = try read(exampleText).configurations[0].model.kind
        #expect(model.facts.keys.sorted() == ["batch_size", "dataset", "learning_rate", "training_points"])
    }
}

@Suite struct PlainestRuleTests {
    private func training(_ rule: String, _ stated: [String: ParameterValue]) throws -> TrainingSpecification {
        var training = TrainingSpecification(
            learningRate: 0.1, batchSize: 16, epochs: 3, stop: nil, initialisation: .native, order: .native)
        training.rule = try UpdateRuleSpecification(rule, stated: stated)
        return training.canonical(points: 100, hiddenLayers: 1)
    }

    @Test("Rules that do the same under two names are one training")
    func same() throws {
        let plain = try training("sgd", [:])
        let momentum = try training("sgd", ["momentum": 0.9])
        #expect(plain.rule == .plain && momentum.rule != .plain)
        for stated: [String: ParameterValue] in [
            ["nesterov": .flag(true)], ["dampening": 0.5], ["decoupled_weight_decay": .flag(true)], ["momentum": 1e-60],
        ] {
            #expect(try training("sgd", stated) == plain)
        }
        for rule in ["sam", "asam"] {
            #expect(try training(rule, ["radius": 0.0, "ascent_steps": 3]) == plain)
            #expect(try training(rule, ["radius": 0.0, "momentum": 0.9]) == momentum)
            #expect(try training(rule, ["radius": 0.1]).rule.name == rule)
            #expect(try training(rule, ["nesterov": .flag(true)]) == training(rule, [:]))
        }
        #expect(
            try training("adam", ["weight_decay": 0.01, "decoupled_weight_decay": .flag(true)])
                == training("adamw", [:]))
        #expect(try training("adamw", ["weight_decay": 0.0, "beta1": 0.8]) == training("adam", ["beta1": 0.8]))
        #expect(try training("adam", ["weight_decay": 0.01]) != training("adamw", ["weight_decay": 0.01]))
    }
}
