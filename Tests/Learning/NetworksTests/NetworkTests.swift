import Digests
import Foundation
import Networks
import Randomness
import Testing

@Suite struct NetworkTests {
    private struct InitialWeights: Decodable {
        struct Tensor: Decodable {
            let first8: [Float]
            let sha256_float32_le: String
        }

        let widths: [Int]
        let seeds: [String: [String: Tensor]]
    }

    @Test("Initial weights on the torch-cpu stream are PyTorch's, bit for bit", arguments: [0, 1, 99] as [UInt64])
    func initialWeights(seed: UInt64) throws {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/initial-weights", withExtension: "json"))
        let vectors = try JSONDecoder().decode(InitialWeights.self, from: Data(contentsOf: url))
        let tensors = try #require(vectors.seeds[String(seed)])
        var stream = TorchCPUStream(seed: seed)
        let network = Network(architecture: Architecture(widths: vectors.widths), initialisedFrom: &stream)
        #expect(tensors.count == 2 * network.architecture.layers.count)
        for (index, layer) in network.architecture.layers.enumerated() {
            for (name, range) in [("weight", layer.weights), ("bias", layer.biases)] {
                let tensor = try #require(tensors["fc\(index + 1).\(name)"])
                let values = network.parameters[range]
                #expect(Array(values.prefix(8)) == tensor.first8)
                #expect(digest(values) == tensor.sha256_float32_le)
            }
        }
    }

    @Test("Weights and biases lie within 1 / sqrt(inputs), and some lie near it")
    func bounds() {
        var stream = NativeStream(seed: 4)
        let network = Network(architecture: Architecture(widths: [400, 50, 3]), initialisedFrom: &stream)
        for layer in network.architecture.layers {
            let bound = 1 / Float(layer.inputs).squareRoot()
            let largest = network.parameters[layer.weights].map(abs).max() ?? 0
            #expect(largest <= bound * 1.000_001)
            #expect(largest > bound * 0.95)
            #expect(network.parameters[layer.biases].allSatisfy { abs($0) <= bound })
        }
    }

    /// SHA-256 of the values as little-endian float32.
    private func digest(_ values: ArraySlice<Float>) -> String {
        var bytes = Data()
        for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) } }
        return SHA256.hexadecimal(of: [UInt8](bytes))
    }
}
