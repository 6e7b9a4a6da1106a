import Measures
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
}
