import Definitions
import Results
import Testing

@Suite struct ResultsStoreContentTests {
    private func fill(_ toy: Toy, order: [Int], seconds: Double = 1, change: (inout NewModel) -> Void = { _ in }) throws
    {
        for position in order {
            var model = NewModel.example(position, weights: [UInt8(position), 9])
            model.seconds = seconds
            change(&model)
            let measurements = [
                MeasurementRecord(measure: "a", value: 0.1 * Double(position), standardError: 0.5, seconds: seconds),
                MeasurementRecord(measure: "b", status: .failed, reason: "tab\tand\nbreak", seconds: seconds),
            ]
            try toy.store.add(model, measurements: measurements, study: toy.study.id, run: toy.run)
        }
    }

    @Test("The order of work, the runs and the times leave the content as it is")
    func orderDoesNotMatter() throws {
        let one = try Toy(), two = try Toy()
        try fill(one, order: [0, 1, 2])
        _ = try two.store.enter(.example(name: "before"))
        _ = try two.store.beginRun(of: two.study.id, jobs: 7, provenance: .example)
        try fill(two, order: [2, 0, 1], seconds: 77)
        #expect(try one.store.contentLines(of: one.study.id) == two.store.contentLines(of: two.study.id))
        #expect(try one.store.contentDigest(of: one.study.id) == two.store.contentDigest(of: two.study.id))
        #expect(try one.store.contentLines(of: one.study.id).count == 9)
    }

    @Test("A single bit of a weight, a value or a word changes the content")
    func everythingCounts() throws {
        let base = try Toy()
        try fill(base, order: [0, 1])
        let digest = try base.store.contentDigest(of: base.study.id)
        let changes: [(inout NewModel) -> Void] = [
            { $0.weights?[1] ^= 1 }, { $0.weights = nil }, { $0.epochs = 161 }, { $0.label += "!" },
            { $0.digest = "m" },
            { $0.trainingDigest = "t" }, { $0.variant = "layer 1 x 2" },
            { $0.seed = nil }, { $0.regime = "small" }, { $0.hyperparameters = "{}" },
            { $0.outcome = .failed(reason: "x") },
        ]
        for change in changes {
            let toy = try Toy()
            try fill(toy, order: [0, 1], change: change)
            #expect(try toy.store.contentDigest(of: toy.study.id) != digest)
        }
        let toy = try Toy()
        try fill(toy, order: [0])
        var model = NewModel.example(1, weights: [1, 9])
        model.seconds = 1
        try toy.store.add(
            model,
            measurements: [
                MeasurementRecord(measure: "a", value: (0.1 as Double).nextUp, standardError: 0.5),
                MeasurementRecord(measure: "b", status: .failed, reason: "tab\tand\nbreak"),
            ], study: toy.study.id, run: toy.run)
        #expect(try toy.store.contentDigest(of: toy.study.id) != digest)
    }

    @Test(
        """
        How the work went leaves the content as it is: claims, checkpoints, failures that were mended, networks \
        taken over
        """
    )
    func workDoesNotMatter() throws {
        let one = try Toy(), two = try Toy()
        for toy in [one, two] { _ = try toy.store.reserve(study: toy.study.id, position: 0, run: toy.run) }
        try fill(one, order: [0, 1])
        let stranger = try two.store.beginRun(
            of: two.store.enter(.example(name: "other")).id, jobs: 1, provenance: .example)
        try fill(two, order: [1]) { $0.outcome = .failed(reason: "no memory") }
        try fill(two, order: [1, 0]) { $0.trainedBy = stranger }
        _ = try two.store.reserve(study: two.study.id, position: 5, run: two.run)
        try two.store.save(Checkpoint(epochs: 1, seconds: 2, state: [3]), ofNetwork: "m5")
        try two.store.heartbeat(run: two.run)
        #expect(try two.store.earlierFailures(of: two.study.id).count == 1)
        #expect(try one.store.contentLines(of: one.study.id) == two.store.contentLines(of: two.study.id))
    }

    @Test(
        "A network that lies with another model is content like one's own; that of another run, and a variant's, is not"
    )
    func weightsElsewhere() throws {
        let own = try Toy(), shared = try Toy()
        try fill(own, order: [1])
        let study = try shared.store.enter(.example(name: "other", digest: "d2")).id
        let (stranger, later) = (
            try shared.store.beginRun(of: study, jobs: 1, provenance: .example),
            try shared.store.beginRun(of: study, jobs: 1, provenance: .example)
        )
        for (position, run, weights) in [(0, later, [7, 7]), (1, stranger, [1, 9])] as [(Int, RunRecord.ID, [UInt8])] {
            var model = NewModel.example(position, weights: weights)
            model.trainingDigest = "m1"
            try shared.store.add(model, study: study, run: run)
        }
        try fill(shared, order: [1]) { ($0.weights, $0.trainedBy) = (nil, stranger) }
        #expect(try shared.store.contentLines(of: shared.study.id) == own.store.contentLines(of: own.study.id))
        let (variant, other) = (try Toy(), try Toy())
        for (toy, weights) in [(variant, nil), (other, [1, 9])] as [(Toy, [UInt8]?)] {
            try fill(toy, order: [0]) { ($0.trainingDigest, $0.weights) = ("m1", [1, 9]) }
            try fill(toy, order: [1]) { ($0.variant, $0.weights) = ("layer 1 x 2", weights) }
        }
        #expect(try variant.store.contentLines(of: variant.study.id) != other.store.contentLines(of: other.study.id))
    }

    @Test("What measures keep is content, whatever the order in which it came")
    func keptCounts() throws {
        func digest(_ kept: [(position: Int, data: [String: [UInt8]])]) throws -> String {
            let toy = try Toy()
            for (position, data) in kept {
                try toy.store.add(.example(position), kept: data, study: toy.study.id, run: toy.run)
            }
            return try toy.store.contentDigest(of: toy.study.id)
        }
        let base = try digest([(0, ["a": [1], "b": [2]]), (1, ["a": [3]])])
        #expect(try digest([(1, ["a": [3]]), (0, ["b": [2], "a": [1]])]) == base)
        #expect(try digest([(0, ["a": [1], "b": [2]]), (1, ["a": [2]])]) != base)
        #expect(try digest([(0, ["a": [1], "c": [2]]), (1, ["a": [3]])]) != base)
        #expect(try digest([(0, ["a": [1], "b": [2]]), (1, [:])]) != base)
    }

    @Test("Every row is one line")
    func oneLineEach() throws {
        let toy = try Toy()
        try fill(toy, order: [0])
        #expect(try toy.store.contentLines(of: toy.study.id).allSatisfy { !$0.contains("\n") })
    }
}
