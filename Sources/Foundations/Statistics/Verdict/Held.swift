import Synchronization

/// A measure and the target with nothing held fixed.
struct Raw {
    let correlation: Correlation
    /// Against random orders; nil where there is no correlation.
    let test: ResidualTest?
    /// The correlation of normal scores, which is the slope of the one on the other, too.
    let whole: Double?
}

/// A measure and the target with a condition held fixed: the numbers, before they are judged.
struct Held {
    let condition: Design.Condition
    let partial: Correlation
    let curved: Result<ResidualTest, UndefinedCorrelation>
    /// Whether nothing is left of the target, or of the measure given the design alone.
    fileprivate(set) var isDetermined = false
    /// The regression slope of the residuals, and its standard error; nil where `curved` is undefined.
    fileprivate(set) var slope: (value: Double, error: Double)?
    /// What is left with confounders held as finely as the rows bear; nil where there are none, or `curved` is not told
    /// from nothing.
    fileprivate(set) var finest: Verdict.Trial.Finest?
    /// With confounders of unknown noise at the rule's reliability, those of known noise at their own; nil where there
    /// are none.
    fileprivate(set) var noisy: Verdict.Trial.Noisy?
    /// The same with confounders of unknown noise taken as exact; nil where no noise is known.
    fileprivate(set) var stated: Verdict.Trial.Noisy?
    /// Whether there is a confounder whose noise is not known.
    fileprivate(set) var hasUnknownNoise = false
    /// The least reliability of these, in steps of 0.02, at which what is left is told from nothing; nil where that is
    /// none, or was not asked for.
    fileprivate(set) var leastReliability: Double?
    /// Whether less is left than a raw correlation that stands may lose; nil where that was not asked.
    fileprivate(set) var change: DisagreementTest?

    fileprivate init(
        _ condition: Design.Condition, partial: Correlation, curved: Result<ResidualTest, UndefinedCorrelation>
    ) {
        (self.condition, self.partial, self.curved) = (condition, partial, curved)
    }

    /// Whether less than the rule's share of the raw correlation is left.
    func isLess(_ test: ResidualTest, _ raw: Raw, _ rule: VerdictRule) -> Bool {
        let rho = raw.correlation.estimate ?? 0
        return test.value * (rho < 0 ? -1 : 1) < rule.remainingShare * abs(raw.whole ?? rho)
    }

    fileprivate mutating func tryNoise(
        _ noise: NoisyConfounders, known: [Double?], _ test: ResidualTest, _ rule: VerdictRule
    ) {
        func tried(_ reliability: Double) -> Verdict.Trial.Noisy {
            guard let found = noise.statistic(reliabilities: known.map { $0 ?? reliability }) else {
                // No answer is no survival.
                return Verdict.Trial.Noisy(reliability: reliability, pValue: 1, sign: 0)
            }
            return Verdict.Trial.Noisy(
                reliability: reliability,
                pValue: studentPValue(t: found.t, degreesOfFreedom: Double(found.degreesOfFreedom)),
                sign: found.t < 0 ? -1 : 1)
        }
        hasUnknownNoise = known.contains { $0 == nil }
        noisy = tried(rule.noisyReliability)
        if known.contains(where: { $0 != nil }) { stated = tried(1) }
        guard rule.showsBackground, hasUnknownNoise, test.pValue < rule.level else { return }
        for hundredths in stride(from: 100, through: 10, by: -2) {
            guard rule.survives(tried(Double(hundredths) / 100), sign: test.value) else { break }
            leastReliability = Double(hundredths) / 100
        }
    }
}

/// A measure that is held against the target.
struct Tried {
    let candidate: Candidate
    let raw: Raw
    /// Whether the raw correlation does.
    let stands: Bool
}

extension Held {
    /// Holds a condition fixed for several measures. What is held does not look at a measure but to choose among
    /// columns, so that the columns are made once for all that have the same rows and choose alike.
    ///
    /// - Returns: in the order of `tried`.
    static func each(
        _ condition: Design.Condition, _ tried: [Tried], _ evidence: Evidence, _ design: Design, _ rule: VerdictRule
    ) -> [Held] {
        let confounders = condition.confounders.map(\.column)
        let parts = Dictionary(grouping: tried.indices) { index in
            CompleteRows(of: [tried[index].candidate.column, evidence.target] + confounders)
        }
        var found = [Held?](repeating: nil, count: tried.count)
        for (rows, members) in parts {
            let group = Conditioning(condition, rows, evidence, design, rule)
            for (index, held) in zip(members, group.each(members.map { tried[$0] })) { found[index] = held }
        }
        return found.compactMap(\.self)
    }
}

/// A condition over some rows.
private struct Conditioning {
    let condition: Design.Condition
    let rows: CompleteRows
    let design: Design
    let rule: VerdictRule
    let target: Variable
    /// What is constant in these rows holds nothing fixed.
    let confounders: [Confounder]
    let variables: [Variable]

    init(
        _ condition: Design.Condition, _ rows: CompleteRows, _ evidence: Evidence, _ design: Design,
        _ rule: VerdictRule
    ) {
        (self.condition, self.rows, self.design, self.rule) = (condition, rows, design, rule)
        target = rows.variable(evidence.target)
        confounders = condition.confounders.filter { rows.variable($0.column).constancy == nil }
        variables = confounders.map { rows.variable($0.column) }
    }

    func each(_ tried: [Tried]) -> [Held] {
        var found = [Held?](repeating: nil, count: tried.count)
        let measures = tried.map { rows.variable($0.candidate.column) }
        for index in tried.indices {
            guard let reason = objection(to: measures[index], target, method: .spearman, given: variables) else {
                continue
            }
            let partial = Correlation(
                method: .spearman, covariates: condition.names, removal: .both, count: target.values.count,
                outcome: .failure(reason), remark: nil, bootstrap: nil)
            found[index] = Held(condition, partial: partial, curved: .failure(reason))
        }
        let sound = tried.indices.filter { found[$0] == nil }
        guard !sound.isEmpty else { return found.compactMap(\.self) }
        let scores = sound.map { normalScores(of: measures[$0]) ?? [] }
        let scoresY = normalScores(of: target) ?? []
        var controls = design.controls(rows)
        var bare = [BareColumns?](repeating: nil, count: sound.count)
        HeldColumns.each(controls, of: scores, with: scoresY, rule.flexibility) { held, members in
            let columns = BareColumns(held, self, scoresY)
            for member in members { bare[member] = columns }
        }
        controls.confounders = variables
        HeldColumns.each(controls, of: scores, with: scoresY, rule.flexibility) { held, members in
            let columns = CurvedColumns(held, controls, scoresY, rule.flexibility)
            let alone = bare
            let made = eachAtOnce(members, holding: 8 * 8 * scoresY.count) { member in
                alone[member].map {
                    self.held(tried[sound[member]], measures[sound[member]], scores[member], scoresY, $0, columns)
                }
            }
            for (member, held) in zip(members, made) { found[sound[member]] = held }
        }
        return found.compactMap(\.self)
    }

    private func held(
        _ tried: Tried, _ x: Variable, _ scoresX: [Double], _ scoresY: [Double], _ bare: BareColumns,
        _ columns: CurvedColumns
    ) -> Held {
        let (names, held) = (condition.names, columns.held)
        let partial = bare.lines.partial(x, target, names: names)
        func failed(_ reason: UndefinedCorrelation) -> Held {
            Held(condition, partial: partial, curved: .failure(reason))
        }
        let degrees = held.residualDegrees - 1
        guard degrees > 0 else {
            return failed(.tooFewRows(x.values.count, least: x.values.count + 1 - degrees))
        }
        guard let leftX = held.remainder(of: scoresX), let leftY = columns.leftY else {
            let isX = held.remainder(of: scoresX) == nil
            var found = failed(.determined(variable: isX ? x.name : target.name, covariates: names))
            found.isDetermined = !isX || bare.held.remainder(of: scoresX) == nil
            return found
        }
        let test = ResidualTest(
            leftX, leftY, total: dot(scoresX, scoresX), degreesOfFreedom: degrees, columns: held.rank,
            design.exchange(rows), rule.permutation)
        guard let test else { return failed(.outOfRange) }
        var found = Held(condition, partial: partial, curved: .success(test))
        let spread = dot(leftX, leftX)
        let products = zip(leftX, leftY).map(*)
        found.slope = (
            dot(leftX, leftY) / spread,
            (dot(products, products) * Double(x.values.count) / Double(degrees)).squareRoot() / spread
        )
        if !variables.isEmpty, test.pValue < rule.level {
            found.finest = columns.finest(leftX, leftY)
        }
        if !variables.isEmpty, let restX = bare.held.remainder(of: scoresX), let restY = bare.restY {
            found.tryNoise(
                NoisyConfounders(rests: restX, restY, bare.noise), known: bare.reliabilities, test, rule)
        }
        if tried.stands, let left = found.slope, found.isLess(test, tried.raw, rule),
            rule.refutes(left, test, tried.raw)
        {
            found.change = held.changeTest(scoresX, scoresY, rule.permutation)
        }
        return found
    }

    /// The design, with what several measures need of it.
    private final class BareColumns: Sendable {
        let held: HeldColumns
        /// With the confounders as lines.
        let lines: HeldColumns
        /// What the design leaves of the target; nil where that is nothing.
        let restY: [Double]?
        /// Of each confounder; nil where its noise is not known.
        let reliabilities: [Double?]
        let noise: NoisyConfounders.Columns

        init(_ held: HeldColumns, _ conditioning: Conditioning, _ scoresY: [Double]) {
            self.held = held
            noise = NoisyConfounders.Columns(of: conditioning.variables, beside: held)
            var lines = held
            for variable in conditioning.variables { lines.add(midranks(variable.values)) }
            self.lines = lines
            restY = held.remainder(of: scoresY)
            reliabilities = conditioning.confounders.map { $0.reliability(conditioning.rows, held) }
        }
    }

    /// The design and the confounders' curves, with what several measures need of them.
    private final class CurvedColumns: Sendable {
        let held: HeldColumns
        /// What they leave of the target; nil where that is nothing.
        let leftY: [Double]?
        private let controls: Controls
        private let flexibility: Flexibility
        /// The finest columns, and what they leave of the target: made once a measure asks.
        private let finer = Mutex<(columns: FinestControls, restY: [Double]?)?>(nil)

        init(_ held: HeldColumns, _ controls: Controls, _ scoresY: [Double], _ flexibility: Flexibility) {
            (self.held, self.controls, self.flexibility) = (held, controls, flexibility)
            leftY = held.remainder(of: scoresY)
        }

        func finest(_ leftX: [Double], _ leftY: [Double]) -> Verdict.Trial.Finest {
            let (finest, restY) = finer.withLock { finer in
                if let finer { return finer }
                let columns = FinestControls(held, controls, flexibility)
                let made = (columns, columns.rest(of: leftY))
                finer = made
                return made
            }
            let (value, pValue) = finest.correlation(ofLeft: leftX, finest.rest(of: leftX), leftY, restY)
            return Verdict.Trial.Finest(value: value, pValue: pValue, columns: finest.held.rank)
        }
    }
}

extension Confounder {
    /// The share of its variance beside the design that is no noise; nil where its noise is not known.
    fileprivate func reliability(_ rows: CompleteRows, _ design: HeldColumns) -> Double? {
        guard let errors = standardErrors else { return nil }
        let known = rows.values(errors)
        guard let rest = design.remainder(of: rows.variable(column).values), known.contains(where: { $0 > 0 }),
            let found = try? Statistics.reliability(of: Variable(name, rest), standardErrors: known).get()
        else { return nil }
        return min(max(found.value, 0.05), 1)
    }
}
