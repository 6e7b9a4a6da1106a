import Foundation
import Results
import Testing

@Suite struct ResultsStoreNetworksTests {
    private func add(
        _ toy: Toy, _ position: Int, network: String, weights: [UInt8]?, variant: String? = nil,
        outcome: NewModel.Outcome = .trained, study: StudyRecord.ID? = nil, run: RunRecord.ID? = nil
    ) throws -> ModelRecord.ID {
        var model = NewModel.example(position, weights: weights)
        model.trainingDigest = network
        model.digest = [network, variant].compactMap(\.self).joined(separator: " ")
        model.variant = variant
        model.outcome = outcome
        return try #require(try toy.store.add(model, study: study ?? toy.study.id, run: run ?? toy.run))
    }

    @Test("A network is found in any study, but no variant of it, none that failed, none without weights")
    func found() throws {
        let toy = try Toy()
        let other = try toy.store.enter(.example(name: "other"))
        _ = try add(toy, 0, network: "t", weights: [1], variant: "layer 1 x 2")
        _ = try add(toy, 1, network: "t", weights: nil)
        _ = try add(toy, 2, network: "t", weights: [3], outcome: .failed(reason: "diverged"))
        _ = try add(toy, 3, network: "another", weights: [4])
        #expect(try toy.store.weights(ofNetwork: "t") == nil)
        let id = try add(toy, 0, network: "t", weights: [5], study: other.id)
        _ = try add(toy, 4, network: "t", weights: [6])
        let network = try #require(try toy.store.weights(ofNetwork: "t"))
        #expect(network.modelID == id && network.weights == [5])
        #expect(network.epochs == 160 && network.seconds == 1.5)
        #expect(network.trainedBy == toy.run && network.provenance == .example)
    }

    @Test("The caller judges the provenance, and the oldest network that it accepts is taken")
    func accepted() throws {
        let toy = try Toy()
        var otherData = Provenance.example
        otherData.datasetDigests = ["mnist/train-images": "11ee"]
        let second = try toy.store.beginRun(of: toy.study.id, jobs: 1, provenance: otherData)
        _ = try add(toy, 0, network: "t", weights: [1])
        let id = try add(toy, 1, network: "t", weights: [2], run: second)
        _ = try add(toy, 2, network: "t", weights: [3], run: second)
        let found = try toy.store.weights(ofNetwork: "t") { $0.provenance.datasetDigests == otherData.datasetDigests }
        #expect(found?.modelID == id && found?.provenance == otherData)
        #expect(try toy.store.weights(ofNetwork: "t") { $0.provenance.blasKernel == "Prescott" } == nil)
    }

    @Test("A network that was taken over names the run that trained it, its measurements the run that took them")
    func takenOver() throws {
        let toy = try Toy()
        let other = try toy.store.enter(.example(name: "other"))
        let second = try toy.store.beginRun(of: other.id, jobs: 1, provenance: .example)
        try toy.add(0)
        let network = try #require(try toy.store.weights(ofNetwork: "m0"))
        var model = NewModel.example(7, weights: network.weights)
        model.trainedBy = network.trainedBy
        _ = try toy.store.reserve(study: other.id, position: 7, run: second)
        try toy.store.add(
            model, measurements: [MeasurementRecord(measure: "a", value: 1)], study: other.id, run: second)
        #expect(try toy.store.models(of: other.id).map(\.runID) == [toy.run])
        #expect(try toy.store.reservations(of: other.id) == [:])
        #expect(
            try ReadOnlyQuery("SELECT run_id FROM measurement", at: toy.store.path).rows == [
                [.integer(second.rawValue)]
            ])
    }

    @Test("Variant, regime and the network's digest come back; the digest is the model's own where none is given")
    func roundTrip() throws {
        let toy = try Toy()
        try toy.store.add(
            NewModel(position: 0, label: "seed 0", digest: "d", seed: 1, regime: "large"), study: toy.study.id,
            run: toy.run)
        try toy.store.add(
            NewModel(
                position: 1, label: "seed 0, layer 1 x 2", digest: "v", trainingDigest: "d", variant: "layer 1 x 2",
                seed: 1,
                regime: "large"), study: toy.study.id, run: toy.run)
        let models = try toy.store.models(of: toy.study.id)
        #expect(models.map(\.trainingDigest) == ["d", "d"] && models.map(\.digest) == ["d", "v"])
        #expect(models.map(\.variant) == [nil, "layer 1 x 2"] && models.map(\.regime) == ["large", "large"])
        #expect(try toy.store.model(of: toy.study.id, at: 1) == models[1])
        #expect(try toy.store.model(of: toy.study.id, at: 2) == nil)
        #expect(
            try ReadOnlyQuery("SELECT variant, regime FROM models ORDER BY position", at: toy.store.path).rows
                == [[.null, .text("large")], [.text("layer 1 x 2"), .text("large")]])
    }

    @Test("Damaged weights are told with file, study and model")
    func damaged() throws {
        let toy = try Toy()
        let id = try #require(try toy.add(3))
        let error = toy.store.damagedWeights(of: id, reason: "the header ends early")
        #expect(
            error as? ResultsError
                == .damagedWeights(path: toy.store.path, study: "toy", label: "seed 3", reason: "the header ends early")
        )
        for word in [toy.store.path, "'toy'", "'seed 3'", "the header ends early"] {
            #expect("\(error)".contains(word))
        }
    }
}
