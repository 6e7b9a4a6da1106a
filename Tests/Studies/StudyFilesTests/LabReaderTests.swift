import Foundation
import Definitions
import Parameters
import StudyFiles
import TestSupport
import Testing
import TheoryLabs

@Suite struct LabReaderTests {
    private func lab(
        _ text: String, population: String = "seeds: 0", measures: String = "[empirical_risk, population_risk]"
    )
        -> String
    {
        """
        name: toy-lab
        lab: \(text)
        population: {\(population)}
        measures: \(measures)
        target: population_risk
        """
    }

    private func settings(_ text: String, population: String = "seeds: 0") throws -> [[String: ParameterValue]?] {
        try read(lab(text, population: population)).configurations.map { $0.model.of(LabModels.self)?.settings }
    }

    @Test("A lab's experiment and its settings are read; stating a default changes no definition")
    func reading() throws {
        let text = "{experiment: sco-sam-sharp, start: 0, step_size: 0.5, steps: 30}"
        #expect(try settings(text) == [["step_size": .number(0.5), "steps": .integer(30)]])
        let plain = try read(lab("{experiment: sco-sam-sharp}"))
        #expect(plain.configurations[0].model.of(LabModels.self)?.experiment == "sco-sam-sharp")
        #expect(plain.configurations[0].model.of(LabModels.self)?.settings == [:])
        let same = try read(lab("{experiment: sco-sam-sharp, algorithm: sam, start: 0.0}"))
        #expect(try same.definition.digest() == plain.definition.digest())
        #expect(try read(lab(text)).definition.digest() != plain.definition.digest())
    }

    @Test("Regimes and grids vary a lab's settings as they vary a network's keys")
    func varying() throws {
        let population =
            "seeds: 0-1, regimes: {a: {lab.algorithm: sa-gd}, b: {}}, grid: {lab.steps: [5, 6], lab.radius: [0.5]}"
        let study = try read(lab("{experiment: sco-sam-sharp}", population: population))
        #expect(
            study.configurations.map { $0.model.of(LabModels.self)?.settings } == [
                ["algorithm": .word("sa-gd"), "steps": .integer(5), "radius": .number(0.5)],
                ["algorithm": .word("sa-gd"), "steps": .integer(6), "radius": .number(0.5)],
                ["steps": .integer(5), "radius": .number(0.5)], ["steps": .integer(6), "radius": .number(0.5)],
            ])
        #expect(study.definition.models.count == 8)
        #expect(study.definition.models[7].label == "b, radius 0.5, steps 6, seed 1")
        #expect(study.definition.kind.unit == "models")
    }

    @Test("A definition comes back from its JSON with the same digest")
    func roundTrip() throws {
        for population in ["seeds: 0", "seeds: 0, grid: {lab.step_size: [0.25, 1.0]}"] {
            let definition = try read(lab("{experiment: sco-sam-sharp, radius: 2}", population: population)).definition
            let json = try definition.canonicalJSON()
            let back = try JSONDecoder().decode(StudySpecification.Definition.self, from: Data(json.utf8))
            #expect(try back.digest() == definition.digest())
            #expect(try back.models.map { try $0.digest } == definition.models.map { try $0.digest })
        }
    }

    @Test(
        "What is wrong with a lab is said with its line and the nearest name",
        arguments: [
            (
                "{experiment: sco-sam-sharpe}",
                "2: lab.experiment cannot be 'sco-sam-sharpe'. Did you mean 'sco-sam-sharp'?"
            ),
            ("{steps: 3}", "2: lab lacks 'experiment': one of those that 'basin labs' lists"),
            ("{experiment: sco-sam-sharp, stepsize: 3}", "2: unknown key 'stepsize' in lab. Did you mean 'step_size'?"),
            ("{experiment: sco-sam-sharp, steps: 1.5}", "2: lab.steps must be a whole number, not '1.5'"),
            ("{experiment: sco-sam-sharp, algorithm: sma}", "2: lab.algorithm cannot be 'sma'. Did you mean 'sam'?"),
            (
                "{experiment: sco-sa-gd, initial: 0.1}",
                "2: lab cannot be: initial: sa-gd starts at 0; state sa-gd-ascent for another start"
            ),
        ])
    func mistakes(text: String, expected: String) throws {
        #expect(try problems(lab(text)) == [expected])
    }

    @Test("A lab's study has no data, no network's measures and no rescaled copies")
    func notOfNetworks() throws {
        let text = lab("{experiment: sco-sam-sharp}")
        #expect(
            try problems(text + "\ndata: {dataset: mnist, training_points: 3}")
                == ["6: data is of networks, and 'lab' is there: leave one of them out"])
        #expect(
            try problems(lab("{experiment: sco-sam-sharp}", measures: "[population_risk, hessian_trace]")).first?
                .hasPrefix("4: there is no measure 'hessian_trace'.") == true)
        #expect(
            try problems(
                lab("{experiment: sco-sam-sharp}", population: "seeds: 0, rescaled: {seeds: 0, factors: {1: [2]}}"))
                == ["3: population.rescaled is of networks: a lab's models have no hidden layers to rescale"])
    }

    @Test("A setting that is a word splits models and is no number of theirs")
    func words() throws {
        let start = lab(
            "{experiment: sco-sam-sharp}", population: "seeds: 0, grid: {lab.algorithm: [sam, gd], lab.steps: [1, 2]}")
        let figure = "figures: [{name: a, kind: curves, x: steps, y: population_risk, by: algorithm}]"
        #expect(try problems(start + "\n" + figure).isEmpty)
        #expect(
            try problems(start + "\n" + figure.replacing("x: steps", with: "x: algorithm")).first?
                .hasPrefix("6: figures[1].x is 'algorithm', which is no number.") == true)
    }

    @Test("A study is of one experiment")
    func oneExperiment() throws {
        let population = "seeds: 0, grid: {lab.experiment: [sco-sam-sharp, sco-gd]}"
        #expect(
            try problems(lab("{experiment: sco-sam-sharp}", population: population))
                .contains {
                    $0.contains("names several experiments (sco-sam-sharp, sco-gd): make each a study of its own")
                })
    }
}
