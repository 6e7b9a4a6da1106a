import Buffers
import Foundation
import Networks
import Randomness

/// Decides every pair of probe and class of a labelling problem, each with a verified witness or certificate.
///
/// Four sources of answers, cheapest first: units that only probes activate; vertices passed on the way, scored on all
/// probes; small problems of two classes, whose infeasibility is the whole problem's; and the problem itself, warm from
/// the vertex at hand, always turning to the pair that is nearest to feasible.
package struct LabellingSolver {
    private let problem: LabellingProblem
    private let scaled: ScaledFeatures
    private let checker: CertificateChecker
    private let rows: [[Double]]
    private let probes: [[Double]]
    private let probeBlocks: FeatureBlocks
    private let probeScores: AlignedMemory<Lanes>
    private var answers: LabellingAnswers
    /// How often each pair was turned to.
    private var visits: [Int]
    /// An answer that keeps failing verification, or a walk that never ends, is not tried for ever; the last visit may
    /// take 220,000 pivots.
    private static let mostVisits = 24
    /// A simplex that rounding errors have broken is replaced by one with other margins, so often at most.
    private static let mostRestarts = 24

    /// Decides all pairs.
    ///
    /// - Complexity: for n points, f live units and K classes, a pivot costs O(n f K + f² K²); the record's networks
    ///   take about 13,000 pivots for 1,000 pairs.
    package static func solve(_ problem: LabellingProblem) -> LabellingAnswers {
        var solver = LabellingSolver(problem)
        solver.run()
        return solver.answers
    }

    private init(_ problem: LabellingProblem) {
        self.problem = problem
        scaled = ScaledFeatures(problem)
        checker = CertificateChecker(problem)
        rows = (0..<problem.pointCount).map(scaled.point)
        probes = (0..<problem.probeCount).map(scaled.probe)
        probeBlocks = FeatureBlocks(
            rows: probes, labels: [Int](repeating: 0, count: probes.count), width: scaled.width,
            classCount: problem.classCount)
        probeScores = AlignedMemory(repeating: Lanes(), count: probeBlocks.count * problem.classCount)
        answers = LabellingAnswers(probeCount: problem.probeCount, classCount: problem.classCount)
        visits = [Int](repeating: 0, count: problem.probeCount * problem.classCount)
    }

    private mutating func run() {
        guard let simplex = separate() else { return }
        useDeadUnits(simplex)
        harvest(simplex)
        if problem.classCount > 2 { excludePairwise() }
        solveTheRest(from: simplex)
    }

    /// A simplex at a first vertex of all classes' problem; nil when there is none, which the answers then say.
    private mutating func separate() -> LabellingSimplex? {
        while answers.counts.restarts <= Self.mostRestarts {
            let simplex = makeSimplex(
                points: Array(0..<problem.pointCount), labels: problem.labels, classes: problem.classCount)
            let outcome = simplex.separate()
            answers.pivots += simplex.pivots
            switch outcome {
            case .reached where checker.classifiesTraining(scaled.classifier(simplex.state)):
                answers.separable = true
                return simplex
            case .optimal where answers.separable == nil && checker.proves(simplex.multipliers { $0 }, target: nil):
                answers.separable = false
                return nil
            default: answers.counts.restarts += 1
            }
        }
        return nil
    }

    /// Random margins come from a fixed seed and the number of restarts: answers do not depend on them, the way to the
    /// answers does.
    private func makeSimplex(points: [Int], labels: [Int], classes: Int) -> LabellingSimplex {
        var stream = NativeStream(seed: 0).child("labelling-margins").child(UInt64(answers.counts.restarts))
        return LabellingSimplex(
            rows: points.map { rows[$0] }, labels: labels, width: scaled.width, classCount: classes
        ) { stream.unit() }
    }

    // MARK: Witnesses

    /// Records the pairs for which the classifier is a witness, after checking it against the data.
    ///
    /// - Returns: how many pairs it decided.
    private mutating func record(_ classifier: Classifier, _ pairs: [(probe: Int, label: Int)]) -> Int {
        let fresh = pairs.filter { answers[$0.probe, $0.label] == .undecided }
        guard !fresh.isEmpty else { return 0 }
        guard checker.classifiesTraining(classifier) else {
            answers.counts.rejected += fresh.count
            return 0
        }
        var decided = 0
        for (probe, label) in fresh {
            if checker.gives(classifier, probe: probe, class: label) {
                answers.decide(probe, label, .feasible)
                decided += 1
            } else {
                answers.counts.rejected += 1
            }
        }
        return decided
    }

    /// A unit that is 0 on all training points is free: a large weight gives an activating probe any class.
    private mutating func useDeadUnits(_ simplex: LabellingSimplex) {
        let base = scaled.classifier(simplex.state)
        let largest = base.weights.map(abs).max() ?? 0
        for probe in 0..<problem.probeCount {
            guard let unit = scaled.deadUnit(activatedBy: probe) else { continue }
            let value = problem.probe(probe, unit)
            let size = (0..<problem.width).reduce(1.0) { $0 + abs(problem.probe(probe, $1)) } * (largest + 1)
            for label in 0..<problem.classCount {
                var classifier = base
                classifier[label, unit] = 4 * size / value
                answers.counts.byDeadUnit += record(classifier, [(probe, label)])
            }
        }
    }

    /// Scores all probes at a vertex or on a ray: a probe that clearly gets a class can be given it.
    private mutating func harvest(_ simplex: LabellingSimplex) {
        harvest(weights: UnsafePointer(simplex.state))
    }

    private mutating func harvest(weights: UnsafePointer<Double>) {
        guard answers.undecided > 0 else { return }
        probeBlocks.score(weights, into: probeScores)
        var found: [(probe: Int, label: Int)] = []
        for lane in probeBlocks.pointOfLane.indices where probeBlocks.pointOfLane[lane] >= 0 {
            let best = leaders(lane)
            if best.gap > 0.05, answers[probeBlocks.pointOfLane[lane], best.label] == .undecided {
                found.append((probeBlocks.pointOfLane[lane], best.label))
            }
        }
        guard !found.isEmpty else { return }
        answers.counts.byHarvest += record(scaled.classifier(weights), found)
    }

    /// The class with the largest score on a lane's probe, its score, and its lead over the runner-up.
    private func leaders(_ lane: Int) -> (label: Int, score: Double, gap: Double) {
        let cells = probeScores.pointer + lane / 8 * problem.classCount
        var (label, best, second) = (0, cells[0][lane % 8], -Double.infinity)
        for c in 1..<max(1, problem.classCount) {
            let score = cells[c][lane % 8]
            if score > best { (label, best, second) = (c, score, best) } else { second = max(second, score) }
        }
        return (label, best, best - second)
    }

    // MARK: Two classes at a time

    /// If no hyperplane between the points of c and k has the probe on c's side, no classifier can call it c.
    private mutating func excludePairwise() {
        for c in 0..<problem.classCount {
            for k in (c + 1)..<problem.classCount {
                let members = problem.labels.indices.filter { problem.labels[$0] == c || problem.labels[$0] == k }
                let labels = members.map { problem.labels[$0] == c ? 0 : 1 }
                guard Set(labels).count == 2 else { continue }
                exclude(c, k, members: members, labels: labels)
            }
        }
    }

    private mutating func exclude(_ c: Int, _ k: Int, members: [Int], labels: [Int]) {
        let simplex = makeSimplex(points: members, labels: labels, classes: 2)
        defer { answers.pivots += simplex.pivots }
        guard simplex.separate() == .reached else { return }
        for probe in 0..<problem.probeCount {
            for (side, label, rival) in [(0, c, k), (1, k, c)] {
                guard answers[probe, label] == .undecided,
                    simplex.margin(of: probes[probe], class: side) <= 1e-6
                else { continue }
                /// The two classes' certificate is one of the whole problem.
                func isProven() -> Bool {
                    var certificate = simplex.multipliers { members[$0] }
                    for index in certificate.terms.indices {
                        switch certificate.terms[index].row {
                        case .training(let point, _):
                            certificate.terms[index].row = .training(
                                point: point, other: problem.labels[point] == c ? k : c)
                        case .target: certificate.terms[index].row = .target(rival: rival)
                        }
                    }
                    return checker.proves(certificate, target: (probe, label))
                }
                simplex.aim(at: probes[probe], class: side)
                var proven = false
                let outcome = simplex.maximise(
                    goal: 1e-6, pivotLimit: 200 * simplex.size,
                    isProven: {
                        proven = isProven()
                        return proven
                    })
                guard outcome == .optimal else { continue }
                if proven || isProven() {
                    answers.decide(probe, label, .infeasible)
                    answers.counts.byPairwiseCertificate += 1
                } else {
                    answers.counts.rejected += 1
                }
            }
        }
    }

    // MARK: All classes

    private mutating func solveTheRest(from first: LabellingSimplex) {
        var simplex = first
        var counted = simplex.pivots
        while let pair = nearestUndecided(simplex) {
            let cell = pair.probe * problem.classCount + pair.class
            let limit = Int(20 * pow(1.5, Double(visits[cell])))
            visits[cell] += 1
            let isSound = turn(simplex, to: pair, pivotLimit: limit)
            answers.pivots += simplex.pivots - counted
            counted = simplex.pivots
            guard !isSound else { continue }
            answers.counts.restarts += 1
            guard let fresh = separate() else { return }
            (simplex, counted) = (fresh, fresh.pivots)
        }
    }

    /// Works on one pair, and decides it if the pivots suffice.
    ///
    /// - Returns: false when the simplex gave something that fails verification, or gave up.
    private mutating func turn(
        _ simplex: LabellingSimplex, to pair: (probe: Int, class: Int), pivotLimit: Int
    ) -> Bool {
        let rejected = answers.counts.rejected
        func isProven() -> Bool { checker.proves(simplex.multipliers { $0 }, target: pair) }
        simplex.aim(at: probes[pair.probe], class: pair.class)
        var proven = false
        let outcome = simplex.maximise(
            goal: 0.1, pivotLimit: pivotLimit, everyEighthPivot: { harvest(simplex) },
            isProven: {
                // What a vertex on the way has decided needs no proof.
                proven = answers[pair.probe, pair.class] == .undecided && isProven()
                return proven
            })
        switch outcome {
        case .reached:
            recordOwn(pair, scaled.classifier(simplex.state))
            harvest(simplex)
        case .unbounded:
            let onRay = pointOnRay(simplex)
            recordOwn(pair, scaled.classifier(onRay))
            harvest(weights: onRay)
        case .optimal:
            guard answers[pair.probe, pair.class] == .undecided else { break }
            if proven || isProven() {
                answers.decide(pair.probe, pair.class, .infeasible)
                answers.counts.byFullCertificate += 1
            } else {
                answers.counts.rejected += 1
            }
        case .paused: break
        case .stuck: return false
        }
        return answers.counts.rejected == rejected
    }

    private mutating func recordOwn(_ pair: (probe: Int, class: Int), _ classifier: Classifier) {
        answers.counts.byOwnProblem += record(classifier, [(pair.probe, pair.class)])
    }

    /// The undecided pair with the largest min over rivals of (w_c - w_k)·p at the vertex at hand.
    private func nearestUndecided(_ simplex: LabellingSimplex) -> (probe: Int, class: Int)? {
        guard answers.undecided > 0 else { return nil }
        probeBlocks.score(simplex.state, into: probeScores)
        var best: (pair: (probe: Int, class: Int), margin: Double)?
        for lane in probeBlocks.pointOfLane.indices where probeBlocks.pointOfLane[lane] >= 0 {
            let probe = probeBlocks.pointOfLane[lane]
            let leader = leaders(lane)
            for c in 0..<problem.classCount
            where answers[probe, c] == .undecided && visits[probe * problem.classCount + c] < Self.mostVisits {
                let score = probeScores.pointer[lane / 8 * problem.classCount + c][lane % 8]
                let margin = c == leader.label ? leader.gap : score - leader.score
                if margin > best?.margin ?? -.infinity { best = ((probe, c), margin) }
            }
        }
        return best?.pair
    }

    /// The weights where the unbounded edge has carried s to 1.
    private func pointOnRay(_ simplex: LabellingSimplex) -> [Double] {
        let step = max(0, 1 - simplex.objective) / simplex.ray[simplex.weightCount]
        return (0..<simplex.size).map { simplex.state[$0] + step * simplex.ray[$0] }
    }
}
