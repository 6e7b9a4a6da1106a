import Definitions
import Foundation
import Results

/// A study in two regimes whose networks were never trained, with published figures, claims, failures, a copy,
/// correlations and verdicts.
struct MadeUpStudy {
    /// Trained networks in each of the two regimes.
    var networks: Int

    /// Makes the results file: `2 · networks + 2` rows in `models`, of which one failed and one is a copy.
    func enter(at path: String) throws {
        let store = try ResultsStore.open(at: path)
        defer { try? store.close() }
        let columns = Self.columns(0).map { #"{"measure":"\#($0.measure)","column":"\#($0.measure)"}"# }
        let study = try store.enter(
            NewStudy(
                name: "toy", digest: "d", title: "Made up", source: "nowhere", specificationYAML: "name: toy\n",
                specificationJSON:
                    #"""
                    {"measures":[\#(columns.joined(separator: ","))],"population":{"regimes":{"small-batch":{},\#
                    "large-batch":{}}}}
                    """#
            ))
        let run = try store.beginRun(of: study.id, jobs: 2, provenance: Self.provenance)
        for position in 0..<2 * networks {
            try store.add(
                model(position, digest: "\(position)"), measurements: Self.columns(position), study: study.id, run: run)
        }
        var copy = model(2 * networks, digest: "copy")
        (copy.trainingDigest, copy.variant, copy.seed) = ("0", "layer 1 x 2", 0)
        try store.add(copy, measurements: Self.columns(3), study: study.id, run: run)
        var failed = model(2 * networks + 1, digest: "failed")
        failed.outcome = .failed(reason: "The loss is not finite after epoch 3.")
        try store.add(failed, study: study.id, run: run)
        try store.record(replication: replication, study: study.id)
        try store.record(
            [[], ["dead_units"]].map {
                CorrelationRecord(
                    measure: "pair_proxy", target: "test_accuracy", method: "spearman", given: $0, estimate: 0.35,
                    pValue: 0.01, count: 2 * networks)
            }, study: study.id)
        try store.record(
            figures: [
                Figure(
                    name: "ranks", title: "Proxy and accuracy", kind: .scatter, x: "pair_proxy", y: "test_accuracy",
                    by: "regime")
            ], study: study.id)
        try store.record(findings: findings, study: study.id)
        try store.record(judgements, about: "test_accuracy", study: study.id)
        try store.endRun(run, outcome: .finished)
    }

    /// A published figure that agrees, and one that does not.
    private var replication: [ReplicationRecord] {
        let accuracies = (0..<2 * networks).compactMap { Self.columns($0).first?.value }
        return [
            ReplicationRecord(
                PublishedValue(
                    kind: .correlation, measure: "pair_proxy", target: "test_accuracy", value: 0.4, tolerance: 0.1,
                    source: "a table"),
                measured: 0.35, count: 2 * networks, agrees: true),
            ReplicationRecord(
                PublishedValue(
                    kind: .mean, measure: "test_accuracy", value: 0.5, tolerance: 0.01, source: "a table"),
                measured: accuracies.reduce(0, +) / Double(accuracies.count), count: 2 * networks, agrees: false),
        ]
    }

    /// A claim that agrees, one that does not, and one that nobody measured.
    private var findings: [ClaimFinding] {
        var mean = ClaimFinding(
            Claim(
                claim: "Accuracy is above a half.", origin: .paper, statistic: .mean, measure: "test_accuracy",
                atLeast: 0.5))
        (mean.measured, mean.agrees, mean.count) = (0.8, true, 2 * networks)
        var least = ClaimFinding(
            Claim(
                claim: "No trace is below 9.", origin: .derived, statistic: .minimum, measure: "hessian_trace",
                expected: 9, tolerance: 0.5,
                limit: "Of small batches."))
        (least.measured, least.agrees, least.count) = (6, false, 2 * networks)
        var slope = ClaimFinding(
            Claim(
                claim: "The proxy grows with the batch.", origin: .restated, statistic: .slope, measure: "pair_proxy",
                over: "batch_size",
                selection: ModelSelection(["regime": [.word("huge-batch")]]), atLeast: 0))
        (slope.count, slope.reason) = (0, "No model is selected.")
        return [mean, least, slope]
    }

    /// One measure a verdict, and one that has none.
    private var judgements: [JudgementRecord] {
        let verdicts = [
            "pair_proxy": "supported", "hessian_trace": "confounded", "weight_norm_l2": "undetectable at this n",
        ]
        return ["pair_proxy", "hessian_trace", "weight_norm_l2", "feature_rank"].map { measure in
            let verdict = verdicts[measure]
            var judgement = JudgementRecord(
                measure: measure, target: "test_accuracy", verdict: verdict, count: 2 * networks, tried: 4,
                sentence: verdict ?? "no verdict", reason: verdict == nil ? "The measure is constant." : nil)
            guard verdict != nil else { return judgement }
            (judgement.estimate, judgement.pValue, judgement.correctedPValue) = (0.35, 0.01, 0.04)
            (judgement.given, judgement.givenEstimate, judgement.givenPValue) = (["regime", "dead_units"], 0.2, 0.03)
            (judgement.gain, judgement.gainError) = (0.05, 0.02)
            return judgement
        }
    }

    private func model(_ position: Int, digest: String) -> NewModel {
        let isSmall = position % 2 == 0
        return NewModel(
            position: position, label: "network \(position)", digest: digest, seed: UInt64(position),
            regime: isSmall ? "small-batch" : "large-batch",
            hyperparameters:
                #"{"batch_size":\#(isSmall ? 32 : 512),"learning_rate":\#(position % 3 == 0 ? 0.1 : 0.05)}"#,
            epochs: 40, seconds: 0.5)
    }

    /// Columns that look random, and shift with the regime.
    private static func columns(_ position: Int) -> [MeasurementRecord] {
        func noise(_ factor: Int) -> Double { Double((position + 1) * factor % 97) / 97 }
        let shift = position % 2 == 0 ? 0.0 : 1.0
        let trace = 10 - 4 * shift + noise(31)
        return [
            MeasurementRecord(measure: "test_accuracy", value: 0.8 + 0.05 * shift + 0.02 * noise(57), seconds: 0.001),
            MeasurementRecord(
                measure: "pair_proxy", value: 800 + (100 * noise(23)).rounded(), effort: 1000, seconds: 0.05),
            MeasurementRecord(measure: "hessian_trace", value: trace, seconds: 0.02),
            MeasurementRecord(
                measure: "hessian_trace_hutchinson", value: trace + 0.2 * noise(41), standardError: 0.3, effort: 30,
                seconds: 0.01),
            MeasurementRecord(measure: "weight_norm_l2", value: 20 + noise(71), seconds: 0.0001),
            MeasurementRecord(measure: "dead_units", value: (5 * noise(13)).rounded(), seconds: 0.001),
            MeasurementRecord(measure: "epochs", value: 100 + (20 * noise(91)).rounded()),
            position == 1
                ? MeasurementRecord(measure: "feature_rank", status: .undefined, reason: "All units are dead.")
                : MeasurementRecord(measure: "feature_rank", value: 8),
        ]
    }

    static let provenance = Provenance(
        basinVersion: "0.1", gitCommit: "abc", isGitDirty: false, cpuModel: "A processor", coreCount: 2,
        operatingSystem: "An operating system", blasLibrary: "OpenBLAS 0.3", blasKernel: "Haswell", buildKind: .native,
        compiler: "Swift 6.1", datasetDigests: [:])
}
