import Foundation
import Networks
import Randomness

/// Estimates how many labellings of all probes of a problem together some classifier gives that classifies every
/// training point correctly, strictly: the cells into which the probes' decision boundaries cut the version space.
///
/// Stochastic enumeration (Knuth, Math. Comp. 29, 1975; Vaisman and Kroese, arXiv 1401.4421). Level t of a tree labels
/// the t-th probe; a node's children are the classes still feasible given the training points and the labels on its
/// path. Where the A nodes kept have M children in all, the estimate is multiplied by M/A, and `budget` children are
/// kept. The estimate's expectation is the count for every budget and every order of probes; with a budget of all
/// nodes it is the count.
///
/// Every child rests on a witness, every class left out on a certificate, checked against the features with the path's
/// labels given (`CertificateChecker`). What fails four times is undecided and no child.
package struct LabellingCounter {
    /// What is counted.
    package enum Target: Sendable {
        /// Labellings of all probes.
        case labellings
        /// Labellings of every subset of the probes: a probe may be left without a label, too.
        case extensions
    }

    /// One estimate.
    package struct Pass: Sendable {
        /// Of the estimated count; its expectation is a little less than the count's logarithm.
        package fileprivate(set) var log10Count = 0.0
        /// Questions that took a linear program.
        package fileprivate(set) var programs = 0
        /// Those without a verified answer.
        package fileprivate(set) var undecided = 0
        package fileprivate(set) var pivots = 0
        /// How often rounding errors made a new start necessary.
        package fileprivate(set) var restarts = 0
    }

    /// A labelling of the first probes, as a simplex whose points they are.
    private struct Node {
        var simplex: LabellingSimplex
        /// The labels that bind.
        var path: CertificateChecker.Given
    }

    private let problem: LabellingProblem
    private let target: Target
    private let budget: Int
    private let checker: CertificateChecker
    private let scaled: ScaledFeatures
    private let rows: [[Double]]
    private let probes: [[Double]]
    /// Per probe the classes that are feasible without other probes' labels.
    private let rootClasses: [[Int]]
    /// The order in which probes are labelled: most classes first.
    private let order: [Int]
    private var pass = Pass()
    private var marginStream: NativeStream
    private static let mostRestarts = 3

    /// - Parameters:
    ///   - problem: its probes are labelled together.
    ///   - rootClasses: per probe the classes feasible for it alone (`LabellingSolver`).
    ///   - budget: nodes kept at each level.
    package init(_ problem: LabellingProblem, rootClasses: [[Int]], counting target: Target, budget: Int) {
        precondition(budget > 0 && rootClasses.count == problem.probeCount)
        self.problem = problem
        self.target = target
        self.budget = budget
        self.rootClasses = rootClasses
        checker = CertificateChecker(problem, joint: true)
        let scaled = ScaledFeatures(problem, joint: true)
        self.scaled = scaled
        rows = (0..<problem.pointCount).map(scaled.point)
        probes = (0..<problem.probeCount).map(scaled.probe)
        order = rootClasses.indices.sorted {
            (-rootClasses[$0].count, $0) < (-rootClasses[$1].count, $1)
        }
        marginStream = NativeStream(seed: 0).child("labelling-margins")
    }

    /// One pass through the tree.
    ///
    /// It depends on which classes are feasible and on the stream, not on the way to the answers.
    ///
    /// - Complexity: at most m · budget · (K + 1) programs for m probes, most of 5 to 50 pivots.
    /// - Returns: nil when no classifier of the training points was found.
    package func run(_ stream: NativeStream) -> Pass? {
        var counter = self
        return counter.walk(stream)
    }

    private mutating func walk(_ stream: NativeStream) -> Pass? {
        var stream = stream
        pass = Pass()
        marginStream = NativeStream(seed: 0).child("labelling-margins").child(stream.key)
        guard let simplex = separate() else { return nil }
        var nodes = [Node(simplex: simplex, path: [])]
        for (level, probe) in order.enumerated() {
            var children: [(node: Int, label: Int?)] = []
            for place in nodes.indices {
                var labels: [Int?] = feasibleClasses(&nodes[place], probe)
                if target == .extensions { labels.append(nil) }
                children += stream.permutation(of: labels.count).map { (place, labels[$0]) }
            }
            // Nothing is left only where a verdict is missing.
            guard !children.isEmpty else {
                pass.undecided += 1
                return pass
            }
            pass.log10Count += log10(Double(children.count) / Double(nodes.count))
            guard level + 1 < order.count else { break }
            // How many children each node has decides whether a label binds.
            let counts = children.reduce(into: [Int](repeating: 0, count: nodes.count)) {
                $0[$1.node] += $1.label == nil ? 0 : 1
            }
            nodes = kept(children, &stream).reduce(into: []) { result, child in
                let label = counts[child.node] > 1 ? child.label : nil
                if let node = made(nodes[child.node], probe, label, isLast: child.isLast) { result.append(node) }
            }
            guard !nodes.isEmpty else { return pass }
        }
        return pass
    }

    /// As many children as the budget allows, evenly spaced in their list from a random start: each with the same
    /// probability, and the children of one node spread.
    ///
    /// - Returns: also whether the child is its node's last.
    private func kept(
        _ children: [(node: Int, label: Int?)], _ stream: inout NativeStream
    ) -> [(node: Int, label: Int?, isLast: Bool)] {
        var chosen = children
        if children.count > budget {
            let start = stream.unit()
            chosen = (0..<budget).map {
                children[min(children.count - 1, Int((Double($0) + start) * Double(children.count) / Double(budget)))]
            }
        }
        return chosen.indices.map { place in
            let isLast = place + 1 == chosen.count || chosen[place + 1].node != chosen[place].node
            return (chosen[place].node, chosen[place].label, isLast)
        }
    }

    /// The node with the probe's label; nil when the simplex does not find back to it.
    private mutating func made(_ parent: Node, _ probe: Int, _ label: Int?, isLast: Bool) -> Node? {
        var child = Node(
            simplex: isLast ? parent.simplex : LabellingSimplex(copying: parent.simplex), path: parent.path)
        guard let label else { return child }
        for _ in 0...Self.mostRestarts {
            if isClear(child, probe, label) || decide(&child, probe, label) == true, append(&child, probe, label) {
                return child
            }
            guard let fresh = rebuilt(path: child.path) else { break }
            child.simplex = fresh
        }
        pass.undecided += 1
        return nil
    }

    /// Makes the probe's label, which the simplex gives, one that binds.
    private mutating func append(_ node: inout Node, _ probe: Int, _ label: Int) -> Bool {
        let point = problem.pointCount + node.path.count
        guard node.simplex.append(probes[probe], label: label, point: point, nextUnit: { marginStream.unit() })
        else { return false }
        node.path.append((probe, label))
        return true
    }

    // MARK: Which classes

    /// The classes that the probe can be given under the node's labels.
    private mutating func feasibleClasses(_ node: inout Node, _ probe: Int) -> [Int] {
        var open = rootClasses[probe]
        guard open.count > 1 else { return open }
        var feasible: [Int] = []
        while let next = nearest(node, probe, open) {
            open.removeAll { $0 == next }
            if isClear(node, probe, next) || decide(&node, probe, next) == true { feasible.append(next) }
        }
        return feasible.sorted()
    }

    private func nearest(_ node: Node, _ probe: Int, _ open: [Int]) -> Int? {
        open.map { ($0, node.simplex.margin(of: probes[probe], class: $0)) }.max { $0.1 < $1.1 }?.0
    }

    /// Whether the vertex at hand gives the probe the class, by a margin that limits the next ones well.
    private func isClear(_ node: Node, _ probe: Int, _ label: Int) -> Bool {
        node.simplex.margin(of: probes[probe], class: label) > 0.05 && isWitness(node, probe, label)
    }

    private func isWitness(_ node: Node, _ probe: Int, _ label: Int) -> Bool {
        let classifier = scaled.classifier(node.simplex.state)
        return checker.gives(classifier, probe: probe, class: label) && checker.classifiesTraining(classifier)
            && node.path.allSatisfy { checker.gives(classifier, probe: $0.probe, class: $0.class) }
    }

    /// Whether the class is feasible, in which case the simplex then gives it; nil when that stays open.
    private mutating func decide(_ node: inout Node, _ probe: Int, _ label: Int) -> Bool? {
        pass.programs += 1
        for _ in 0...Self.mostRestarts {
            if let answer = attempt(&node, probe, label) { return answer }
            guard let fresh = rebuilt(path: node.path) else { break }
            node.simplex = fresh
        }
        pass.undecided += 1
        return nil
    }

    /// One program; nil when its answer does not verify.
    private mutating func attempt(_ node: inout Node, _ probe: Int, _ label: Int) -> Bool? {
        let (simplex, path) = (node.simplex, node.path)
        func isProven() -> Bool {
            checker.proves(simplex.multipliers { $0 }, target: (probe, label), given: path)
                || checker.proves(simplex.multipliers(refinements: 2) { $0 }, target: (probe, label), given: path)
        }
        let before = simplex.pivots
        simplex.aim(at: probes[probe], class: label)
        var proven = false
        let outcome = simplex.maximise(
            goal: 0.5, pivotLimit: 2000 + 200 * simplex.size,
            isProven: {
                proven = isProven()
                return proven
            })
        pass.pivots += simplex.pivots - before
        switch outcome {
        case .optimal: return proven || isProven() ? false : nil
        case .unbounded: simplex.followRay()
        case .reached: break
        case .paused, .stuck: return nil
        }
        return isWitness(node, probe, label) ? true : nil
    }

    /// A simplex among the classifiers that give the training points and the path their labels: from a first vertex of
    /// the training points', one label after another, with other margins each time.
    private mutating func rebuilt(path: CertificateChecker.Given) -> LabellingSimplex? {
        for _ in 0...Self.mostRestarts {
            pass.restarts += 1
            guard var node = separate().map({ Node(simplex: $0, path: []) }) else { continue }
            for (probe, label) in path {
                guard isClear(node, probe, label) || attempt(&node, probe, label) == true,
                    append(&node, probe, label)
                else { break }
            }
            if node.path.count == path.count { return node.simplex }
        }
        return nil
    }

    /// A simplex at a first vertex of the classifiers that separate the training points.
    private mutating func separate() -> LabellingSimplex? {
        for _ in 0...Self.mostRestarts {
            let simplex = LabellingSimplex(
                rows: rows, labels: problem.labels, width: scaled.width, classCount: problem.classCount,
                room: problem.probeCount
            ) { marginStream.unit() }
            let outcome = simplex.separate()
            pass.pivots += simplex.pivots
            if outcome == .reached, checker.classifiesTraining(scaled.classifier(simplex.state)) { return simplex }
            pass.restarts += 1
        }
        return nil
    }
}
