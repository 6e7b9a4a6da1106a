import Measures
import Results
import Statistics
import Typography

/// Each measure of a population judged as a predictor of one target.
public struct Verdicts: Sendable {
    public struct Row: Sendable {
        public let verdict: Verdict
        /// What the measure looks at besides the weights; nil for one that this program does not know.
        public let reads: String?
    }

    public let target: String
    /// What the study varied on purpose, held fixed in every condition; empty where networks differ in their seeds
    /// alone.
    public let design: [String]
    /// Columns held fixed one at a time, with the design.
    public let confounders: [String]
    /// Columns to which a measure has to add something.
    public let baseline: [String]
    /// Supported ones first, each kind by the size of its correlation.
    public let rows: [Row]

    /// Columns of the network itself and of its training that may stand behind a correlation.
    public static let usualConfounders = [
        TrainLoss.about.id, Epochs.about.id, DeadUnits.about.id, FeatureRank.about.id,
    ]

    /// Judges all columns but the target.
    ///
    /// - Parameters:
    ///   - confounders: columns to hold fixed one at a time; those of `usualConfounders` that were measured, unless
    ///     given.
    ///   - baseline: columns, regime or hyperparameters; the design and all confounders unless given.
    /// - Throws: `UnknownColumn`.
    public init(
        of population: Population, target: String? = nil, confounders: [String]? = nil, baseline: [String]? = nil,
        rule: VerdictRule? = nil
    ) throws(UnknownColumn) {
        let target = target ?? population.study.target
        let rule = rule ?? VerdictRule(networks: population.models.count)
        self.target = target
        self.confounders = (confounders ?? Self.usualConfounders.filter(population.columns.contains))
            .reduce(into: []) { kept, name in
                // The design is held fixed with every confounder.
                let isDesign = !population.columns.contains(name) && (try? population.grouping(named: name)) != nil
                if name != target, !isDesign, !kept.contains(name) { kept.append(name) }
            }
        var conditions: [Condition] = []
        for name in self.confounders { conditions.append(Condition(name, try population.covariates(name))) }
        let design = population.design
        self.design = design?.names ?? []
        var base: [Column]?
        if let baseline {
            base = []
            for name in baseline { base? += try population.covariates(name) }
        }
        self.baseline = baseline ?? (self.design + self.confounders)
        var candidates: [Candidate] = []
        for name in population.columns where name != target {
            let errors = try population.standardErrors(name)
            candidates.append(
                Candidate(
                    Column(name, try population.values(name)),
                    standardErrors: errors.contains { ($0 ?? 0) > 0 } ? errors : nil,
                    mayPredict: population.mayPredict(name)))
        }
        let evidence = Evidence(
            target: Column(target, try population.values(target)), candidates: candidates, design: design,
            confounders: conditions, configurations: population.configurationLabels, baseline: base)
        let order = Verdict.Word.allCases
        func place(_ verdict: Verdict) -> (Int, Double) {
            (verdict.word.flatMap(order.firstIndex) ?? order.count, -abs(verdict.raw.estimate ?? 0))
        }
        rows = rule.judge(evidence).sorted { place($0) < place($1) }.map {
            Row(verdict: $0, reads: population.about($0.measure)?.readingList)
        }
    }

    /// As rows for a person or a script.
    public var table: Table {
        var table = Table([
            "measure", "verdict", Table.Column("n"), Table.Column("rho", format: .fixed(3)),
            Table.Column("low", format: .fixed(3)), Table.Column("high", format: .fixed(3)),
            Table.Column("p_holm", format: .significant(2)), "given", Table.Column("given_rho", format: .fixed(3)),
            Table.Column("given_p", format: .significant(2)), Table.Column("gain", format: .fixed(3)),
            Table.Column("gain_se", format: .fixed(3)), Table.Column("detectable", format: .fixed(2)), "reads",
        ])
        for row in rows {
            let verdict = row.verdict
            let bounds = verdict.raw.shownInterval?.bounds
            let hardest = verdict.hardest
            let gain = try? verdict.gain.get()
            let noInterval = verdict.raw.reasonWithoutInterval()
            let noPartial = hardest == nil ? row.reasonWithoutTrial : hardest?.partial.reason
            table.append([
                .text(verdict.measure), Cell(verdict.word?.rawValue, because: verdict.raw.reason),
                .integer(verdict.raw.count), Cell(verdict.raw.estimate, because: verdict.raw.reason),
                Cell(bounds?.lower, because: noInterval), Cell(bounds?.upper, because: noInterval),
                Cell(verdict.correctedPValue, because: row.reasonWithoutCorrection),
                Cell(hardest?.condition, because: noPartial), Cell(hardest?.partial.estimate, because: noPartial),
                Cell(hardest?.partial.pValue, because: noPartial),
                Cell(gain?.gain, because: row.reasonWithoutGain),
                Cell(gain?.standardError, because: row.reasonWithoutGain),
                Cell(
                    verdict.detectable,
                    because: "\(verdict.raw.count) networks are too few to find a correlation of any size."),
                Cell(
                    row.reads,
                    because: "This program does not know the measure, so it is not trusted to be a predictor."),
            ])
        }
        return table
    }

    /// The partial correlations behind the verdicts, as the results file keeps them.
    public var partialRecords: [CorrelationRecord] {
        rows.flatMap { row in
            row.verdict.trials.map {
                CorrelationRecord($0.partial, of: row.verdict.measure, with: target, given: $0.names)
            }
        }
    }

    /// As the results file keeps them.
    public var records: [JudgementRecord] {
        rows.map { row in
            let verdict = row.verdict
            var record = JudgementRecord(
                measure: verdict.measure, target: target, verdict: verdict.word?.rawValue, count: verdict.raw.count,
                tried: verdict.tried, sentence: row.sentence,
                reason: verdict.word == nil ? verdict.raw.reason ?? "There is no correlation." : nil)
            let bounds = verdict.raw.shownInterval?.bounds
            record.estimate = verdict.raw.estimate
            record.interval = bounds.map { $0.lower...$0.upper }
            record.pValue = verdict.raw.pValue
            record.correctedPValue = verdict.correctedPValue
            record.detectable = verdict.detectable
            if let hardest = verdict.hardest {
                record.given = hardest.names
                record.givenEstimate = hardest.partial.estimate
                record.givenPValue = hardest.partial.pValue
                record.changePValue = hardest.change?.pValue
            }
            let gain = try? verdict.gain.get()
            record.gain = gain?.gain
            record.gainError = gain?.standardError
            record.reliability = row.reliability?.value
            record.noiseFree = row.noiseFree
            record.reads = row.reads
            return record
        }
    }
}

extension Verdicts.Row {
    /// The share of the measure's variance that is not its own sampling error; nil for an exact measure.
    public var reliability: Reliability? { try? verdict.reliability?.get() }

    /// The raw correlation to be expected without that error.
    public var noiseFree: Double? {
        guard let rho = verdict.raw.estimate else { return nil }
        return try? reliability?.withoutNoise(rho).get()
    }

    /// Why an estimated measure has no `noiseFree`; nil for an exact one.
    private var reasonWithoutNoiseFree: String? {
        switch verdict.reliability {
        case nil: return nil
        case .failure(let undefined): return undefined.description
        case .success(let reliability):
            guard let rho = verdict.raw.estimate, case .failure(let undefined) = reliability.withoutNoise(rho) else {
                return nil
            }
            return undefined.description
        }
    }

    /// Why no condition was held against it; nil where one was.
    fileprivate var reasonWithoutTrial: String? {
        guard verdict.hardest == nil else { return nil }
        if verdict.raw.estimate == nil { return verdict.raw.reason }
        for case .notApplicable(let reason) in verdict.trials.map(\.outcome) { return reason }
        return "There was nothing to hold fixed."
    }

    fileprivate var reasonWithoutCorrection: String? {
        verdict.raw.reason ?? "It is no predictor, so it takes no part in the correction."
    }

    fileprivate var reasonWithoutGain: String? {
        if case .failure(let undefined) = verdict.gain { undefined.description } else { nil }
    }

    /// The whole verdict in one line without a full stop, the word last.
    public var sentence: String { sentence { $0 } }

    /// The same in Markdown, the word bold.
    public var markdownSentence: String { sentence { "**\($0)**" } }

    private func sentence(marking mark: (String) -> String) -> String {
        let raw = verdict.raw
        guard let rho = raw.estimate, let p = raw.pValue else {
            return "\(mark("no verdict")): \(clause(raw.reason ?? "there is no correlation"))"
        }
        var parts = ["rho \(signed(rho))"]
        if let bounds = raw.shownInterval?.bounds {
            parts[0] += " (95 % \(signed(bounds.lower)) to \(signed(bounds.upper)))"
        }
        parts[0] += " over \(raw.count) networks, p \(short(p))"
        if let corrected = verdict.correctedPValue {
            parts[0] +=
                ", \(short(corrected)) corrected for \(verdict.tested) \(verdict.tested == 1 ? "measure" : "measures")"
        }
        if let hardest = verdict.hardest, verdict.word != .notAPredictor { parts.append(survival(hardest)) }
        for doubt in verdict.doubts {
            switch doubt {
            case .trial: break
            case .interval: parts.append("its interval includes 0")
            case .strata(let p): parts.append("configurations contradict each other (heterogeneity p \(short(p)))")
            }
        }
        switch verdict.gain {
        case _ where verdict.word == .notAPredictor: break
        case .success(let gain):
            parts.append(
                "adds \(signed(100 * gain.gain, digits: 1)) ± \(NumberFormat.fixed(1).string(100 * gain.standardError)) % "
                    + "of the target's rank variance to the baseline")
        case .failure(let undefined):
            parts.append("what it adds to the baseline is unknown: \(clause(undefined.description))")
        }
        if let reliability, let noiseFree {
            parts.append(
                "reliability \(NumberFormat.fixed(2).string(reliability.value)), so without its sampling error rho would be "
                    + "about \(signed(noiseFree))")
        } else if let reason = reasonWithoutNoiseFree {
            parts.append("what it would be without its sampling error is unknown: \(clause(reason))")
        }
        parts.append("reads \(reads ?? "what this program does not know")")
        if verdict.word == .undetectable, let size = verdict.detectable {
            parts.append("±\(NumberFormat.fixed(2).string(size)) would be found in four of five such studies")
            if let count = countNeeded(for: rho, tests: max(1, verdict.tested)), abs(rho) < size, count < 1_000_000 {
                parts.append("one like this in four of five of \(count) networks")
            }
        }
        return parts.joined(separator: "; ") + ": \(mark(verdict.word?.rawValue ?? "no verdict"))"
    }

    /// A sentence without its full stop.
    private func clause(_ sentence: String) -> String {
        sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    }

    private func survival(_ trial: Verdict.Trial) -> String {
        switch trial.outcome {
        case .indistinct(let rho):
            return "cannot be told apart given \(trial.condition) (rank correlation \(signed(rho, digits: 2)))"
        case .notApplicable(let reason):
            return "could not be held against \(trial.condition): \(clause(reason))"
        default: break
        }
        guard let partial = trial.partial.estimate, let p = trial.partial.pValue else {
            return "nothing of it is left given \(trial.condition)"
        }
        let numbers = "\(signed(partial)), p \(short(p))"
        return switch trial.outcome {
        case .survived: "survives given \(trial.condition) (\(numbers))"
        case .weakened: "less than half is left given \(trial.condition) (\(numbers))"
        case .lost: "goes given \(trial.condition) (\(numbers))"
        case .hidden: "shows only given \(trial.condition) (\(numbers))"
        case .open, .indistinct, .notApplicable: "given \(trial.condition) \(numbers)"
        }
    }

    private func short(_ p: Double) -> String { NumberFormat.significant(2).string(p) }

    private func signed(_ value: Double, digits: Int = 3) -> String { ReportSection.signed(value, digits: digits) }
}

extension VerdictRule {
    /// The rule for a population of this size. Many networks leave little to chance, and each resample, permutation and
    /// fold takes as much time as there are networks: above `MeasureCorrelations.mostForBootstrap` there are fewer of
    /// them.
    init(networks: Int) {
        self.init()
        guard networks > MeasureCorrelations.mostForBootstrap else { return }
        bootstrap = nil
        permutation.permutations = 99
        gain.repeats = 1
    }
}

extension Population {
    /// Regime and grid, to be held fixed: all configurations as categories where there are at least three models to
    /// each; else every grouping by itself, as a number where it is one.
    var design: Condition? {
        guard !groupings.isEmpty else { return nil }
        let whole = configuration ?? groupings[0]
        let names = groupings.map(\.name)
        if whole.distinctLabels.count * 3 <= models.count {
            return Condition([whole.name], whole.indicators)
        }
        return Condition(
            names,
            groupings.flatMap { grouping in
                grouping.numbers.map { [Column(grouping.name, $0)] } ?? grouping.indicators
            })
    }

    /// What tells the configurations apart, one label a model; nil where all are trained alike.
    var configurationLabels: [String?]? { (configuration ?? groupings.first)?.labels }
}
