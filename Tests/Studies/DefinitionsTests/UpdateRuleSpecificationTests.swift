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
                #"{"name":"sgd","parameters":{"momentum":0.9}}"#,
                "The update rule 'sgd' takes no such value: 'momentum' is no parameter."
            ),
        ])
    func unknown(json: String, message: String) {
        let error = #expect(throws: UpdateRuleError.self) {
            try JSONDecoder().decode(UpdateRuleSpecification.self, from: Data(json.utf8))
        }
        #expect(error?.description == message)
    }

    @Test("Plain descent adds no hyperparameters, as before there were other rules")
    func facts() throws {
        let model = try read(exampleText).configurations[0].model.kind
        #expect(model.facts.keys.sorted() == ["batch_size", "dataset", "learning_rate", "training_points"])
    }
}
