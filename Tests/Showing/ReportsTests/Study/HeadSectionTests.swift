import Analysis
import Reports
import SyntheticStudies
import Testing

@Suite struct HeadSectionTests {
    @Test("A network that a study has at several positions counts once, and the report says so")
    func repeats() throws {
        let digests = ["a", "b", "a", "c", "d", "b"]
        let study = SyntheticStudy(
            networks: digests.enumerated().map { index, digest in
                .init(
                    columns: ["test_accuracy": Double(index * 7 % 5), "weight_norm_l2": Double(index)], digest: digest)
            })
        let archive = try Archive()
        let population = try archive.population(study)
        #expect(population.models.map(\.position) == [0, 1, 3, 4])
        #expect(population.repeats == 2)
        #expect(try population.correlation("weight_norm_l2", "test_accuracy").count == 4)
        let text = try StudyReport(of: population, in: archive.store).markdown
        #expect(
            text.contains(
                "4 trained networks of 3, 0 failed, 2 more that repeat one of them and count once; study `toy`"))
    }
}
