import Foundation
import Results
import Testing

@Suite struct ResultsStoreStudiesTests {
    @Test("The same digest is the same version; another digest is the next version of that name")
    func versions() throws {
        let toy = try Toy()
        let store = toy.store
        #expect(toy.study.version == 1)
        #expect(try store.enter(.example()).id == toy.study.id)
        let second = try store.enter(.example(digest: "d2"))
        #expect(second.version == 2)
        #expect(try store.enter(.example(name: "other")).version == 1)
        #expect(try store.enter(.example()).id == toy.study.id)
        #expect(try store.study(named: "toy") == second)
        #expect(try store.study(named: "toy", version: 1).id == toy.study.id)
        #expect(try store.studies().map(\.name) == ["other", "toy", "toy"])
    }

    @Test("What does not define results is brought up to date, the moment of creation kept")
    func presentation() throws {
        let folder = try TemporaryFolder()
        let store = try ResultsStore.open(at: folder.path())
        let date = Date(timeIntervalSince1970: 1_777_777_777.125)
        let first = try store.enter(.example(), at: date)
        var changed = NewStudy.example()
        changed.title = "A better title"
        changed.source = "somewhere"
        changed.target = "generalization_gap"
        changed.specificationYAML = "# remark\n" + changed.specificationYAML
        let second = try store.enter(changed)
        #expect(first.createdAt == date)
        #expect(second.id == first.id && second.createdAt == date)
        #expect(second.title == "A better title")
        #expect(second.source == "somewhere")
        #expect(second.target == "generalization_gap")
        #expect(second.specificationYAML == changed.specificationYAML)
        #expect(try store.study(named: "toy") == second)
    }

    @Test("An unknown study has the nearest name, an unknown version the range")
    func unknown() throws {
        let toy = try Toy()
        #expect(throws: ResultsError.unknownStudy(name: "tyo", path: toy.store.path, suggestion: "Did you mean 'toy'?"))
        {
            try toy.store.study(named: "tyo")
        }
        #expect(throws: ResultsError.unknownVersion(study: "toy", version: 2, newest: 1)) {
            try toy.store.study(named: "toy", version: 2)
        }
    }

    @Test("A run keeps its provenance, and its end when it has one")
    func runs() throws {
        let toy = try Toy()
        let began = Date(timeIntervalSince1970: 1_700_000_000), ended = began.addingTimeInterval(61.5)
        var bare = Provenance.example
        bare.gitCommit = nil
        bare.isGitDirty = nil
        let second = try toy.store.beginRun(
            of: toy.study.id, jobs: 8, options: ["limit": "5"], provenance: bare, at: began)
        try toy.store.endRun(second, outcome: .interrupted, at: ended)
        let runs = try toy.store.runs(of: toy.study.id)
        #expect(runs.map(\.id) == [toy.run, second])
        #expect(runs[0].outcome == .running && runs[0].endedAt == nil && runs[0].provenance == .example)
        #expect(runs[1].provenance == bare)
        #expect(runs[1].jobs == 8 && runs[1].options == ["limit": "5"])
        #expect(runs[1].startedAt == began && runs[1].endedAt == ended && runs[1].outcome == .interrupted)
    }
}
