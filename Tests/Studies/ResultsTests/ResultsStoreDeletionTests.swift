import Foundation
import Results
import Testing

@Suite struct ResultsStoreDeletionTests {
    @Test("A deleted study goes with all its versions and rows; the others stay whole")
    func deleted() throws {
        let toy = try Toy()
        let store = toy.store
        try toy.add(0)
        try store.endRun(toy.run, outcome: .finished)
        let next = try store.enter(.example(digest: "d2"))
        let other = try store.enter(.example(name: "other", digest: "d3"))
        let run = try store.beginRun(of: other.id, jobs: 1, provenance: .example)
        try store.add(.example(7), study: other.id, run: run)
        try store.endRun(run, outcome: .finished)
        let digest = try store.contentDigest(of: other.id)
        #expect(next.version == 2)

        #expect(try store.delete(studiesNamed: ["toy"]) == 1)
        #expect(try store.studies().map(\.name) == ["other"])
        #expect(try store.damages() == [])
        #expect(try store.contentDigest(of: other.id) == digest)
        try store.compact()
        #expect(try store.damages() == [])
        // The name is free again.
        #expect(try store.enter(.example()).version == 1)
    }

    @Test("A study is not deleted while a run works on it, nor one that the file does not hold")
    func refused() throws {
        let toy = try Toy()
        try toy.add(0)
        #expect(throws: UndeletableStudy.isAtWork(study: "toy", runs: 1)) {
            try toy.store.delete(studiesNamed: ["toy"])
        }
        #expect(throws: ResultsError.self) { try toy.store.delete(studiesNamed: ["toy", "tyo"]) }
        #expect(try toy.store.models(of: toy.study.id).count == 1)
    }

    @Test("A study whose networks another took over goes only together with that one")
    func shared() throws {
        let toy = try Toy()
        try toy.store.endRun(toy.run, outcome: .finished)
        let taker = try toy.store.enter(.example(name: "taker", digest: "d3"))
        try toy.store.add(.example(0), study: taker.id, run: toy.run)
        #expect(throws: UndeletableStudy.isShared(study: "toy", with: ["taker"])) {
            try toy.store.delete(studiesNamed: ["toy"])
        }
        #expect(try toy.store.delete(studiesNamed: ["toy", "taker"]) == 1)
        #expect(try toy.store.studies().isEmpty)
    }

    @Test("What each study takes is counted by version")
    func spaces() throws {
        let toy = try Toy()
        try toy.add(0)
        try toy.add(1)
        _ = try toy.store.enter(.example(digest: "d2"))
        let spaces = try toy.store.spaces()
        #expect(spaces.map(\.study.version) == [1, 2])
        #expect(spaces.map(\.trained) == [2, 0] && spaces.map(\.weightBytes) == [6, 0])
        #expect(spaces.map(\.withWeights) == [2, 0] && spaces.map(\.runs) == [1, 0])
    }
}
