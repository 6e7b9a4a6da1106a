import Foundation
import Networks
import Randomness
import Results
import Definitions
import Running
import StudyFiles
import TestSupport
import Testing
import Training

@Suite struct InitialNetworkTests {
    @Test(
        "A subject's initial network is, bit for bit, the one from which training reaches the weights that a run keeps",
        arguments: ["", ", initialisation: torch-cpu"])
    func beginning(streams: String) async throws {
        let study = ToyStudy(streams: streams, seeds: "0-2", population: ", rescaled: {seeds: [1], factors: {1: [2]}}")
        let laboratory = try Laboratory()
        try await laboratory.run(study)
        let (material, configuration) = (try study.material, try study.file.specification.configurations[0])
        let specification = try #require(configuration.model.of(TrainedNetworks.self))
        for model in try laboratory.trained() {
            let kept = try Network(safetensors: Data(#require(try laboratory.store.weights(of: model.id))))
            let seed = try #require(model.seed)
            let subject = material.subject(
                kept, of: specification, position: model.position, seed: seed, epochs: try #require(model.epochs))
            var network = try #require(subject.initialNetwork)
            #expect(network != kept)
            var order = NativeStream(seed: seed).child("epoch-order")
            _ = try network.train(
                on: material.training, recipe: specification.training.recipe, order: &order)
            #expect(network.parameters.map(\.bitPattern) == kept.parameters.map(\.bitPattern))
        }
        #expect(try laboratory.trained().count == 3)
    }

    @Test("A rescaled copy's initial network is that of its original")
    func copy() throws {
        let study = ToyStudy(seeds: "0-2", population: ", rescaled: {seeds: [1], factors: {1: [2]}}")
        let configurations = try study.file.specification.configurations
        let copy = try #require(configurations.last?.rescaling != nil ? configurations.last : nil)
        let networks = try [configurations[0], copy].map { configuration in
            let specification = try #require(configuration.model.of(TrainedNetworks.self))
            var stream = NativeStream(seed: 5)
            let shape = specification.shape.architecture(inputs: 64, classes: 10)
            let trained = Network(architecture: shape, initialisedFrom: &stream)
            return try study.material.subject(trained, of: specification, position: 0, seed: 1, epochs: 1)
                .initialNetwork
        }
        #expect(networks[0] == networks[1] && networks[0] != nil)
    }
}
