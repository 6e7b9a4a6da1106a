import Measures
import Parameters
import Testing
import TheoryLabs

@Suite struct LabCatalogueTests {
    @Test("Each experiment has an id of its own, and its measures too")
    func ids() {
        let ids = LabCatalogue.experiments.map { $0.about.id }
        #expect(Set(ids).count == ids.count)
        for experiment in LabCatalogue.experiments {
            let measures = experiment.measureDescriptions.map(\.id)
            #expect(Set(measures).count == measures.count, "\(experiment.about.id)")
            let settings = experiment.about.settings.map(\.name)
            #expect(Set(settings).count == settings.count, "\(experiment.about.id)")
        }
    }

    @Test("A measure's id means the same in all experiments, and is no measure of networks")
    func meanings() {
        for experiment in LabCatalogue.experiments {
            for about in experiment.measureDescriptions {
                #expect(LabCatalogue.measures.first { $0.id == about.id }?.title == about.title)
                #expect(!MeasureCatalogue.descriptions.contains { $0.id == about.id })
            }
        }
    }

    @Test("Every experiment makes a model of its defaults, and each measure of it is a number or says why not")
    func defaults() throws {
        for experiment in LabCatalogue.experiments { try check(experiment) }
    }

    private func check<Lab: Experiment>(_ experiment: Lab.Type) throws {
        let lab = try Lab(ParameterValues(Lab.about.settings))
        let ids = Lab.measureDescriptions.map(\.id)
        let (values, _) = try lab.measurements(of: ids, seed: 0)
        #expect(values.map(\.id) == ids)
        for found in values {
            #expect(
                found.value.value?.isFinite == true || found.value.reason?.isEmpty == false,
                "\(Lab.about.id) \(found.id)")
        }
        #expect(
            values.contains { $0.id == "population_risk" && $0.value.value != nil }
                || Lab.about.id.hasPrefix("geometry-"))
        let again = try lab.measurements(of: ids, seed: 0).values.map(\.value)
        #expect(again == values.map(\.value), "\(Lab.about.id) is no function of settings and seed")
    }

    @Test("What a model is continues a sentence, and the limits are sentences of one line")
    func descriptions() {
        for about in LabCatalogue.experiments.map({ $0.about }) {
            #expect(
                about.model.first?.isLowercase == true && about.model.last != "." && !about.model.contains("\n"),
                "\(about.id)")
            #expect(about.limits.last == "." && !about.limits.contains("\n"), "\(about.id)")
        }
    }

    @Test("Each setting is described, in a range that holds its default")
    func settings() {
        for experiment in LabCatalogue.experiments {
            for setting in experiment.about.settings {
                #expect(!setting.summary.isEmpty && setting.text.contains("where nothing is said"))
                #expect(setting.name.wholeMatch(of: /[a-z][a-z_]*/) != nil, "\(experiment.about.id) \(setting.name)")
            }
        }
    }
}
