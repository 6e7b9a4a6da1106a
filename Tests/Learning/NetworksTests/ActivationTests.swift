import Foundation
import Networks
import Randomness
import Testing

@Suite struct ActivationTests {
    private func network(_ activation: Activation) -> Network {
        Network(
            architecture: Architecture(widths: [5, 7, 4, 3], activation: activation),
            parameters: Network.random([5, 7, 4, 3], seed: 3).parameters)
    }

    private let inputs: [Float] = {
        var stream = NativeStream(seed: 1)
        return stream.uniforms(count: 50, low: -1, high: 1)
    }()

    @Test("A leaky ReLU is the identity above 0 and the slope below", arguments: [Float(0.01), 0.5])
    func values(slope: Float) {
        var values: [Float] = [-2, -0.5, 0, 0.5, 3, .nan, -.infinity]
        values.withUnsafeMutableBufferPointer { Activation.leakyReLU(slope: slope).apply(to: $0) }
        #expect(Array(values[0..<5]) == [-2 * slope, -0.5 * slope, 0, 0.5, 3])
        #expect(values[5].isNaN && values[6] == -.infinity)
        var real: [Double] = [-2, 0, 3]
        Activation.leakyReLU(slope: slope).apply(to: &real)
        #expect(real == [-2 * Double(slope), 0, 3])
    }

    @Test("Derivatives are pulled back by 1 where a unit is on and by the slope where it is not")
    func derivatives() {
        var derivatives: [Double] = [1, 2, 3, 4]
        Activation.leakyReLU(slope: 0.25).pullBack(&derivatives, outputs: [-1, 0, 1, -0.5])
        #expect(derivatives == [0.25, 0.5, 3, 1])
        Activation.relu.pullBack(&derivatives, outputs: [-1, 0, 1, -0.5])
        #expect(derivatives == [0, 0, 3, 0])
    }

    @Test("Both passes of a leaky network agree, and differ from those of a network with ReLUs")
    func passes() {
        let leaky = network(.leakyReLU(slope: 0.3))
        let real = Float64Network(leaky).outputs(of: inputs.map(Double.init), count: 10)
        let single = leaky.activations(of: inputs, count: 10)
        for (layer, values) in single.layers.enumerated() {
            for (a, b) in zip(values, real[layer + 1]) { #expect(abs(Double(a) - b) < 1e-5) }
        }
        #expect(real[1].contains { $0 < 0 })
        #expect(network(.relu).activations(of: inputs, count: 10).logits != single.logits)
    }

    @Test("A rescaled leaky network is the same function")
    func rescaling() {
        let leaky = network(.leakyReLU(slope: 0.3))
        let logits = leaky.activations(of: inputs, count: 10).logits
        #expect(leaky.rescaled(layer: 2, by: 4).activations(of: inputs, count: 10).logits == logits)
    }

    @Test("A weights file keeps the activation", arguments: [Float(0.01), 0.3, 1e-7])
    func safetensors(slope: Float) throws {
        let leaky = network(.leakyReLU(slope: slope))
        #expect(try Network(safetensors: leaky.safetensors()) == leaky)
        #expect(try Network(safetensors: network(.relu).safetensors()) != leaky)
    }

    @Test("An activation that nobody knows is refused", arguments: ["tanh", "leaky_relu(2)", "leaky_relu(x)", ""])
    func unknown(name: String) throws {
        let whole = network(.leakyReLU(slope: 0.5)).safetensors()
        let length = whole.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        let header = Data(
            String(decoding: whole[8..<8 + length], as: UTF8.self).replacing("leaky_relu(0.5)", with: name).utf8)
        var blob = Data()
        withUnsafeBytes(of: UInt64(header.count).littleEndian) { blob.append(contentsOf: $0) }
        blob += header + whole[(8 + length)...]
        #expect {
            try Network(safetensors: blob)
        } throws: {
            "\($0)" == "These weights are of an unknown activation, '\(name)'."
        }
    }
}
