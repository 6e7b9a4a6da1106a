import CGSL

/// A measure and the target with a condition held fixed: the numbers, before they are judged.
struct Held {
    let condition: Design.Condition
    let partial: Correlation
    let curved: Result<ResidualTest, UndefinedCorrelation>
    /// Whether measure or target are a function of the design alone.
    let isDetermined: Bool
    /// The regression slope of the residuals, and its standard error; nil where `curved` is undefined.
    let slope: (value: Double, error: Double)?
    /// The correction for noise in the confounders; nil where there are none or it has no answer.
    let noise: (confounders: NoisyConfounders, known: [Double?])?
    /// The first confounder along which both residuals still go together with their neighbours'; nil where there is
    /// none.
    let unresolved: String?
    /// Chance changes: see `changeTest`.
    let change: @Sendable (Permutation) -> DisagreementTest?

    init(
        _ condition: Design.Condition, _ candidate: Candidate, _ evidence: Evidence, _ design: Design,
        _ rule: VerdictRule
    ) {
        self.condition = condition
        let columns = condition.confounders.map(\.column)
        let rows = CompleteRows(of: [candidate.column, evidence.target] + columns)
        let (x, y) = (rows.variable(candidate.column), rows.variable(evidence.target))
        // What is constant in these rows holds nothing fixed.
        let confounders = condition.confounders.filter { rows.variable($0.column).constancy == nil }
        let variables = confounders.map { rows.variable($0.column) }
        var controls = design.controls(rows)
        let names = condition.names
        func undefined(_ reason: UndefinedCorrelation) -> Correlation {
            Correlation(
                method: .spearman, covariates: names, removal: .both, count: x.values.count, outcome: .failure(reason),
                remark: nil, bootstrap: nil)
        }
        if let reason = objection(to: x, y, method: .spearman, given: variables) {
            (partial, curved, isDetermined, slope, noise) = (undefined(reason), .failure(reason), false, nil, nil)
            unresolved = nil
            change = { _ in nil }
            return
        }
        let (scoresX, scoresY) = (normalScores(of: x) ?? [], normalScores(of: y) ?? [])
        let bare = HeldColumns(controls, x: scoresX, y: scoresY, rule.flexibility)
        var lines = bare
        for variable in variables { lines.add(midranks(variable.values)) }
        partial = lines.partial(x, y, names: names)
        controls.confounders = variables
        let held = HeldColumns(controls, x: scoresX, y: scoresY, rule.flexibility)
        let residual = held.residualDegrees - 1
        guard residual > 0 else {
            let reason = UndefinedCorrelation.tooFewRows(x.values.count, least: x.values.count + 1 - residual)
            (curved, isDetermined, slope, noise) = (.failure(reason), false, nil, nil)
            unresolved = nil
            change = { _ in nil }
            return
        }
        guard let leftX = held.remainder(of: scoresX), let leftY = held.remainder(of: scoresY) else {
            let isX = held.remainder(of: scoresX) == nil
            curved = .failure(.determined(variable: isX ? x.name : y.name, covariates: names))
            isDetermined = bare.remainder(of: isX ? scoresX : scoresY) == nil || !isX
            (slope, noise, unresolved) = (nil, nil, nil)
            change = { _ in nil }
            return
        }
        isDetermined = false
        let test = ResidualTest(
            leftX, leftY, total: dot(scoresX, scoresX), degreesOfFreedom: residual, columns: held.rank,
            design.exchange(rows, controls), rule.permutation)
        guard let test else {
            (curved, slope, noise, unresolved) = (.failure(.outOfRange), nil, nil, nil)
            change = { _ in nil }
            return
        }
        curved = .success(test)
        let spread = dot(leftX, leftX)
        let products = zip(leftX, leftY).map(*)
        slope = (
            dot(leftX, leftY) / spread,
            (dot(products, products) * Double(x.values.count) / Double(residual)).squareRoot() / spread
        )
        let noisy = variables.isEmpty ? nil : NoisyConfounders(scoresX, scoresY, design: bare, confounders: variables)
        noise = noisy.map { ($0, confounders.map { $0.reliability(rows, bare) }) }
        unresolved =
            variables.first { variable in
                [leftX, leftY].allSatisfy { variable.isUnresolved(in: $0, rule.level) }
            }?.name
        change = { held.changeTest(scoresX, scoresY, $0) }
    }

    /// The correlation's t with confounders of unknown noise at a reliability, those of known noise at their own.
    func noisy(at reliability: Double) -> Verdict.Trial.Noisy? {
        noise.flatMap { noise in
            noise.confounders.statistic(reliabilities: noise.known.map { $0 ?? reliability }).map {
                Verdict.Trial.Noisy(
                    reliability: reliability,
                    pValue: studentPValue(t: $0.t, degreesOfFreedom: Double($0.degreesOfFreedom)),
                    sign: $0.t < 0 ? -1 : 1)
            }
        }
    }

    /// Whether there is a confounder whose noise is known, and one whose noise is not.
    var hasKnownNoise: Bool { noise?.known.contains { $0 != nil } ?? false }
    var hasUnknownNoise: Bool { noise?.known.contains { $0 == nil } ?? false }
}

extension VerdictRule {
    /// Holds one factor fixed, and nothing else.
    ///
    /// - Parameters:
    ///   - stands: whether the raw correlation does, after correction.
    ///   - corrected: p of the partial correlation after correction.
    public func trial(
        of column: Column, with target: Column, given factor: Factor, stands: Bool, corrected: Double?
    ) -> Verdict.Trial {
        let evidence = Evidence(target: target, candidates: [Candidate(column)], factors: [factor])
        let design = Design(of: evidence, flexibility, leastConfigurations: leastConfigurations)
        let condition = Design.Condition(names: design.names, confounders: [])
        return trial(
            Held(condition, evidence.candidates[0], evidence, design, self),
            raw: self.raw(evidence.candidates[0], evidence, design), stands: stands, corrected: corrected)
    }

    func trial(
        _ held: Held, raw: (correlation: Correlation, test: ResidualTest?, whole: Double?), stands: Bool,
        corrected: Double?
    ) -> Verdict.Trial {
        let noisy = held.noisy(at: noisyReliability)
        func trial(_ outcome: Verdict.Trial.Outcome, _ change: DisagreementTest? = nil) -> Verdict.Trial {
            Verdict.Trial(
                names: held.condition.names, partial: held.partial, curved: held.curved, correctedPValue: corrected,
                noisy: noisy, change: change, outcome: outcome)
        }
        guard let rho = raw.correlation.estimate else { return trial(.notApplicable(.noRawCorrelation)) }
        switch held.curved {
        case .failure(.determined) where stands:
            return trial(held.isDetermined ? .lost : .indistinct(shareLeft: 0))
        case .failure(let undefined):
            return trial(.notApplicable(.undefined(undefined)))
        case .success(let test):
            guard stands else { return trial(.open) }
            let exact = held.hasKnownNoise ? held.noisy(at: 1) : nil
            let isTold = exact.map { $0.pValue < level && $0.sign * rho > 0 } ?? true
            let isThere = rho * test.value > 0 && test.pValue < level && isTold
            let isLess = test.value * (rho < 0 ? -1 : 1) < remainingShare * abs(raw.whole ?? rho)
            if isThere, let name = held.unresolved { return trial(.unresolved(confounder: name)) }
            if !isLess { return trial(isThere ? .survived : .open) }
            if rho * test.value < 0, (corrected ?? 1) < level { return trial(.reversed) }
            if let slope = held.slope, let whole = raw.whole,
                abs(slope.value - whole)
                    <= slope.error * studentQuantile(level: 1 - level, degreesOfFreedom: Double(test.degreesOfFreedom))
            {
                return trial(isThere || test.shareLeft > 0.1 ? .open : .indistinct(shareLeft: test.shareLeft))
            }
            guard let change = held.change(permutation) else { return trial(.open) }
            guard change.pValue < level else { return trial(isThere ? .survived : .open, change) }
            return trial(isThere ? .weakened : .lost, change)
        }
    }

    /// The least reliability, in hundredths, at which all conditions leave the correlation its sign and a p below the
    /// level; nil where that is none, or no noise is unknown.
    func leastReliability(_ held: [Held]) -> Double? {
        let trials = held.filter(\.hasUnknownNoise)
        guard !trials.isEmpty else { return nil }
        func survives(_ reliability: Double) -> Bool {
            trials.allSatisfy { held in
                guard case .success(let test) = held.curved, let noisy = held.noisy(at: reliability) else {
                    return false
                }
                return noisy.pValue < level && noisy.sign * test.value > 0
            }
        }
        var least: Double?
        for hundredths in stride(from: 100, through: 10, by: -2) {
            guard survives(Double(hundredths) / 100) else { break }
            least = Double(hundredths) / 100
        }
        return least
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

extension Variable {
    /// Whether residuals go together with those of the next row by this column, more than chance takes (one-sided,
    /// normal: residuals of neighbours of a curve that fits are nearly independent, with a correlation a little below
    /// 0). A column of few values has no neighbours.
    fileprivate func isUnresolved(in residuals: [Double], _ level: Double) -> Bool {
        guard Set(values).count * 4 >= values.count else { return false }
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        let products = zip(order, order.dropFirst()).reduce(0) { $0 + residuals[$1.0] * residuals[$1.1] }
        let z = products / dot(residuals, residuals) * Double(values.count).squareRoot()
        return gsl_cdf_ugaussian_Q(z) < level
    }
}

extension HeldColumns {
    /// The partial rank correlation given these columns.
    func partial(_ x: Variable, _ y: Variable, names: [String]) -> Correlation {
        func made(_ outcome: Result<Correlation.Estimate, UndefinedCorrelation>) -> Correlation {
            Correlation(
                method: .spearman, covariates: names, removal: .both, count: count, outcome: outcome, remark: nil,
                bootstrap: nil)
        }
        let degrees = residualDegrees - 1
        guard degrees > 0 else { return made(.failure(.tooFewRows(count, least: count + 1 - degrees))) }
        var residuals: [[Double]] = []
        for variable in [x, y] {
            guard let left = remainder(of: midranks(variable.values)) else {
                return made(.failure(.determined(variable: variable.name, covariates: names)))
            }
            residuals.append(left)
        }
        guard let rho = productMoment(residuals[0], residuals[1]) else { return made(.failure(.outOfRange)) }
        let covariates = count - 2 - degrees
        return made(
            .success(
                Correlation.Estimate(
                    value: rho, pValue: studentPValue(correlation: rho, degreesOfFreedom: degrees),
                    pValueKind: .studentT, degreesOfFreedom: degrees,
                    interval: fisherInterval(rho, method: .spearman, count: count, covariates: covariates),
                    fiellerInterval: fisherInterval(
                        rho, method: .spearman, count: count, covariates: covariates, variance: .fieller))))
    }

    /// Whether holding these columns fixed changes the correlation of `x` and `y`, two columns of scores, by more than
    /// columns of nothing to do with them: their rows change places, all together (as `disagreementTest` has it).
    ///
    /// - Complexity: O(n k) an order for k columns.
    func changeTest(_ x: [Double], _ y: [Double], _ permutation: Permutation) -> DisagreementTest? {
        guard let x = unit(x), let y = unit(y) else { return nil }
        let raw = min(max(dot(x, y), -1), 1)
        var order = x.indices.map { Int32($0) }
        func difference() -> Double? {
            let explained = explained(x, y, order: order)
            let (leftX, leftY) = (1 - explained.x, 1 - explained.y)
            guard leftX > 1e-12, leftY > 1e-12 else { return nil }
            return min(max((raw - explained.both) / (leftX * leftY).squareRoot(), -1), 1) - raw
        }
        guard let observed = difference() else { return nil }
        let threshold = abs(observed) * (1 - 1e-10) - 1e-13
        var rows = RandomRows(seed: permutation.seed)
        var extreme = 0
        for _ in 0..<permutation.permutations {
            order.withUnsafeMutableBufferPointer { rows.shuffle($0) }
            if abs(difference() ?? .infinity) >= threshold { extreme += 1 }
        }
        return DisagreementTest(
            raw: raw, partial: raw + observed, difference: observed,
            pValue: Double(1 + extreme) / Double(permutation.permutations + 1), permutations: permutation.permutations,
            seed: permutation.seed)
    }
}
