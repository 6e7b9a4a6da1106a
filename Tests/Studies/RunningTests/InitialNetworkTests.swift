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
        let copy = try #require(configurations.last?.variant != nil ? configurations.last : nil)
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

    @Test("Shapes and initial weights of one digest are one network, bit for bit, whatever they are called")
    func oneDigestOneNetwork() throws {
        var networks: [String: Network] = [:]
        for hidden in ["[]", "[6]"] {
            for activation in ["", ", activation: leaky-relu, negative_slope: 0.9", ", negative_slope: 0.5"] {
                for family in ["pytorch", "he", "glorot"] {
                    let study = ToyStudy(
                        hidden: hidden, network: activation, streams: ", initial_weights: \(family)", seeds: "0")
                    let configuration = try study.file.specification.configurations[0]
                    let specification = try #require(configuration.model.of(TrainedNetworks.self))
                    let material = try study.material
                    let shape = specification.shape.architecture(
                        inputs: material.training.inputSize, classes: material.classCount)
                    var stream = NativeStream(seed: 5)
                    let subject = material.subject(
                        Network(architecture: shape, initialisedFrom: &stream), of: specification, position: 0, seed: 0,
                        epochs: 1)
                    let network = try #require(subject.initialNetwork)
                    let digest = try configuration.trainingDigest(seed: 0)
                    #expect(networks[digest, default: network] == network, "\(hidden)\(activation) \(family)")
                    networks[digest] = network
                }
            }
        }
        // A linear network has three families, one of a hidden layer three times two activations.
        #expect(networks.count == 9)
        #expect(Set(networks.values.map(\.parameters)).count == 7, "PyTorch's and Glorot's weights know no activation")
    }
}
