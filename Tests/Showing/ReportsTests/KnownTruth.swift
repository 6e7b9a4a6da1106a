import Reports
import Results
import Testing

/// Networks whose measures move the accuracy, only seem to, do not, or read it.
struct KnownTruth {
    var networks = 60
    /// Dealt to the networks in turn.
    var regimes = ["small-batch", "large-batch"]

    /// - `weight_norm_l2` moves the accuracy within every regime;
    /// - `hessian_trace` differs between regimes and has to do with the accuracy in no other way;
    /// - `pair_proxy` and `dead_units` are noise, `weight_norm_l1` is constant;
    /// - `test_loss` is the accuracy turned round, and reads unseen labels.
    var study: SyntheticStudy {
        let draws = PlotSamples.noise(seed: 77, count: 6 * networks)
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
    func enter(in archive: Archive) throws -> Population {
        let study = try study.enter(in: archive.store)
        let run = try #require(try archive.store.runs(of: study.id).first)
        let errors = PlotSamples.noise(seed: 5, count: networks)
        let measured = try archive.store.measurements(of: study.id)
        for (model, error) in zip(try archive.store.models(of: study.id), errors) {
            let norm = try #require(measured[model.id]?.first { $0.measure == "weight_norm_l2" }?.value)
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

extension Table {
    /// The cells of the row that begins with this text, by column.
    func cells(_ first: String) -> [String: Cell] {
        rows.first { $0.first == .text(first) }.map {
            Dictionary(zip(columns.map(\.name), $0)) { first, _ in first }
        } ?? [:]
    }

    /// Rows with a number that is not finite, or with a missing cell and no reason in the whole row. What is no
    /// predictor is not corrected, and nothing need be remarked.
    var unexplained: [[Cell]] {
        rows.filter { row in
            let cells = Dictionary(zip(columns.map(\.name), row)) { first, _ in first }
            let isCorrected = cells["predictor"] != .text("no")
            let missing = cells.filter { name, cell in
                cell.isMissing && name != "remark" && (isCorrected || name != "p_holm" && name != "p_bh")
            }
            let hasReason = missing.isEmpty || missing.values.contains { $0.reason != nil }
            return !hasReason || !cells.values.allSatisfy { $0.real?.isFinite ?? true }
        }
    }
}

extension Cell {
    var real: Double? { if case .real(let value) = self { value } else { nil } }
    var text: String? { if case .text(let value) = self { value } else { nil } }
    var integer: Int? { if case .integer(let value) = self { value } else { nil } }
    var reason: String? { if case .missing(let reason) = self { reason } else { nil } }
    var isMissing: Bool { if case .missing = self { true } else { false } }
}
