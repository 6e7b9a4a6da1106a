import Analysis
import Definitions
import Recording
import Results
import SyntheticStudies
import Testing

@Suite struct StudyAnalysisTests {
    private static let study: SyntheticStudy = {
        var study = KnownTruth().study
        study.published = [
            .init(kind: .correlation, measure: "weight_norm_l2", target: "test_accuracy", value: 0.7, tolerance: 0.3),
            .init(kind: .mean, measure: "test_accuracy", value: 0, tolerance: 0.1),
        ]
        study.claims = [
            Claim(claim: "It is high.", origin: .derived, statistic: .mean, measure: "test_accuracy", atLeast: 0.5),
            Claim(claim: "It is one.", origin: .derived, statistic: .value, measure: "test_accuracy", atLeast: 0.5),
        ]
        return study
    }()

    @Test("What is recorded is what was found: claims, replication, correlations, conditions and verdicts")
    func recorded() throws {
        let archive = try Archive()
        let study = try Self.study.enter(in: archive.store)
        let analysis = try StudyAnalysis(of: study, in: archive.store)
        try analysis.record(in: archive.store)
        let (store, verdicts) = (archive.store, try #require(analysis.verdicts))
        #expect(try store.findings(of: study.id) == analysis.claims.findings)
        #expect(try store.findings(of: study.id).map(\.agrees) == [true, nil])
        #expect(try store.replication(of: study) == analysis.replication.records)
        #expect(try store.replication(of: study).map(\.agrees) == [true, false])
        let correlations = try store.correlations(of: study.id)
        let expected = try #require(analysis.correlations).records + verdicts.partialRecords
        #expect(correlations.count == expected.count && correlations.contains { !$0.given.isEmpty })
        for record in expected {
            let found = correlations.first { $0.measure == record.measure && $0.given == record.given }
            #expect(found?.estimate == record.estimate && found?.reason == record.reason)
        }
        #expect(try store.judgements(of: study.id).map(\.sentence) == verdicts.rows.map(\.sentence))
    }

    @Test("A second analysis takes the place of the first")
    func again() throws {
        let archive = try Archive()
        let study = try Self.study.enter(in: archive.store)
        for _ in 0..<2 { try StudyAnalysis(of: study, in: archive.store).record(in: archive.store) }
        #expect(try archive.store.findings(of: study.id).count == 2)
        #expect(try archive.store.replication(of: study).count == 2)
        #expect(try archive.store.judgements(of: study.id).count == 6)
    }

    @Test("What is concluded of selected networks is not written over what is concluded of all")
    func restricted() throws {
        let archive = try Archive()
        let study = try Self.study.enter(in: archive.store)
        try StudyAnalysis(of: study, in: archive.store).record(in: archive.store)
        let correlations = try archive.store.correlations(of: study.id)
        let judgements = try archive.store.judgements(of: study.id)
        #expect(!correlations.isEmpty && !judgements.isEmpty)
        let part = try Population(of: study, in: archive.store, where: Restriction("position<20"))
        let analysis = try StudyAnalysis(of: part, in: archive.store)
        let error = #expect(throws: RestrictedAnalysis.self) { try analysis.record(in: archive.store) }
        #expect(error?.description.contains("'position < 20' selects is not recorded") == true, "\(error)")
        #expect(try archive.store.correlations(of: study.id) == correlations)
        #expect(try archive.store.judgements(of: study.id) == judgements)
        #expect(try archive.store.findings(of: study.id).map(\.agrees) == [true, nil])
    }

    @Test("Without a value of the target there are claims and replication alone")
    func withoutTarget() throws {
        let archive = try Archive()
        var study = Self.study
        for index in study.networks.indices { study.networks[index].columns["test_accuracy"] = nil }
        let entered = try study.enter(in: archive.store)
        let analysis = try StudyAnalysis(of: entered, in: archive.store)
        #expect(analysis.correlations == nil && analysis.verdicts == nil)
        try analysis.record(in: archive.store)
        #expect(
            try archive.store.findings(of: entered.id).map(\.reason) == [
                "None of 60 selected models has a value of test_accuracy.",
                "None of 60 selected models has a value of test_accuracy.",
            ])
        #expect(
            try archive.store.replication(of: entered).map(\.reason) == [
                "None of 60 selected models has a value of weight_norm_l2 and test_accuracy.",
                "None of 60 selected models has a value of test_accuracy.",
            ])
        #expect(try archive.store.correlations(of: entered.id).isEmpty)
    }

    @Test("A lab's models are chosen: they have correlations, and no verdict")
    func lab() throws {
        let archive = try Archive()
        var study = Self.study
        study.population = #"{"configurations":[{"lab":{"experiment":"none"},"seeds":[0]}]}"#
        let analysis = try StudyAnalysis(of: study.enter(in: archive.store), in: archive.store)
        #expect(!analysis.population.isSample && analysis.correlations != nil && analysis.verdicts == nil)
    }
}
