import Definitions
import Results
import Testing

@Suite struct ResultsStoreCheckpointsTests {
    private let early = Checkpoint(epochs: 3, seconds: 1.5, state: [1, 2, 3])
    private let late = Checkpoint(epochs: 9, seconds: 4.25, state: [UInt8](repeating: 7, count: 100_000))

    @Test("A checkpoint comes back as saved, the newest in place of the one before, each network's its own")
    func roundTrip() throws {
        let toy = try Toy()
        #expect(try toy.store.checkpoint(ofNetwork: "t0") == nil)
        try toy.store.save(early, ofNetwork: "t0")
        try toy.store.save(early, ofNetwork: "t1")
        try toy.store.save(late, ofNetwork: "t0")
        #expect(try toy.store.checkpoint(ofNetwork: "t0") == late)
        #expect(try toy.store.checkpoint(ofNetwork: "t1") == early)
        try toy.store.deleteCheckpoint(ofNetwork: "t0")
        #expect(try toy.store.checkpoint(ofNetwork: "t0") == nil)
        #expect(try ReadOnlyQuery("SELECT training_digest FROM checkpoint", at: toy.store.path).rows == [[.text("t1")]])
    }

    @Test("Adding a model deletes the checkpoint of its network, also when it failed or its position is taken")
    func finished() throws {
        let toy = try Toy()
        func add(_ position: Int, outcome: NewModel.Outcome = .trained) throws {
            var model = NewModel.example(position)
            model.trainingDigest = "t0"
            model.outcome = outcome
            for network in ["t0", "t1"] { try toy.store.save(early, ofNetwork: network) }
            try toy.store.add(model, study: toy.study.id, run: toy.run)
            #expect(try toy.store.checkpoint(ofNetwork: "t0") == nil)
            #expect(try toy.store.checkpoint(ofNetwork: "t1") == early)
        }
        try add(0)
        try add(0)
        try add(1, outcome: .failed(reason: "loss is not finite"))
    }

    @Test("A model that cannot be added leaves the checkpoint")
    func notAdded() throws {
        let toy = try Toy()
        try toy.store.save(early, ofNetwork: "m0")
        #expect(throws: ResultsError.self) { try toy.add(0, ["label": 1]) }
        #expect(try toy.store.checkpoint(ofNetwork: "m0") == early)
    }
}
