import Definitions
import Foundation
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
                #"{"name":"sgd","parameters":{"nesterov":true}}"#,
                "The update rule 'sgd' takes no such values together: 'nesterov' needs a momentum."
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
