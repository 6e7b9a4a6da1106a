import Digests
import Foundation
import Networks
import Randomness
import Testing

@Suite struct NetworkTests {
    private struct Vectors: Decodable {
        struct Tensor: Decodable {
            let first8: [Float]
            let sha256_float32_le: String
        }

        struct Family: Decodable {
            let family: String
            let slope: Float
            let scale: Double
            let tensors: [String: Tensor]
        }

        let widths: [Int]
        let seeds: [String: [String: Tensor]]
        let families: [Family]
    }

    private func vectors() throws -> Vectors {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/initial-weights", withExtension: "json"))
        return try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: url))
    }

    private func expect(_ network: Network, _ tensors: [String: Vectors.Tensor]) throws {
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

    @Test("Initial weights on the torch-cpu stream are PyTorch's, bit for bit", arguments: [0, 1, 99] as [UInt64])
    func initialWeights(seed: UInt64) throws {
        let vectors = try vectors()
        let tensors = try #require(vectors.seeds[String(seed)])
        var stream = TorchCPUStream(seed: seed)
        try expect(Network(architecture: Architecture(widths: vectors.widths), initialisedFrom: &stream), tensors)
    }

    @Test("So are those of PyTorch's other initialisers, with a slope and with a factor", arguments: 0..<4)
    func families(index: Int) throws {
        let vectors = try vectors()
        try #require(vectors.families.count == 4)
        let family = vectors.families[index]
        let initial = try InitialWeights(family: #require(.init(rawValue: family.family)), scale: family.scale)
        let activation = family.slope == 0 ? Activation.relu : .leakyReLU(slope: family.slope)
        var stream = TorchCPUStream(seed: 7)
        let architecture = Architecture(widths: vectors.widths, activation: activation)
        try expect(Network(architecture: architecture, initialisedFrom: &stream, initial), family.tensors)
    }

    @Test("Biases of 0 are not drawn, and a factor multiplies what is drawn")
    func zeroBiases() {
        var (stream, other) = (NativeStream(seed: 4), NativeStream(seed: 4))
        let architecture = Architecture(widths: [30, 20, 3])
        let network = Network(architecture: architecture, initialisedFrom: &stream, .init(biases: .zero, scale: 2))
        var bound = 2 / Float(30).squareRoot()
        let first = other.uniforms(count: 600, low: -bound, high: bound)
        bound = 2 / Float(20).squareRoot()
        let second = other.uniforms(count: 60, low: -bound, high: bound)
        let zeros = { [Float](repeating: 0, count: $0) }
        let expected = first + zeros(20) + second + zeros(3)
        #expect(zip(network.parameters, expected).allSatisfy { abs($0 - $1) <= 1e-6 })
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
