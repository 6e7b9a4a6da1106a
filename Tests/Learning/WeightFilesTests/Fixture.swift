import Foundation
import Networks
import WeightFiles

/// The files that `make_weights.py` wrote.
enum Fixture {
    static func path(_ name: String) -> String {
        let folder = Bundle.module.bundleURL.appendingPathComponent("Fixtures").path
        return "\(folder)/\(name)"
    }

    static func network(
        _ name: String, _ layers: LayerTensors = LayerTensors(), activation: Activation = .relu
    ) throws(WeightsFileError) -> Network {
        try WeightsFile(path: path(name), layers: layers, activation: activation).network()
    }

    /// The network that every file which can be read is of.
    static func expected() throws -> Network {
        struct Expected: Decodable {
            let widths: [Int]
            let parameters: [Float]
        }
        let file = try JSONDecoder().decode(
            Expected.self, from: Data(contentsOf: URL(fileURLWithPath: path("expected.json"))))
        return Network(architecture: Architecture(widths: file.widths), parameters: file.parameters)
    }
}
