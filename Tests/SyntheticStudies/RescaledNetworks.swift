/// Three networks; of the first two, copies with layer 1 or 2 multiplied. The trace grows with the square of the
/// factor, test accuracy stays but for rounding, the test loss of one copy changes against its claim.
package func rescaledNetworks() -> [SyntheticStudy.Network] {
    var networks = (0..<3).map { index in
        SyntheticStudy.Network(
            regime: index == 0 ? "a" : "b",
            columns: [
                "test_accuracy": 0.9 + 0.01 * Double(index), "test_loss": 0.3, "hessian_trace": 60 + Double(index),
                "weight_norm_l1": 100, "unheard_of": Double(index),
            ])
    }
    for base in [1, 0] {
        for (layer, factor) in [(1, 2.0), (1, 10), (2, 5)] {
            var columns = networks[base].columns
            columns["hessian_trace"]? *= factor * factor
            columns["test_accuracy"]? *= 1 + 1e-6
            if base == 0, factor == 5 { columns["test_loss"] = 0.31 }
            if base == 1 { columns["unheard_of"] = nil }
            networks.append(
                .init(
                    regime: networks[base].regime,
                    hyperparameters: #"{"rescaled_by":\#(factor),"rescaled_layer":\#(layer)}"#, columns: columns,
                    copyOf: base, variant: "layer \(layer) x \(Int(factor))"))
        }
    }
    return networks
}
