import Analysis
import Reports
import Results
import SyntheticStudies
import Testing

@Suite struct ProvenanceSectionTests {
    @Test("A run of another study is listed if a network was taken over from it, and only then")
    func takenOver() throws {
        let archive = try Archive()
        let other = try SyntheticStudy(name: "other", networks: [.init(columns: ["test_accuracy": 1])]).enter(
            in: archive.store)
        let trainer = try #require(try archive.store.runs(of: other.id).first)
        func rows() throws -> Int {
            let study = try archive.store.study(named: "toy")
            let text = try StudyReport(of: Population(of: study, in: archive.store), in: archive.store).markdown
            let table = try #require(text.split(separator: "## Provenance").last)
            return table.split(separator: "\n").count { $0.hasPrefix("| ") } - 2
        }
        let toy = try SyntheticStudy(networks: [.init(columns: ["test_accuracy": 1])]).enter(in: archive.store)
        #expect(try rows() == 1)
        let run = try #require(try archive.store.runs(of: toy.id).first)
        try archive.store.add(
            NewModel(position: 1, label: "taken over", digest: "other 0", trainedBy: trainer.id), study: toy.id,
            run: run.id)
        #expect(try rows() == 2)
    }
}
