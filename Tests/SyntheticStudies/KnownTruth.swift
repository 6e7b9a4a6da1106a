import Analysis
import Results

/// Networks whose measures move the accuracy, only seem to, do not, or read it.
package struct KnownTruth {
    package var networks: Int
    /// Dealt to the networks in turn.
    package var regimes: [String]

    package init(networks: Int = 60, regimes: [String] = ["small-batch", "large-batch"]) {
        self.networks = networks
        self.regimes = regimes
    }

    /// - `weight_norm_l2` moves the accuracy within every regime;
    /// - `hessian_trace` differs between regimes and has to do with the accuracy in no other way;
    /// - `pair_proxy` and `dead_units` are noise, `weight_norm_l1` is constant;
    /// - `test_loss` is the accuracy turned round, and reads unseen labels.
    package var study: SyntheticStudy {
        let draws = noise(seed: 77, count: 6 * networks)
        func draw(_ stretch: Int, _ network: Int) -> Double { draws[stretch * networks + network] }
        return SyntheticStudy(
            networks: (0..<networks).map { network in
                let regime = Double(network % regimes.count)
                let accuracy = 0.8 + 0.03 * regime + 0.01 * (draw(0, network) + 0.5 * draw(1, network))
                return SyntheticStudy.Network(
                    regime: regimes[network % regimes.count],
                    columns: [
                        "test_accuracy": accuracy, "weight_norm_l2": draw(0, network) + 0.3 * draw(2, network),
                        "hessian_trace": 10 + 4 * regime + draw(3, network), "pair_proxy": draw(4, network),
                        "dead_units": draw(5, network), "test_loss": 1 - accuracy, "weight_norm_l1": 7,
                    ])
            })
    }

    /// The same with `free_parameters`, which failed for every network, and `hessian_trace_hutchinson`, an estimate.
    package func enter(in archive: Archive) throws -> Population {
        let study = try study.enter(in: archive.store)
        let run = try found(archive.store.runs(of: study.id).first)
        let errors = noise(seed: 5, count: networks)
        let measured = try archive.store.measurements(of: study.id)
        for (model, error) in zip(try archive.store.models(of: study.id), errors) {
            let norm = try found(measured[model.id]?.first { $0.measure == "weight_norm_l2" }?.value)
            try archive.store.add(
                [
                    MeasurementRecord(measure: "free_parameters", status: .failed, reason: "out of memory"),
                    MeasurementRecord(
                        measure: "hessian_trace_hutchinson", value: norm + 0.4 * error, standardError: 0.4, effort: 30),
                ], to: model.id, run: run.id)
        }
        return try Population(of: study, in: archive.store)
    }
}

/// What a study just entered must have.
private struct Missing: Error {}

private func found<T>(_ value: T?) throws -> T {
    guard let value else { throw Missing() }
    return value
}
