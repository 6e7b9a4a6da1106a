import Definitions
import Documents
import Parameters
import StudyFiles
import TestSupport
import Testing
import Training

@Suite struct UpdateRuleReaderTests {
    private func training(_ more: String) -> String {
        example(population: "seeds: 0-9", training: "learning_rate: 0.1, batch_size: 64, epochs: 500, \(more)")
    }

    @Test("A study that names plain descent is the one that names no rule")
    func plain() throws {
        let (silent, named) = (try read(exampleText), try read(training("rule: sgd")))
        #expect(named.configurations[0].training.rule == .plain)
        #expect(silent.configurations[0].training.rule == .plain)
        #expect(try named.definition.digest() == silent.definition.digest())
        #expect(try !named.definition.canonicalJSON().contains("rule"))
    }

    @Test("A grid may vary the rule")
    func grid() throws {
        let text = example(
            population: "seeds: 0-9, grid: {training.rule: [sgd, sam], training.momentum: [0, 0.9]}")
        let found = try read(text).configurations.map { $0.model.kind.facts }
        #expect(found.map { $0["rule"] } == [nil, "sgd", "sam", "sam"])
        #expect(found.map { $0["momentum"] } == [nil, 0.9, 0, 0.9])
        #expect(found.map { $0["radius"] } == [nil, nil, 0.05, 0.05])
    }

    @Test("A rule's keys are read beside it, and what does not go together is refused with its line")
    func keys() throws {
        let rule = try read(training("rule: asam, radius: 1, momentum: 0.9")).configurations[0].training.rule
        #expect(rule.parameters == ["radius": 1.0, "momentum": 0.9])
        #expect(try problems(training("radius: 1")).contains { $0.contains("unknown key 'radius' in training") })
        #expect(
            try problems(training("momentum: 0.9, nesterov: true, dampening: 0.1")).contains {
                $0.contains("The update rule 'sgd' takes no such values together: 'nesterov' goes without dampening.")
            })
        #expect(try problems(training("rule: adamw, momentum: 0")).contains { $0.contains("unknown key 'momentum'") })
        #expect(try problems(training("rule: adam, beta2: 1")).contains { $0.contains("training.beta2 must be") })
    }

    @Test("An unknown rule, and a parameter that the rule does not have, are refused with the nearest word")
    func unknown() throws {
        #expect(
            try problems(training("rule: sdg")).contains {
                $0.contains("training.rule cannot be 'sdg'. Did you mean 'sgd'?")
            })
        #expect(try problems(training("momentun: 0.9")).contains { $0.contains("unknown key 'momentun' in training") })
    }

    @Test("No rule's parameter has the name of another, or of a key that all trainings have")
    func names() {
        let common: Set = [
            "rule", "learning_rate", "learning_rate_scaling", "reference_batch_size", "batch_size", "epochs", "stop",
            "drops", "initialisation", "order", "schedule", "warm_up", "schedule_floor", "schedule_pace", "dropout",
            "input_noise", "initial_weights", "initial_biases", "initial_scale",
        ]
        for about in UpdateRuleCatalogue.descriptions {
            let names = about.parameters.map(\.name)
            #expect(Set(names).count == names.count && common.isDisjoint(with: names), "\(about.id)")
        }
    }

    private static let parameters = [
        Parameter("momentum", numbers: 0...1, default: 0.9, "what stays"),
        Parameter("steps", integers: 1...9, default: 1, "how many"),
        Parameter("norm", .choice(["l1", "l2"]), default: .value("l2"), "which"),
        Parameter("nesterov", default: false, "whether"),
    ]

    private func stated(_ text: String) throws -> [String: ParameterValue] {
        try YAMLDocument(text: text, path: "rule.yml").read(as: "the rule") { $0.stated(Self.parameters) }
    }

    @Test("Parameters of each kind are read by their declarations")
    func kinds() throws {
        let found = try stated("{momentum: 1, steps: 3, norm: l1, nesterov: true}")
        #expect(found == ["momentum": 1, "steps": 3, "norm": "l1", "nesterov": true])
        #expect(try stated("{steps: 3}") == ["steps": 3])
    }

    @Test(
        "What a parameter cannot be is refused with what it can",
        arguments: [
            ("{momentum: 2}", "momentum must be a number from 0.0 to 1.0, not '2'"),
            ("{momentum: big}", "momentum must be a number from 0.0 to 1.0, not 'big'"),
            ("{steps: 1.5}", "steps must be a whole number, not '1.5'"),
            ("{steps: 10}", "steps must be from 1 to 9, not 10"),
            ("{norm: l3}", "norm cannot be 'l3'. Known names: l1, l2."),
            ("{norm: [l1]}", "norm must be text, not a list"),
            ("{nesterov: 1}", "nesterov must be true or false, not '1'"),
        ])
    func wrong(text: String, message: String) {
        let error = #expect(throws: DocumentError.self) { try stated(text) }
        #expect(error?.problems.map(\.message) == [message])
    }
}
