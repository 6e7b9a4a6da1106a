import Analysis
import SyntheticStudies
import Testing

@Suite struct MostTellingGroupingTests {
    @Test("The factor that colours a picture is the one that moves the target and the measures")
    func chosen() throws {
        var study = FamilySamples.studies()[0]
        for index in study.networks.indices {
            study.networks[index].regime = nil
            // By index alone, and by what the accuracy is.
            let accuracy = study.networks[index].columns["test_accuracy"] ?? 0
            let median = study.networks.compactMap { $0.columns["test_accuracy"] }.sorted()[study.networks.count / 2]
            study.networks[index].hyperparameters =
                #"{"batch_size":\#(accuracy < median ? 16 : 64),"another":\#(index % 2)}"#
        }
        let population = try Archive().population(study)
        #expect(Set(population.groupings.map(\.name)) == ["batch_size", "another"])
        #expect(population.mostTellingGrouping(of: "test_accuracy", ["hessian_trace"])?.name == "batch_size")
    }
}
