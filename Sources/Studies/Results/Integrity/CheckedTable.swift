import Measures

/// A table whose rows carry a checksum of their other columns (`checksum`), and whose rows are counted and summed by a
/// seal, so that a row that was changed and a row that is missing are both noticed.
///
/// What changes while the work goes on is left out of a checksum: of a run, its heartbeat and its end. Weights have
/// SHA-256 in their model's row instead (`model.weights_digest`), which also says whether they are kept. Reservations
/// (`claim`) are no results.
enum CheckedTable: String, CaseIterable {
    case study, run, model, measurement, kept, history, checkpoint
    case published, replicated, figure, claimed, correlation, judgement, external
    case earlierFailure = "earlier_failure"

    /// What the checksum is of, in this order.
    var columns: [String] {
        switch self {
        case .study:
            [
                "id", "name", "version", "digest", "title", "source", "target", "specification_yaml",
                "specification_json", "created_at",
            ]
        case .run:
            [
                "id", "study_id", "started_at", "jobs", "options", "basin_version", "git_commit", "git_dirty",
                "cpu_model", "core_count", "os", "blas_library", "blas_kernel", "kernels", "build_kind",
                "compiler", "dataset_digests", "host", "pid", "process_start",
            ]
        case .model:
            [
                "id", "study_id", "run_id", "position", "label", "digest", "training_digest", "variant", "seed",
                "regime", "hyperparameters", "status", "reason", "epochs", "seconds", "weights_digest", "weights_kept",
            ]
        case .measurement:
            [
                "model_id", "measure", "run_id", "value", "standard_error", "effort", "status", "reason", "seconds",
                "detail",
            ]
        case .kept: ["model_id", "measure", "data"]
        case .history: ["model_id", "epoch"] + TrainingHistory.Quantity.allCases.map(\.rawValue)
        case .checkpoint: ["training_digest", "epochs", "seconds", "state", "saved_at", "history"]
        case .published:
            [
                "id", "study_id", "kind", "measure", "target", "regime", "seed", "variant", "value", "tolerance",
                "source",
            ]
        case .replicated: ["published_id", "n", "measured", "agrees", "reason"]
        case .figure: ["study_id", "place", "name", "definition"]
        case .external: ["study_id", "measure", "definition"]
        case .claimed:
            [
                "study_id", "place", "claim", "origin", "statistic", "measure", "over", "selection", "expected",
                "tolerance", "at_least", "at_most", "limitation", "n", "measured", "standard_error", "agrees", "reason",
            ]
        case .correlation:
            [
                "study_id", "measure", "target", "method", "given", "estimate", "p_value", "interval_low",
                "interval_high", "level", "n", "status", "reason", "computed_at",
            ]
        case .judgement:
            ["study_id", "place"] + JudgementRecord.columns.map(\.name) + ["computed_at"]
        case .earlierFailure:
            ["id", "study_id", "run_id", "position", "label", "digest", "reason", "epochs", "seconds"]
        }
    }

    /// The rows that one seal counts: those of a study, for studies themselves those of the file (owner 0). Nil where
    /// rows come and go one by one and none is missed: a checkpoint that is lost is trained anew.
    var owned: String? {
        switch self {
        case .study: "0 = ?"
        case .measurement, .kept, .history: "model_id IN (SELECT id FROM model WHERE study_id = ?)"
        case .replicated: "published_id IN (SELECT id FROM published WHERE study_id = ?)"
        case .checkpoint: nil
        default: "study_id = ?"
        }
    }

    /// An SQL expression that tells a person which row it is.
    var rowName: String {
        switch self {
        case .study: "format('study ''%s'' version %s', name, version)"
        case .run: "format('run %s', id)"
        case .model: "format('model ''%s'' at position %s', label, position)"
        case .measurement, .kept:
            "format('%s of ''%s''', measure, coalesce((SELECT label FROM model WHERE id = model_id), model_id))"
        case .history:
            "format('epoch %s of ''%s''', epoch, coalesce((SELECT label FROM model WHERE id = model_id), model_id))"
        case .checkpoint: "format('network %s', training_digest)"
        case .published: "format('%s of %s', kind, measure)"
        case .replicated: "format('published figure %s', published_id)"
        case .figure: "format('figure ''%s''', name)"
        case .external: "format('external measure ''%s''', measure)"
        case .claimed: "format('claim ''%s''', claim)"
        case .correlation: "format('%s of %s with %s', method, measure, target)"
        case .judgement: "format('%s as a predictor of %s', measure, target)"
        case .earlierFailure: "format('position %s', position)"
        }
    }

    /// The checksum that a row ought to have, as an SQL expression.
    var expectedChecksum: String { "row_checksum(\(columns.joined(separator: ", ")))" }
}
