import Measures
import Testing

@Suite struct MeasureCatalogueTests {
    private let descriptions = MeasureCatalogue.descriptions

    @Test("Ids are unique and fit for column names")
    func ids() {
        #expect(Set(descriptions.map(\.id)).count == descriptions.count)
        for id in descriptions.map(\.id) {
            #expect(id.wholeMatch(of: /[a-z][a-z0-9]*(_[a-z0-9]+)*/) != nil, "\(id)")
        }
    }

    @Test("Every description is complete")
    func complete() {
        for about in descriptions {
            for text in [about.title, about.family, about.formula, about.source, about.effortUnit, about.limits] {
                #expect(!text.isEmpty, "\(about.id)")
            }
            #expect(
                [
                    "sharpness", "weakness", "simplicity", "performance", "optimisation", "function-space", "margin",
                    "PAC-Bayes", "features", "norm",
                ].contains(about.family))
            for option in about.options {
                #expect(option.name.wholeMatch(of: /[a-z_]+/) != nil)
                #expect(!option.summary.isEmpty)
                if case .choice(let choices) = option.kind { #expect(Set(choices).count >= 2) }
            }
            #expect(Set(about.options.map(\.name)).count == about.options.count)
        }
    }

    @Test("A measure that reads unseen labels, or which labels are wrong, may not call itself a predictor")
    func predictors() {
        for about in descriptions {
            #expect(about.mayPredict == about.reads.isDisjoint(with: [.unseenLabels, .construction]), "\(about.id)")
        }
        let targets = descriptions.filter { !$0.mayPredict }.map(\.id)
        #expect(
            Set(targets) == [
                "test_loss", "test_accuracy", "generalization_gap", "wrong_on_unseen", "ensemble_agreement",
                "clean_train_accuracy", "noise_memorised",
            ])
    }

    @Test("Every id finds its measure")
    func lookup() throws {
        for measure in MeasureCatalogue.all { #expect(try MeasureCatalogue.measure(measure.about.id) == measure) }
        for measure in MeasureCatalogue.population {
            #expect(MeasureCatalogue.populationMeasure(measure.about.id).map { $0 == measure } == true)
        }
        #expect(MeasureCatalogue.populationMeasure("hessian_trace") == nil)
    }

    @Test("A population's measure asked for as a network's is answered with what it is")
    func ofPopulation() {
        let error = #expect(throws: UnknownMeasure.self) { try MeasureCatalogue.measure("ensemble_agreement") }
        #expect(error?.description == "'ensemble_agreement' is a measure of a population, not of one network.")
    }

    @Test("An unknown measure is answered with the nearest name, or with all names when none is near")
    func unknown() {
        let near = #expect(throws: UnknownMeasure.self) { try MeasureCatalogue.measure("hesian_trace") }
        #expect(near?.description == "There is no measure 'hesian_trace'. Did you mean 'hessian_trace'?")
        let far = #expect(throws: UnknownMeasure.self) { try MeasureCatalogue.measure("temperature") }
        for about in descriptions { #expect(far?.description.contains(about.id) == true) }
    }
}
