import Buffers
import CKernels
import Kernels
import Networks

/// Eight points side by side.
typealias Lanes = SIMD8<Double>

extension AlignedMemory where Element == Lanes {
    /// The same memory, number by number.
    var numbers: UnsafeMutablePointer<Double> {
        UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Double.self)
    }
}

/// Points sorted by class, in blocks of eight points of one class, a multiple of three blocks.
///
/// Lanes without a point have features 0 and `pointOfLane` -1. Further points take such lanes, then the blocks kept
/// free for them.
final class FeatureBlocks {
    let classCount: Int
    /// Values a point.
    let width: Int
    /// A multiple of three.
    private(set) var count: Int
    /// Blocks that there is memory for.
    let capacity: Int
    private(set) var classOfBlock: [Int] = []
    /// The original index of each lane's point, blocks x 8, or -1.
    private(set) var pointOfLane: [Int] = []
    private let memory: AlignedMemory<Lanes>
    private let kernels: Kernels

    /// blocks x width: the j-th value of a block's eight points.
    var features: UnsafeMutablePointer<Lanes> { memory.pointer }

    /// - Parameter room: for so many points more, of any classes.
    init(
        rows: [[Double]], labels: [Int], width: Int, classCount: Int, room: Int = 0, kernels: Kernels = .current
    ) {
        self.kernels = kernels
        self.classCount = classCount
        self.width = width
        for c in 0..<classCount {
            let members = labels.indices.filter { labels[$0] == c }
            for start in stride(from: 0, to: members.count, by: 8) {
                classOfBlock.append(c)
                pointOfLane += (start..<start + 8).map { $0 < members.count ? members[$0] : -1 }
            }
        }
        while classOfBlock.count % 3 != 0 || classOfBlock.isEmpty {
            classOfBlock.append(0)
            pointOfLane += [Int](repeating: -1, count: 8)
        }
        count = classOfBlock.count
        // At worst each class begins a block, and three come at a time.
        capacity = count + (min(room, classCount + room / 8) + 2) / 3 * 3
        memory = AlignedMemory(repeating: Lanes(), count: capacity * width)
        for (lane, point) in pointOfLane.enumerated() where point >= 0 {
            for j in 0..<width { memory.pointer[lane / 8 * width + j][lane % 8] = rows[point][j] }
        }
    }

    /// The same points in memory of their own.
    init(copying other: FeatureBlocks) {
        (classCount, width, count, capacity) = (other.classCount, other.width, other.count, other.capacity)
        (classOfBlock, pointOfLane) = (other.classOfBlock, other.pointOfLane)
        (memory, kernels) = (other.memory.copy(), other.kernels)
    }

    /// Takes one point more.
    ///
    /// - Returns: its lane; nil when there is no room.
    func append(_ row: [Double], label: Int, point: Int) -> Int? {
        guard let lane = freeLane(label: label) else { return nil }
        classOfBlock[lane / 8] = label
        pointOfLane[lane] = point
        for j in 0..<width { memory.pointer[lane / 8 * width + j][lane % 8] = row[j] }
        return lane
    }

    /// A free lane of one of the class's blocks, or the first of a block without points.
    private func freeLane(label: Int) -> Int? {
        let free = pointOfLane.indices.filter { pointOfLane[$0] < 0 }
        if let own = free.first(where: { classOfBlock[$0 / 8] == label }) { return own }
        if let empty = free.first(where: { $0 % 8 == 0 }) { return empty }
        guard count + 3 <= capacity else { return nil }
        defer {
            count += 3
            classOfBlock += [0, 0, 0]
            pointOfLane += [Int](repeating: -1, count: 24)
        }
        return count * 8
    }

    /// For each block and class the eight points' scores, class 0 scoring 0.
    ///
    /// - Parameters:
    ///   - weights: (classCount - 1) x width, classes 1 ..< classCount.
    ///   - scores: at least count x classCount lanes.
    func score(_ weights: UnsafePointer<Double>, into scores: AlignedMemory<Lanes>) {
        precondition(scores.count >= count * classCount, "room for \(scores.count) of \(count * classCount) lanes")
        kernels.loops.scores(memory.numbers, weights, count, width, classCount, scores.numbers)
    }

    /// Brings slacks up to date with a step, computes rates along `edge`, and finds the constraint that blocks first.
    ///
    /// - Parameters:
    ///   - slacks: count x classCount lanes at least; so `rates`.
    ///   - step: along the last direction, which the slacks do not contain yet.
    ///   - objective: what the objective adds to every rate.
    ///   - tolerance: slower rates do not block.
    /// - Returns: its slot (lane · classCount + other class), its slack and minus its rate; nil when there is none.
    func blocking(
        along edge: UnsafePointer<Double>, slacks: AlignedMemory<Lanes>, rates: AlignedMemory<Lanes>, step: Double,
        objective: Double, tolerance: Double
    ) -> (slot: Int, slack: Double, rate: Double)? {
        precondition(slacks.count >= count * classCount && rates.count >= count * classCount, "lanes are missing")
        let found = kernels.loops.ratio_test(
            memory.numbers, classOfBlock, count, width, classCount, slacks.numbers, rates.numbers, edge, step,
            objective, tolerance)
        guard found.cell >= 0 else { return nil }
        let (block, other) = found.cell.quotientAndRemainder(dividingBy: classCount)
        return ((block * 8 + found.lane) * classCount + other, found.slack, found.rate)
    }

    /// min (z_y - z_c) / (|z|_y + |z|_c) over all points and classes c ≠ y, |z|_c being the sum of |weight · feature|.
    ///
    /// Infinite when there is no constraint.
    func smallestRelativeMargin(_ classifier: Classifier) -> Double {
        let weights = (0..<classCount).flatMap { c in (0..<width).map { classifier[c, $0] } }
        var margins = [Double](repeating: 0, count: 8)
        var work = [Double](repeating: 0, count: 16 * classCount)
        var smallest = Double.infinity
        for block in 0..<count {
            kernels.loops.relative_margins(
                memory.numbers + 8 * block * width, weights, width, width, classCount, classOfBlock[block], &work,
                &margins)
            for lane in 0..<8 where pointOfLane[8 * block + lane] >= 0 { smallest = min(smallest, margins[lane]) }
        }
        return smallest
    }
}
