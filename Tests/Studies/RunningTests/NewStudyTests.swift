import Definitions
import Foundation
import Results
import Running
import StudyFiles
import Testing

struct NewStudyTests {
    @Test("A study enters the database with its text, its definition and its digest")
    func newStudy() throws {
        let text = """
            name: toy
            title: A toy
            data: {dataset: mnist, training_points: 250}
            network: {hidden: [64, 8]}
            training: {learning_rate: 0.1, batch_size: 64, epochs: 500}
            population: {seeds: 0-9}
            measures: [test_accuracy, pair_proxy]
            """
        let file = try StudyFile(text: text, path: "toy.yml")
        let study = try NewStudy(file)
        #expect(study.name == "toy")
        #expect(study.specificationYAML == text)
        #expect(study.digest == (try file.specification.definition.digest()))
        let decoded = try JSONDecoder().decode(
            StudySpecification.Definition.self, from: Data(study.specificationJSON.utf8))
        #expect(decoded == file.specification.definition)
    }
}
