/// A primal simplex in vertex and edge form over classifiers that separate the training points.
///
/// The state is x = (w, s): the weights of classes 1 ..< K on scaled features (class 0 is the origin, which makes the
/// polyhedron pointed) and the objective s. Each of the n slots holds a constraint that is tight at x, or is free; the
/// rows of `edges` are the edges of the vertex: moving along row q raises slot q's slack at rate 1 and leaves the others
/// tight. Constraints of point i against class c are (w_y - w_c)·h_i >= β_ic; they are homogeneous, so any β > 0 will do, and
/// random ones avoid ties in the ratio test.
///
/// `separate()` finds the first vertex with (w_y - w_c)·h_i - s >= β_ic and s <= 0, maximising s. Afterwards `aim(at:class:)`
/// replaces the objective: maximise s subject to (w_c - w_k)·p - s >= 0 for every rival k, from the vertex at hand.
final class LabellingSimplex {
    enum Outcome {
        /// s exceeds the goal.
        case reached
        /// s grows for ever along `ray`.
        case unbounded
        /// No edge raises s.
        case optimal
        /// The allowed pivots are used up.
        case paused
        /// Rounding errors persist after refactoring.
        case stuck
    }

    /// What a slot holds: a training constraint (lane · K + other class) when not negative, or one of these.
    enum Slot {
        static let free = -1
        /// s <= 0.
        static let ceiling = -2
        static func target(_ rival: Int) -> Int { -3 - rival }
        static func rival(_ slot: Int) -> Int { -3 - slot }
    }

    let blocks: FeatureBlocks
    let classCount: Int
    /// Features and the constant.
    let width: Int
    /// (K - 1) · width; also the place of s in x and in each edge.
    let weightCount: Int
    /// Slots.
    let size: Int
    /// Doubles from one edge to the next; the tail is zero, and long enough to be read eight at a time from any class.
    let stride: Int

    let edgeMemory: Memory<Double>
    let spareMemory: Memory<Double>
    let edgeNorms: Memory<Double>
    let stateMemory: Memory<Double>
    let response: Memory<Double>
    let rowBuffer: Memory<Double>
    let slackMemory: Memory<Lanes>
    let rateMemory: Memory<Lanes>
    let marginMemory: Memory<Lanes>
    let scoreMemory: Memory<Lanes>
    var slots: [Int]

    /// The coefficient of s in training constraints: -1 while separating, 0 afterwards.
    var objectiveInTraining = -1.0
    /// The step along the last direction that slacks do not contain yet.
    var pendingStep = 0.0
    var target: (probe: [Double], class: Int)?
    var targetSlacks: [Double]
    var targetRates: [Double]
    private(set) var pivots = 0
    private var pivotsSinceSlacks = 0
    private var pivotsSinceFactor = 0
    /// The unbounded direction after `.unbounded`.
    private(set) var ray: [Double] = []

    var edges: UnsafeMutablePointer<Double> { edgeMemory.pointer }
    /// x: the weights of classes 1 ..< K, then s.
    var state: UnsafeMutablePointer<Double> { stateMemory.pointer }
    var objective: Double { state[weightCount] }

    /// - Parameters:
    ///   - rows: scaled features with the constant last.
    ///   - nextUnit: uniform numbers in [0, 1) for the margins.
    init(rows: [[Double]], labels: [Int], classCount: Int, nextUnit: () -> Double) {
        blocks = FeatureBlocks(rows: rows, labels: labels, classCount: classCount)
        self.classCount = classCount
        width = blocks.width
        weightCount = (classCount - 1) * width
        size = weightCount + 1
        stride = (size + 15) / 8 * 8
        let cells = blocks.count * classCount
        edgeMemory = Memory(repeating: 0, count: size * stride)
        spareMemory = Memory(repeating: 0, count: size * stride)
        edgeNorms = Memory(repeating: 1, count: size)
        stateMemory = Memory(repeating: 0, count: stride)
        response = Memory(repeating: 0, count: size)
        rowBuffer = Memory(repeating: 0, count: (width + 7) / 8 * 8)
        slackMemory = Memory(repeating: Lanes(), count: cells)
        rateMemory = Memory(repeating: Lanes(), count: cells)
        marginMemory = Memory(repeating: Lanes(repeating: 1), count: cells)
        scoreMemory = Memory(repeating: Lanes(), count: cells)
        slots = [Int](repeating: Slot.free, count: size)
        targetSlacks = [Double](repeating: 0, count: classCount)
        targetRates = targetSlacks
        for (lane, point) in blocks.pointOfLane.enumerated() where point >= 0 {
            for c in 0..<classCount { marginMemory.pointer[lane / 8 * classCount + c][lane % 8] = 1 + nextUnit() }
        }
    }

    /// Finds a first vertex of the separating classifiers.
    ///
    /// - Returns: `.reached` at a vertex, `.optimal` when the training points are not separable, or `.stuck`.
    func separate() -> Outcome {
        for q in 0..<size { edges[q * stride + q] = 1 }
        state[weightCount] = -2
        recomputeSlacks()
        let outcome = maximise(goal: .infinity, pivotLimit: 2000 + 200 * size)
        guard outcome == .reached else { return outcome == .paused ? .stuck : outcome }
        objectiveInTraining = 0
        return .reached
    }

    /// Turns to another probe and class, from the vertex at hand.
    ///
    /// - Complexity: O(size · width).
    func aim(at probe: [Double], class wanted: Int) {
        let anchor = slots.firstIndex { $0 <= Slot.ceiling } ?? freestSlot()
        for q in slots.indices where slots[q] <= Slot.ceiling { slots[q] = Slot.free }
        target = (probe, wanted)
        for k in 0..<classCount where k != wanted { targetSlacks[k] = difference(state, wanted, k, probe) }
        let least = (0..<classCount).filter { $0 != wanted }.min { targetSlacks[$0] < targetSlacks[$1] } ?? 0
        let s = targetSlacks[least]
        state[weightCount] = s
        for k in 0..<classCount { targetSlacks[k] = max(targetSlacks[k] - s, 0) }
        slots[anchor] = Slot.target(least)
        load(probe)
        for q in 0..<size where q != anchor {
            let edge = edges + q * stride
            let old = edge[weightCount]
            edge[weightCount] = rowProduct(edge, wanted, least)
            edgeNorms.pointer[q] += edge[weightCount] * edge[weightCount] - old * old
        }
        let edge = edges + anchor * stride
        for i in 0..<weightCount { edge[i] = 0 }
        edge[weightCount] = -1
        edgeNorms.pointer[anchor] = 1
        pendingStep = 0
        // Slacks of training constraints stay: w has not moved since they were brought up to date in `settle`.
    }

    /// Where no constraint on s is tight, a free slot carries s: the one whose edge points along it most.
    private func freestSlot() -> Int {
        func alignment(_ q: Int) -> Double {
            let g = edges[q * stride + weightCount]
            return slots[q] == Slot.free ? g * g / edgeNorms.pointer[q] : -1
        }
        return slots.indices.max { alignment($0) < alignment($1) } ?? 0
    }

    /// Follows improving edges until s exceeds `goal`, no edge improves, or `pivotLimit` pivots are done.
    ///
    /// - Parameter everyEighthPivot: called at a vertex now and then, with slacks up to date.
    func maximise(goal: Double, pivotLimit: Int, everyEighthPivot: () -> Void = {}) -> Outcome {
        var done = 0
        var retries = 0
        var exact = false
        defer { settle() }
        while true {
            if target != nil, objective > goal { return .reached }
            if done >= pivotLimit { return .paused }
            guard let q = enteringSlot() else {
                // Only a freshly factored vertex may claim to be optimal.
                if exact { return .optimal }
                refactor()
                exact = true
                continue
            }
            let edge = edges + q * stride
            if edge[weightCount] < 0 { for i in 0..<stride { edge[i] = -edge[i] } }
            let tolerance = 1e-9 * edgeNorms.pointer[q].squareRoot()
            guard let block = blockingConstraint(along: edge, tolerance: tolerance) else {
                if !exact {
                    refactor()
                    exact = true
                    continue
                }
                ray = Array(UnsafeBufferPointer(start: edge, count: size))
                return .unbounded
            }
            respond(to: block.slot, edges: edges)
            let pivot = response.pointer[q]
            guard abs(pivot + block.rate) <= 1e-7 * abs(pivot) + 1e-12 else {
                retries += 1
                if retries > 3 { return .stuck }
                refactor()
                exact = true
                continue
            }
            retries = 0
            let step = block.slack / block.rate
            for i in 0..<stride { state[i] += step * edge[i] }
            for k in 0..<classCount { targetSlacks[k] = max(targetSlacks[k] + step * targetRates[k], 1e-12) }
            pendingStep = step
            exchange(q, for: block.slot)
            exact = false
            done += 1
            pivots += 1
            pivotsSinceSlacks += 1
            pivotsSinceFactor += 1
            if block.slot == Slot.ceiling { return .reached }
            if pivotsSinceFactor >= 300 {
                refactor()
            } else if pivotsSinceSlacks >= 50 {
                recomputeSlacks()
            }
            if done % 8 == 0 { everyEighthPivot() }
        }
    }

    /// The steepest improving edge: largest g² / |edge|² over g > 0; free slots count both ways, and first.
    private func enteringSlot() -> Int? {
        var best: (slot: Int, steepness: Double)?
        var limit = 1e-18
        for q in 0..<size {
            let g = edges[q * stride + weightCount]
            let isFree = slots[q] == Slot.free
            guard g > 0 || isFree else { continue }
            let steepness = g * g / edgeNorms.pointer[q] * (isFree ? 1e3 : 1)
            if steepness > limit {
                limit = steepness
                best = (q, steepness)
            }
        }
        return best?.slot
    }

    /// The constraint that stops a move along `edge` first: its slack and how fast it shrinks.
    private func blockingConstraint(
        along edge: UnsafeMutablePointer<Double>, tolerance: Double
    ) -> (slot: Int, slack: Double, rate: Double)? {
        var best = scanTraining(along: edge, tolerance: tolerance)
        func offer(_ slot: Int, slack: Double, rate: Double) {
            guard rate < -tolerance else { return }
            if let found = best, slack * found.rate >= found.slack * -rate { return }
            best = (slot, slack, -rate)
        }
        if let target {
            for k in 0..<classCount where k != target.class {
                targetRates[k] = difference(edge, target.class, k, target.probe) - edge[weightCount]
                offer(Slot.target(k), slack: targetSlacks[k], rate: targetRates[k])
            }
        } else {
            offer(Slot.ceiling, slack: -objective, rate: -edge[weightCount])
        }
        return best
    }

    /// Multipliers y >= 0 at an optimum: the constraints' sum Σ y a is the negated objective.
    ///
    /// Slots that are free have no multiplier; the checker decides whether that leaves a proof.
    func multipliers(point: (Int) -> Int) -> InfeasibilityCertificate {
        var terms: [(row: InfeasibilityCertificate.Row, multiplier: Double)] = []
        for q in 0..<size {
            let multiplier = max(0, -edges[q * stride + weightCount])
            guard multiplier > 0 else { continue }
            switch slots[q] {
            case Slot.free, Slot.ceiling: continue
            case ..<Slot.ceiling: terms.append((.target(rival: Slot.rival(slots[q])), multiplier))
            default:
                let (lane, other) = slots[q].quotientAndRemainder(dividingBy: classCount)
                terms.append((.training(point: point(blocks.pointOfLane[lane]), other: other), multiplier))
            }
        }
        return InfeasibilityCertificate(terms: terms)
    }

    /// min over rivals of (w_c - w_k)·p at the vertex at hand.
    func margin(of probe: [Double], class wanted: Int) -> Double {
        (0..<classCount).filter { $0 != wanted }.map { difference(state, wanted, $0, probe) }.min() ?? .infinity
    }

    /// (v_a - v_b)·p for a vector in the layout of x.
    private func difference(_ vector: UnsafeMutablePointer<Double>, _ a: Int, _ b: Int, _ p: [Double]) -> Double {
        var sum = 0.0
        if a > 0 { for j in 0..<width { sum += vector[(a - 1) * width + j] * p[j] } }
        if b > 0 { for j in 0..<width { sum -= vector[(b - 1) * width + j] * p[j] } }
        return sum
    }

    func slacksRecomputed() { (pendingStep, pivotsSinceSlacks) = (0, 0) }
    func factored() { pivotsSinceFactor = 0 }
}
