import Definitions

extension TableDescription {
    /// All views and tables of the newest schema, in the order in which they are listed.
    static let known: [Text] = views + tables

    private static let views = [
        Text(
            "studies", "One row a study: its newest version, and how far it is",
            [
                "study": "name of the study", "version": "its newest version", "title": "what it asks",
                "target": "the column that measures are to predict", "source": "where it was first published",
                "digest": "SHA-256 of its definition", "created_at": "when this version was entered (UTC)",
                "trained": "networks trained, each once",
                "variants": "rescaled copies and snapshots of them, each once",
                "repeated": "positions whose network is there already",
                "failed": "networks that failed", "study_id": "its row in study",
            ], computed: ["trained": "INTEGER", "variants": "INTEGER", "repeated": "INTEGER", "failed": "INTEGER"]),
        Text(
            "models", "One row a network of each study's newest version, each once, its measures as columns",
            [
                "study": "name of the study", "version": "of the study", "position": "place in the population, from 0",
                "label": "what people call the network", "seed": "seed of the network",
                "regime": "named bundle of settings, or NULL",
                "variant": "how a rescaled copy differs from the network as trained; NULL for that network itself",
                "status": "trained or failed", "reason": "why it failed", "seconds": "wall-clock time of its training",
                "hyperparameters": "JSON object: learning_rate, batch_size, training_points, …",
                "model_id": "its row in model",
            ]),
        Text(
            "rounding_models", "The same of each study in another arithmetic, as basin run --rounding makes them",
            [
                "study": "name of the study in that arithmetic: NAME-rounding-N",
                "rounding": "number of the arithmetic, from 1", "version": "of the study in that arithmetic",
                "position": "place in the population, from 0", "label": "what people call the network",
                "seed": "seed of the network, that of the study's own", "regime": "named bundle of settings, or NULL",
                "variant": "NULL: there are no rescaled copies", "status": "trained or failed",
                "reason": "why it failed", "seconds": "wall-clock time of its training",
                "hyperparameters": "JSON object: learning_rate, batch_size, training_points, …",
                "model_id": "its row in model",
            ], computed: ["rounding": "INTEGER"]),
        Text(
            "snapshots", "The same of networks as they were on their way, which are no networks of their own",
            [
                "study": "name of the study", "version": "of the study",
                "epoch": "after which the network was like this; where training had ended before, as it was then",
                "position": "place in the population, from 0", "label": "what people call it",
                "seed": "seed of the network", "regime": "named bundle of settings, or NULL",
                "variant": "epoch N", "status": "trained or failed", "reason": "why it failed",
                "seconds": "wall-clock time of its training so far",
                "hyperparameters": "JSON object: learning_rate, batch_size, training_points, …",
                "model_id": "its row in model", "network_id": "model_id of its network in models",
            ], computed: ["epoch": "INTEGER", "network_id": "INTEGER"]),
        Text(
            "regime_summary", "One row a study, regime and measure: how the measure spreads over the networks",
            [
                "study": "name of the study", "version": "of the study", "regime": "named bundle of settings, or NULL",
                "measure": "name of the measure", "networks": "networks that have it, copies left out",
                "mean": "over them",
                "sd": "standard deviation (n - 1); NULL for one network", "min": "least value", "max": "greatest value",
            ], computed: ["networks": "INTEGER", "mean": "REAL", "sd": "REAL", "min": "REAL", "max": "REAL"]),
        Text(
            "replication", "Published figures beside the measured ones",
            [
                "study": "name of the study", "version": "of the study",
                "kind": "correlation, p_value, model, mean, minimum or maximum", "measure": "name of the measure",
                "target": "of a correlation", "regime": "of the figure, or NULL", "seed": "of a network's figure",
                "variant": "of a network's figure", "published": "the published figure",
                "measured": "ours; NULL where there is none or several could be meant",
                "difference": "measured - published",
                "tolerance": "the difference that rounding of the published figure explains",
                "agrees": "1 within the tolerance, 0 beyond, NULL without a tolerance",
                "source": "where it was published",
            ], computed: ["difference": "REAL"]),
        Text(
            "verdict", "What was judged of each measure as a predictor of a study's target, supported ones first",
            ["study": "name of the study", "version": "of the study"].merging(
                JudgementRecord.columns.map { ($0.shownName, $0.shownMeaning) }
                    + JudgementRecord.formerNames.map { ($0.0, "what \($0.1) was called; goes with the next version") }
            ) { own, _ in own }),
        Text(
            "claims", "What study files claim, beside what was measured",
            [
                "study": "name of the study", "version": "of the study", "claim": "one sentence",
                "origin": "paper, restated (the paper's instance, by others) or derived",
                "statistic": "\(statistics)", "measure": "the column that it is of",
                "over": "the second column, of a slope or spearman",
                "selection": "JSON object: the values by which models are selected; {} for all",
                "expected": "the number that is claimed",
                "tolerance": "the difference up to which a measured one agrees",
                "at_least": "a claimed bound", "at_most": "a claimed bound",
                "limitation": "what the claim does not say",
                "n": "models that entered", "measured": "ours; NULL before it is computed, or where it cannot be",
                "standard_error": "of a slope", "agrees": "1 or 0; NULL where nothing is measured",
                "reason": "why nothing is measured, or a remark",
            ]),
        Text(
            "failed", "What has no value, with the reason: networks (measure is NULL) and measurements",
            [
                "study": "name of the study", "version": "of the study", "position": "place in the population, from 0",
                "label": "what people call the network",
                "measure": "name of the measure; NULL for a network that failed",
                "status": "failed or undefined", "reason": "a sentence", "recovered": "1 where a later try succeeded",
            ], computed: ["measure": "TEXT", "recovered": "INTEGER"]),
        Text(
            "training_history", "What was written down of each network's training, one row an epoch",
            [
                "study": "name of the study", "version": "of the study", "position": "place in the population, from 0",
                "label": "what people call the network", "seed": "seed of the network",
                "regime": "named bundle of settings, or NULL",
                "hyperparameters": "JSON object: learning_rate, batch_size, training_points, …",
                "model_id": "its row in model",
            ].merging(history) { own, _ in own }),
    ]

    private static let history = [
        "epoch": "epochs done; 0 for the network that training began from",
        "train_loss": "mean cross-entropy of the training points", "train_accuracy": "share of them that are right",
        "test_accuracy": "share of the test points that are right; NULL where it was not asked for",
        "gradient_norm": "of the training loss; NULL likewise",
        "gradient_noise": "of its points' gradients; NULL likewise",
        "hessian_trace": "of the training loss; NULL likewise",
    ]

    private static let tables = [
        Text(
            "study", "Every version of every study, with its definition",
            [
                "id": "number of the row", "name": "name of the study",
                "version": "from 1; a changed definition is a new one",
                "digest": "SHA-256 of the definition", "title": "what it asks",
                "source": "where it was first published",
                "target": "the column that measures are to predict",
                "specification_yaml": "the study file as it was read",
                "specification_json": "the same with every key filled in", "created_at": "when it was entered (UTC)",
                "checksum": checksum,
            ]),
        Text(
            "run", "One row a call of basin run, and what made it",
            [
                "id": "number of the row", "study_id": "row in study", "started_at": "UTC",
                "ended_at": "UTC; NULL while it runs",
                "outcome": "running, finished, interrupted or failed", "jobs": "networks trained at a time",
                "options": "JSON object: the options of the command", "basin_version": "of the program",
                "git_commit": "of the program's sources", "git_dirty": "1 if they were changed since",
                "cpu_model": "the processor",
                "core_count": "its cores", "os": "operating system", "blas_library": "library for matrix products",
                "blas_kernel": "the kernel that it chose",
                "kernels": "instruction set of Basin's own loops", "build_kind": "native or portable",
                "compiler": "that built the program",
                "dataset_digests": "JSON object: SHA-256 of each data file", "host": "name of the machine",
                "pid": "number of the process", "process_start": "when the process began",
                "heartbeat_at": "when it last reported (UTC)",
                "checksum": checksum,
            ]),
        Text(
            "model", "One row a network of every study version",
            [
                "id": "number of the row", "study_id": "row in study", "run_id": "row in run that trained it",
                "position": "place in the population, from 0", "label": "what people call it",
                "digest": "of all that defines it",
                "seed": "seed of the network", "regime": "named bundle of settings, or NULL",
                "hyperparameters": "JSON object", "status": "trained or failed", "reason": "why it failed",
                "epochs": "epochs trained", "seconds": "wall-clock time of its training",
                "training_digest": "names the trained network in any study",
                "variant": "how a copy or snapshot differs from the network as trained: layer 1 x 2, epoch 5",
                "weights_digest": "SHA-256 of its weights, kept or not; NULL where it has none",
                "weights_kept": "1 where it has a row in weights",
                "checksum": checksum,
            ]),
        Text(
            "weights", "Weights of the networks",
            [
                "model_id": "row in model", "safetensors": "the weights as a safetensors file",
            ]),
        Text(
            "measurement", "One row a network and measure, with its doubt and cost",
            [
                "model_id": "row in model", "measure": "name of the measure", "run_id": "row in run that took it",
                "value": "NULL unless status is ok", "standard_error": "of an estimate; 0 where the value is exact",
                "effort": "probes, samples or linear programs", "status": "ok, undefined or failed",
                "reason": "why there is no value, or a remark", "seconds": "wall-clock time",
                "detail": "JSON object: further numbers",
                "checksum": checksum,
            ]),
        Text(
            "history", "What was written down of each training, one row a model and epoch",
            ["model_id": "row in model", "checksum": checksum].merging(history) { own, _ in own }),
        Text(
            "correlation",
            """
            Correlations as basin run and basin measure last computed them, raw and under the conditions of the \
            verdicts
            """,
            [
                "study_id": "row in study", "measure": "name of the measure", "target": "what it was correlated with",
                "method": "spearman, kendall or pearson", "given": "JSON array: columns held fixed",
                "estimate": "in -1...1; NULL unless status is ok", "p_value": "two-sided",
                "interval_low": "lower end of the interval",
                "interval_high": "upper end", "level": "coverage of the interval", "n": "networks that entered",
                "status": "ok, undefined or failed", "reason": "why there is no estimate, or a remark",
                "computed_at": "UTC",
                "checksum": checksum,
            ]),
        Text(
            "judgement", "Verdicts as basin run last reached them",
            [
                "study_id": "row in study", "place": "in the order of verdicts about the target, from 0",
                "computed_at": "UTC", "checksum": checksum,
            ].merging(JudgementRecord.columns.map { ($0.name, $0.meaning) }) { own, _ in own }),
        Text(
            "published", "Published figures, as the study files give them",
            [
                "id": "number of the row", "study_id": "row in study",
                "kind": "correlation, p_value, model, mean, minimum or maximum", "measure": "name of the measure",
                "target": "of a correlation", "regime": "of the figure, or NULL", "seed": "of a network's figure",
                "value": "the figure", "tolerance": "the difference that its rounding explains",
                "source": "where it was published",
                "variant": "of a network's figure",
                "checksum": checksum,
            ]),
        Text(
            "replicated", "What was measured of each published figure as basin run last computed it",
            [
                "published_id": "row in published", "n": "models that entered; NULL where that was not written down",
                "measured": "ours; NULL before it is computed, or where it cannot be",
                "agrees": "1 within the tolerance, 0 beyond, NULL without a tolerance",
                "reason": "why nothing was measured, or how the number has to be read",
                "checksum": checksum,
            ]),
        Text(
            "figure", "Figures that study files ask of their reports",
            [
                "study_id": "row in study", "place": "in the order of the file, from 0", "name": "of the picture",
                "definition": "JSON object: kind, columns, scale, selection",
                "checksum": checksum,
            ]),
        Text(
            "external", "Measures that were computed elsewhere, as 'basin import measures' recorded them",
            [
                "study_id": "row in study", "measure": "its column",
                "definition": "JSON object: what it reads, predicted sign, the file and its digest",
                "checksum": checksum,
            ]),
        Text(
            "claimed", "What study files claim, and what was measured as basin run last computed it",
            [
                "study_id": "row in study", "place": "in the order of the file, from 0", "claim": "one sentence",
                "origin": "paper, restated (the paper's instance, by others) or derived",
                "statistic": "\(statistics)", "measure": "the column that it is of",
                "over": "the second column, of a slope or spearman",
                "selection": "JSON object: the values by which models are selected; {} for all",
                "expected": "the number that is claimed",
                "tolerance": "the difference up to which a measured one agrees",
                "at_least": "a claimed bound", "at_most": "a claimed bound",
                "limitation": "what the claim does not say",
                "n": "models that entered", "measured": "ours; NULL before it is computed, or where it cannot be",
                "standard_error": "of a slope", "agrees": "1 or 0; NULL where nothing is measured",
                "reason": "why nothing is measured, or a remark",
                "checksum": checksum,
            ]),
        Text(
            "earlier_failure", "Networks that failed and were tried again since",
            [
                "id": "number of the row", "study_id": "row in study", "run_id": "row in run that tried",
                "position": "place in the population, from 0", "label": "what people call it",
                "digest": "of all that defines it",
                "reason": "why it failed", "epochs": "epochs trained", "seconds": "wall-clock time",
                "checksum": checksum,
            ]),
        Text(
            "checkpoint", "Networks under way, to go on with",
            [
                "training_digest": "names the network in any study", "epochs": "epochs so far",
                "seconds": "wall-clock time so far",
                "state": "the state of training", "saved_at": "UTC",
                "history": "JSON array: what was written down so far; NULL for nothing",
                "checksum": checksum,
            ]),
        Text(
            "claim", "Positions that a run works on at this moment",
            [
                "study_id": "row in study", "position": "place in the population, from 0", "run_id": "row in run",
                "claimed_at": "UTC",
            ]),
        Text(
            "kept", "What a measure over a population keeps of each network",
            [
                "model_id": "row in model", "measure": "name of the measure", "data": "in the measure's own format",
                "checksum": checksum,
            ]),
        Text(
            "seal", "How many rows each study has in each table, and the sum of their checksums",
            [
                "table_name": "of a table", "owner": "row in study; 0 for the studies themselves",
                "rows": "how many", "checksum": "sum of the rows' checksums modulo 2^64",
            ]),
    ]

    private static let checksum = "of the row's other columns, against damage (XXH3)"

    /// "value, mean or slope": the numbers that claims can be about.
    private static var statistics: String {
        let names = Claim.Statistic.allCases.map(\.rawValue)
        return names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
    }
}
