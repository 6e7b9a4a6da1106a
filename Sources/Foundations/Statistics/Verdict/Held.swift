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
    private(set) var isDetermined = false
    /// The regression slope of the residuals, and its standard error; nil where `curved` is undefined.
    private(set) var slope: (value: Double, error: Double)?
    /// What is left with confounders held as finely as the rows bear; nil where there are none, or `curved` is not told
    /// from nothing.
    private(set) var finest: Verdict.Trial.Finest?
    /// With confounders of unknown noise at the rule's reliability, those of known noise at their own; nil where there
    /// are none.
    private(set) var noisy: Verdict.Trial.Noisy?
    /// The same with confounders of unknown noise taken as exact; nil where no noise is known.
    private(set) var stated: Verdict.Trial.Noisy?
    /// Whether there is a confounder whose noise is not known.
    private(set) var hasUnknownNoise = false
    /// The least reliability of these, in steps of 0.02, at which what is left is told from nothing; nil where that is
    /// none, or was not asked for.
    private(set) var leastReliability: Double?
    /// Whether less is left than a raw correlation that stands may lose; nil where that was not asked.
    private(set) var change: DisagreementTest?

    init(
        _ condition: Design.Condition, _ candidate: Candidate, _ evidence: Evidence, _ design: Design,
        _ rule: VerdictRule, raw: Raw, stands: Bool
    ) {
        self.condition = condition
        let names = condition.names
        let rows = CompleteRows(of: [candidate.column, evidence.target] + condition.confounders.map(\.column))
        let (x, y) = (rows.variable(candidate.column), rows.variable(evidence.target))
        // What is constant in these rows holds nothing fixed.
        let confounders = condition.confounders.filter { rows.variable($0.column).constancy == nil }
        let variables = confounders.map { rows.variable($0.column) }
        if let reason = objection(to: x, y, method: .spearman, given: variables) {
            partial = Correlation(
                method: .spearman, covariates: names, removal: .both, count: x.values.count, outcome: .failure(reason),
                remark: nil, bootstrap: nil)
            curved = .failure(reason)
            return
        }
        let (scoresX, scoresY) = (normalScores(of: x) ?? [], normalScores(of: y) ?? [])
        var controls = design.controls(rows)
        let bare = HeldColumns(controls, x: scoresX, y: scoresY, rule.flexibility)
        var lines = bare
        for variable in variables { lines.add(midranks(variable.values)) }
        partial = lines.partial(x, y, names: names)
        controls.confounders = variables
        let held = HeldColumns(controls, x: scoresX, y: scoresY, rule.flexibility)
        let degrees = held.residualDegrees - 1
        guard degrees > 0 else {
            curved = .failure(.tooFewRows(x.values.count, least: x.values.count + 1 - degrees))
            return
        }
        guard let leftX = held.remainder(of: scoresX), let leftY = held.remainder(of: scoresY) else {
            let isX = held.remainder(of: scoresX) == nil
            curved = .failure(.determined(variable: isX ? x.name : y.name, covariates: names))
            isDetermined = !isX || bare.remainder(of: scoresX) == nil
            return
        }
        let test = ResidualTest(
            leftX, leftY, total: dot(scoresX, scoresX), degreesOfFreedom: degrees, columns: held.rank,
            design.exchange(rows), rule.permutation)
        guard let test else {
            curved = .failure(.outOfRange)
            return
        }
        curved = .success(test)
        let spread = dot(leftX, leftX)
        let products = zip(leftX, leftY).map(*)
        slope = (
            dot(leftX, leftY) / spread,
            (dot(products, products) * Double(x.values.count) / Double(degrees)).squareRoot() / spread
        )
        if !variables.isEmpty, test.pValue < rule.level {
            let controls = FinestControls(held, controls, rule.flexibility)
            let (value, pValue) = controls.correlation(scoresX, scoresY)
            finest = Verdict.Trial.Finest(value: value, pValue: pValue, columns: controls.held.rank)
        }
        if !variables.isEmpty,
            let noise = NoisyConfounders(scoresX, scoresY, design: bare, confounders: variables)
        {
            tryNoise(noise, known: confounders.map { $0.reliability(rows, bare) }, test, rule)
        }
        if stands, let left = slope, isLess(test, raw, rule), rule.refutes(left, test, raw) {
            change = held.changeTest(scoresX, scoresY, rule.permutation)
        }
    }

    /// Whether less than the rule's share of the raw correlation is left.
    func isLess(_ test: ResidualTest, _ raw: Raw, _ rule: VerdictRule) -> Bool {
        let rho = raw.correlation.estimate ?? 0
        return test.value * (rho < 0 ? -1 : 1) < rule.remainingShare * abs(raw.whole ?? rho)
    }

    private mutating func tryNoise(
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
