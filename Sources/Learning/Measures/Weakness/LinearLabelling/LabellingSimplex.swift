import Buffers
import Kernels
import Networks

/// A primal simplex in vertex and edge form over classifiers that separate the training points.
///
/// The state is x = (w, s): the weights of classes 1 ..< K on scaled features (class 0 is the origin, which makes the
/// polyhedron pointed) and the objective s. Each of the n slots holds a constraint that is tight at x, or is free; the
/// rows of `edges` are the edges of the vertex: moving along row q raises slot q's slack at rate 1 and leaves the
/// others tight. Constraints of point i against class c are (w_y - w_c)·h_i >= β_ic; they are homogeneous, so any β > 0
/// will do, and random ones avoid ties in the ratio test.
///
/// `separate()` finds the first vertex with (w_y - w_c)·h_i - s >= β_ic and s <= 0, maximising s. Afterwards
/// `aim(at:class:)` replaces the objective: maximise s subject to (w_c - w_k)·p - s >= 0 for every rival k, from the
/// vertex at hand. `append` makes a probe with a label one of the points, so that the next aim is under that label,
/// too; copies follow several labels.
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
        /// Rounding errors persist after refactoring: this simplex is of no more use.
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

    let kernels: Kernels
    let edgeMemory: AlignedMemory<Double>
    let spareMemory: AlignedMemory<Double>
    /// |edge|² of each slot.
    let edgeNorms: AlignedMemory<Double>
    /// How much each edge raises s: a copy of the edges' last coordinates, side by side.
    let gains: AlignedMemory<Double>
    let stateMemory: AlignedMemory<Double>
    let response: AlignedMemory<Double>
    let rowBuffer: AlignedMemory<Double>
    let slackMemory: AlignedMemory<Lanes>
    let rateMemory: AlignedMemory<Lanes>
    let marginMemory: AlignedMemory<Lanes>
    let scoreMemory: AlignedMemory<Lanes>
    /// What each slot holds (`Slot`).
    let slotMemory: AlignedMemory<Int>
    /// The aim's features, zero-padded, and per rival its slack and rate.
    let targetProbe: AlignedMemory<Double>
    let targetSlacks: AlignedMemory<Double>
    let targetRates: AlignedMemory<Double>
    /// The class that the probe shall be given; -1 while separating.
    var targetClass = -1

    /// The coefficient of s in training constraints: -1 while separating, 0 afterwards.
    var objectiveInTraining = -1.0
    /// The step along the last direction that slacks do not contain yet.
    var pendingStep = 0.0
    /// By how much x missed its worst training constraint when slacks were last computed afresh.
    var largestViolation = 0.0
    private(set) var pivots = 0
    private var pivotsSinceSlacks = 0
    private var pivotsSinceFactor = 0
    /// The unbounded direction after `.unbounded`.
    private(set) var ray: [Double] = []
    private var raySlot = 0

    var edges: UnsafeMutablePointer<Double> { edgeMemory.pointer }
    /// x: the weights of classes 1 ..< K, then s.
    var state: UnsafeMutablePointer<Double> { stateMemory.pointer }
    var slots: UnsafeMutablePointer<Int> { slotMemory.pointer }
    var objective: Double { state[weightCount] }

    /// - Parameters:
    ///   - rows: scaled features with the constant last.
    ///   - room: for so many points more.
    ///   - nextUnit: uniform numbers in [0, 1) for the margins.
    init(
        rows: [[Double]], labels: [Int], width: Int, classCount: Int, room: Int = 0, kernels: Kernels = .current,
        nextUnit: () -> Double
    ) {
        blocks = FeatureBlocks(
            rows: rows, labels: labels, width: width, classCount: classCount, room: room, kernels: kernels)
        self.kernels = kernels
        self.classCount = classCount
        self.width = width
        weightCount = (classCount - 1) * width
        size = weightCount + 1
        stride = (size + 15) / 8 * 8
        let cells = blocks.capacity * classCount
        edgeMemory = AlignedMemory(repeating: 0, count: size * stride)
        spareMemory = AlignedMemory(repeating: 0, count: size * stride)
        edgeNorms = AlignedMemory(repeating: 1, count: (size + 7) / 8 * 8)
        gains = AlignedMemory(repeating: 0, count: (size + 7) / 8 * 8)
        stateMemory = AlignedMemory(repeating: 0, count: stride)
        response = AlignedMemory(repeating: 0, count: size)
        rowBuffer = AlignedMemory(repeating: 0, count: (width + 7) / 8 * 8)
        slackMemory = AlignedMemory(repeating: Lanes(), count: cells)
        rateMemory = AlignedMemory(repeating: Lanes(), count: cells)
        marginMemory = AlignedMemory(repeating: Lanes(repeating: 1), count: cells)
        scoreMemory = AlignedMemory(repeating: Lanes(), count: cells)
        // Slots beyond the last are padding that never improves.
        slotMemory = AlignedMemory(repeating: Slot.free, count: (size + 7) / 8 * 8)
        targetProbe = AlignedMemory(repeating: 0, count: (width + 7) / 8 * 8)
        targetSlacks = AlignedMemory(repeating: 0, count: classCount)
        targetRates = AlignedMemory(repeating: 0, count: classCount)
        for (lane, point) in blocks.pointOfLane.enumerated() where point >= 0 {
            for c in 0..<classCount { marginMemory.pointer[lane / 8 * classCount + c][lane % 8] = 1 + nextUnit() }
        }
    }

    /// The simplex as it stands, to go on in another direction.
    ///
    /// - Complexity: O(size² + n K + n width).
    init(copying other: LabellingSimplex) {
        blocks = FeatureBlocks(copying: other.blocks)
        kernels = other.kernels
        (classCount, width, weightCount) = (other.classCount, other.width, other.weightCount)
        (size, stride) = (other.size, other.stride)
        (edgeMemory, spareMemory) = (other.edgeMemory.copy(), other.spareMemory.copy())
        (edgeNorms, gains) = (other.edgeNorms.copy(), other.gains.copy())
        (stateMemory, response, rowBuffer) = (other.stateMemory.copy(), other.response.copy(), other.rowBuffer.copy())
        (slackMemory, rateMemory) = (other.slackMemory.copy(), other.rateMemory.copy())
        (marginMemory, scoreMemory) = (other.marginMemory.copy(), other.scoreMemory.copy())
        slotMemory = other.slotMemory.copy()
        (targetProbe, targetSlacks) = (other.targetProbe.copy(), other.targetSlacks.copy())
        targetRates = other.targetRates.copy()
        (targetClass, objectiveInTraining, pendingStep) = (
            other.targetClass, other.objectiveInTraining, other.pendingStep
        )
        largestViolation = other.largestViolation
        (pivotsSinceSlacks, pivotsSinceFactor) = (other.pivotsSinceSlacks, other.pivotsSinceFactor)
        (ray, raySlot) = (other.ray, other.raySlot)
    }

    /// About what one takes in memory.
    static func bytes(points: Int, width: Int, classCount: Int, room: Int) -> Int {
        let size = (classCount - 1) * width + 1
        let blocks = (points + room) / 8 + classCount + 3
        return 8 * (2 * size * (size + 15) + 8 * blocks * (width + 6 * classCount))
    }

    /// Finds a first vertex of the separating classifiers.
    ///
    /// - Returns: `.reached` at a vertex, `.optimal` when the training points are not separable, or `.stuck`.
    func separate() -> Outcome {
        for q in 0..<size { edges[q * stride + q] = 1 }
        gains.pointer[weightCount] = 1
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
        let anchor = (0..<size).first { slots[$0] <= Slot.ceiling } ?? freestSlot()
        for q in 0..<size where slots[q] <= Slot.ceiling { slots[q] = Slot.free }
        for j in 0..<width { targetProbe.pointer[j] = probe[j] }
        targetClass = wanted
        targetProducts(of: state, into: targetSlacks.pointer)
        var least = wanted == 0 ? 1 : 0
        for k in 0..<classCount where k != wanted && targetSlacks.pointer[k] < targetSlacks.pointer[least] { least = k }
        let s = targetSlacks.pointer[least]
        state[weightCount] = s
        for k in 0..<classCount { targetSlacks.pointer[k] = max(targetSlacks.pointer[k] - s, 0) }
        slots[anchor] = Slot.target(least)
        for q in 0..<size where q != anchor {
            let edge = edges + q * stride
            let old = edge[weightCount]
            let gain = rowProduct(edge, wanted, least, row: targetProbe.pointer)
            edge[weightCount] = gain
            gains.pointer[q] = gain
            edgeNorms.pointer[q] += gain * gain - old * old
        }
        let edge = edges + anchor * stride
        for i in 0..<weightCount { edge[i] = 0 }
        edge[weightCount] = -1
        gains.pointer[anchor] = -1
        edgeNorms.pointer[anchor] = 1
    }

    /// Where no constraint on s is tight, a free slot carries s: the one whose edge points along it most.
    private func freestSlot() -> Int {
        func alignment(_ q: Int) -> Double {
            let g = edges[q * stride + weightCount]
            return slots[q] == Slot.free ? g * g / edgeNorms.pointer[q] : -1
        }
        return (0..<size).max { alignment($0) < alignment($1) } ?? 0
    }

    /// Follows improving edges until s exceeds `goal`, no edge improves, or `pivotLimit` pivots are done.
    ///
    /// - Parameters:
    ///   - everyEighthPivot: called at a vertex now and then, with slacks up to date.
    /// - isProven: asked at an optimum that was not freshly factored; if it is, factoring, which costs some 40 pivots,
    ///     is spared.
    func maximise(
        goal: Double, pivotLimit: Int, everyEighthPivot: () -> Void = {}, isProven: () -> Bool = { false }
    ) -> Outcome {
        var done = 0
        var retries = 0
        var exact = false
        defer { settle() }
        while true {
            if targetClass >= 0, objective > goal { return .reached }
            if done >= pivotLimit { return .paused }
            guard let q = enteringSlot() else {
                // Only a freshly factored vertex may claim to be optimal without proof.
                if exact || isProven() { return .optimal }
                refactor()
                if isBroken { return .stuck }
                exact = true
                continue
            }
            let edge = edges + q * stride
            if edge[weightCount] < 0 {
                for i in 0..<stride { edge[i] = -edge[i] }
                gains.pointer[q] = -gains.pointer[q]
            }
            let tolerance = 1e-9 * edgeNorms.pointer[q].squareRoot()
            guard let block = blockingConstraint(along: edge, tolerance: tolerance) else {
                ray = Array(UnsafeBufferPointer(start: edge, count: size))
                raySlot = q
                return .unbounded
            }
            respond(to: block.slot, edges: edges)
            let pivot = response.pointer[q]
            guard abs(pivot + block.rate) <= 1e-7 * abs(pivot) + 1e-12 else {
                retries += 1
                refactor()
                if retries > 3 || isBroken { return .stuck }
                exact = true
                continue
            }
            retries = 0
            let step = block.slack / block.rate
            for i in 0..<stride { state[i] += step * edge[i] }
            for k in 0..<classCount {
                targetSlacks.pointer[k] = max(targetSlacks.pointer[k] + step * targetRates.pointer[k], 1e-12)
            }
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
                if largestViolation > 1e-7 { refactor() }
            }
            if isBroken { return .stuck }
            if done % 8 == 0 { everyEighthPivot() }
        }
    }

    /// After `.unbounded`, goes along the ray until s is 1; the slot that it leaves is free.
    func followRay() {
        let step = max(0, 1 - objective) / ray[weightCount]
        for i in 0..<size { state[i] += step * ray[i] }
        slots[raySlot] = Slot.free
        recomputeSlacks()
    }

    /// Makes a probe with its label one of the training points, with random margins that x meets.
    ///
    /// - Parameters:
    ///   - point: what certificates call it.
    ///   - nextUnit: uniform numbers in [0, 1) for the margins.
    /// - Returns: false when x does not give the probe the label, or there is no room.
    func append(_ row: [Double], label: Int, point: Int, nextUnit: () -> Double) -> Bool {
        for j in 0..<width { rowBuffer.pointer[j] = row[j] }
        let products = (0..<classCount).map { $0 == label ? 0 : rowProduct(state, label, $0, row: rowBuffer.pointer) }
        guard products.indices.allSatisfy({ $0 == label || products[$0] > 0 }),
            let lane = blocks.append(row, label: label, point: point)
        else { return false }
        let cell = lane / 8 * classCount
        let isFirstOfBlock = lane % 8 == 0
        for c in 0..<classCount {
            if isFirstOfBlock {
                slackMemory.pointer[cell + c] = Lanes(repeating: 1e30)
                rateMemory.pointer[cell + c] = Lanes()
            }
            guard c != label else { continue }
            let margin = min(2, products[c]) * (0.3 + 0.5 * nextUnit())
            marginMemory.pointer[cell + c][lane % 8] = margin
            slackMemory.pointer[cell + c][lane % 8] = products[c] - margin
            rateMemory.pointer[cell + c][lane % 8] = 0
        }
        return true
    }

    /// Whether x has left the polyhedron: a basis close to singular makes errors that no Newton step mends. Margins are
    /// at least 1, those of appended probes 0.015, so what is missed by less still separates.
    private var isBroken: Bool { !(largestViolation < 1e-4) }

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
        if targetClass >= 0 {
            targetProducts(of: edge, into: targetRates.pointer)
            for k in 0..<classCount where k != targetClass {
                targetRates.pointer[k] -= edge[weightCount]
                offer(Slot.target(k), slack: targetSlacks.pointer[k], rate: targetRates.pointer[k])
            }
        } else {
            offer(Slot.ceiling, slack: -objective, rate: -edge[weightCount])
        }
        return best
    }

    /// Multipliers y >= 0 at an optimum: the constraints' sum Σ y a is the negated objective.
    ///
    /// Slots that are free have no multiplier; the checker decides whether that leaves a proof.
    ///
    /// - Parameter refinements: steps that remove what rounding has left of the sum, O(size²) each: deep among the
    ///   labels of other probes edges are nearly dependent.
    func multipliers(refinements: Int = 0, point: (Int) -> Int) -> InfeasibilityCertificate {
        var values = (0..<size).map { -edges[$0 * stride + weightCount] }
        for _ in 0..<refinements { refine(&values) }
        var terms: [(row: InfeasibilityCertificate.Row, multiplier: Double)] = []
        for q in 0..<size {
            let multiplier = max(0, values[q])
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

    func slacksRecomputed() { (pendingStep, pivotsSinceSlacks) = (0, 0) }
    func factored() { pivotsSinceFactor = 0 }
}
