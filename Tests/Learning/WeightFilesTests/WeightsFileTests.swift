import Foundation
import Networks
import Testing
import WeightFiles

@Suite struct WeightsFileTests {
    @Test(
        "A network is the same in every type, order of bytes and packing",
        arguments: [
            "f32.safetensors", "f16.safetensors", "bf16.safetensors", "f32.npz", "f16.npz", "big-endian.npz",
            "deflated.npz", "by-columns.npz", "zip64.npz",
        ])
    func types(file: String) throws {
        #expect(try Fixture.network(file) == Fixture.expected())
    }

    @Test("Float64 becomes the nearest float32", arguments: ["f64.safetensors", "f64.npz"])
    func rounded(file: String) throws {
        let found = try Fixture.network(file)
        #expect(found.parameters == (try Fixture.expected().parameters.map { Float(Double($0) + 1e-9) }))
    }

    @Test(
        "Layers are known by their names, whatever the program, and weights that lie the other way round by shape",
        arguments: [
            "sequential.safetensors", "layers.safetensors", "prefixed.safetensors", "words.safetensors",
            "flax.safetensors", "keras.npz", "haiku.npz", "letters.npz", "unnamed.npz",
        ])
    func names(file: String) throws {
        #expect(try Fixture.network(file) == Fixture.expected())
    }

    @Test("Names of the program's own are read where they are listed, and other tensors are not looked at then")
    func listed() throws {
        let names: [LayerTensors.Names] = [
            .init(weight: "first", bias: "second"), .init(weight: "third", bias: "fourth"),
        ]
        #expect(try Fixture.network("own-names.npz", LayerTensors(names: names)) == Fixture.expected())
        let two = LayerTensors(names: [
            .init(weight: "fc1.weight", bias: "fc1.bias"), .init(weight: "fc2.weight", bias: "fc2.bias"),
        ])
        #expect(try Fixture.network("convolution.safetensors", two) == Fixture.expected())
    }

    @Test("The activation is the one that is stated, and none follows where there is no hidden layer")
    func activation() throws {
        let leaky = Activation.leakyReLU(slope: 0.1)
        #expect(try Fixture.network("f32.npz", activation: leaky).architecture.activation == leaky)
        let last = LayerTensors(names: [.init(weight: "fc2.weight", bias: "fc2.bias")])
        let linear = try Fixture.network("f32.npz", last, activation: leaky)
        #expect(linear.architecture == Architecture(widths: [3, 2]))
    }

    @Test("Square layers lie as they are said to lie")
    func square() throws {
        let rows = try Fixture.network("square.safetensors", LayerTensors(layout: .outputsByInputs))
        let columns = try Fixture.network("square.safetensors", LayerTensors(layout: .transposed))
        #expect(Array(rows.parameters.prefix(9)) == (0..<9).map(Float.init))
        #expect(Array(columns.parameters.prefix(9)) == [0, 3, 6, 1, 4, 7, 2, 5, 8])
    }

    @Test("What Basin writes itself is read as it was, sparing the activation's word")
    func own() throws {
        let folder = NSTemporaryDirectory() + "basin-own-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let network = try Fixture.expected()
        try network.safetensors().write(to: URL(fileURLWithPath: folder))
        #expect(try WeightsFile(path: folder, activation: .relu).network() == network)
    }

    // MARK: Refusals

    struct Refusal: CustomTestStringConvertible {
        let file: String
        var layers = LayerTensors()
        var tensor: String?
        let words: [String]

        var testDescription: String { file }
    }

    static let refusals = [
        Refusal(file: "square.safetensors", tensor: "fc1.weight", words: ["either way round", "layout: transposed"]),
        Refusal(
            file: "several-orders.safetensors", layers: LayerTensors(layout: .transposed),
            words: ["several orders", "tensors: [["]),
        Refusal(file: "convolution.safetensors", tensor: "conv1.weight", words: ["4 dimensions", "fully connected"]),
        Refusal(file: "normalised.safetensors", tensor: "fc2.running_mean", words: ["by its name", "tensors: [["]),
        Refusal(file: "no-bias.safetensors", tensor: "fc2.weight", words: ["no bias", "zeros"]),
        Refusal(file: "no-weight.safetensors", tensor: "fc1.bias", words: ["no weight"]),
        Refusal(file: "no-chain.safetensors", tensor: "fc3.weight", words: ["takes 4 inputs", "2 outputs"]),
        Refusal(file: "no-fit.safetensors", tensor: "fc1.weight", words: ["[3, 5]", "[4]"]),
        Refusal(file: "nan.safetensors", tensor: "fc2.weight", words: ["NaN at [1, 2]"]),
        Refusal(file: "infinite.safetensors", tensor: "fc2.weight", words: ["inf at [1, 2]"]),
        Refusal(file: "too-large.safetensors", tensor: "fc2.bias", words: ["infinite in float32", "[1]"]),
        Refusal(file: "whole-numbers.safetensors", tensor: "fc2.bias", words: ["I64", ".float()"]),
        Refusal(file: "long-double.npz", tensor: "fc1.weight", words: ["<f16", "F64, F32, F16, BF16"]),
        Refusal(file: "complex.npz", tensor: "fc1.weight", words: ["<c8"]),
        Refusal(file: "objects.npz", tensor: "fc1.weight", words: ["no bias"]),
        Refusal(file: "empty.safetensors", words: ["no tensor"]),
        Refusal(file: "own-names.npz", tensor: "first", words: ["by its name", "tensors: [["]),
        Refusal(
            file: "f32.npz", layers: LayerTensors(names: [.init(weight: "fc1.wieght", bias: "fc1.bias")]),
            tensor: "fc1.wieght", words: ["Did you mean 'fc1.weight'?"]),
        Refusal(
            file: "f32.npz", layers: LayerTensors(layout: .transposed), tensor: "fc1.weight",
            words: ["outputs-by-inputs", "layout: transposed"]),
        Refusal(file: "single.npy", words: ["numpy.savez"]),
        Refusal(file: "torch.pt", words: ["PyTorch checkpoint", "save_file"]),
        Refusal(file: "model.h5", words: ["HDF5", "get_weights"]),
        Refusal(file: "bzip2.npz", words: ["method 12", "savez"]),
        Refusal(file: "notes.safetensors", words: ["safetensors header"]),
        Refusal(file: "absent.npz", words: ["No such file", "relative to the index"]),
        Refusal(file: "", words: ["cannot be read"]),
    ]

    @Test("What is no network of Basin's is refused by file and tensor, with what to do", arguments: refusals)
    func refused(refusal: Refusal) throws {
        let error = #expect(throws: WeightsFileError.self) { try Fixture.network(refusal.file, refusal.layers) }
        #expect(error?.path.hasSuffix(refusal.file) == true && error?.tensor == refusal.tensor)
        let text = error?.description ?? ""
        for word in refusal.words { #expect(text.contains(word), "\(text)") }
        #expect(!text.contains("..") && text.hasSuffix("."))
    }

    @Test(
        "A file that is cut or changed anywhere is refused, or is the same network",
        arguments: ["f32.npz", "deflated.npz"])
    func damaged(file: String) throws {
        let folder = NSTemporaryDirectory() + "basin-damaged-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let whole = try Data(contentsOf: URL(fileURLWithPath: Fixture.path(file)))
        let expected = try Fixture.expected()
        func check(_ data: Data, _ what: String) throws {
            try data.write(to: URL(fileURLWithPath: folder))
            guard let found = try? WeightsFile(path: folder, activation: .relu).network() else { return }
            #expect(found == expected, "\(what)")
        }
        for length in 0..<whole.count { try check(whole.prefix(length), "cut to \(length) bytes") }
        for place in 0..<whole.count {
            for bit in [0, 3, 7] as [UInt8] {
                var changed = whole
                changed[place] ^= 1 << bit
                try check(changed, "bit \(bit) of byte \(place)")
            }
        }
    }
}
