import Buffers
import Foundation
import Kernels
import Randomness

/// Linear classifiers that move at random among those that give the points added so far their labels.
///
/// Particles begin as W ~ N(0, I) on whitened features. Points are added in random order, each by its rows
/// (w_y - w_c)·h > 0; the probability that a row leaves is estimated by the share of particles that satisfy it, with
/// levels between where it is small (splitting: Kahn and Harris 1951; Cérou et al., Statistics and Computing 22, 2012).
/// When half of the particles are gone, survivors are copied and all move: hit-and-run in the weights of one class at a
/// time, along a line on which the normal law given the rows is drawn from exactly.
final class VersionSpaceWalk {
    private let kernels = Kernels.current
    private let width: Int
    private let classCount: Int
    private let particleCount: Int
    private let sweeps: Int
    /// The points' labels, in the order in which they are added.
    private let labels: [Int]
    /// Doubles from one class's scores to the next: the points, rounded up to whole lanes.
    private let stride: Int
    /// width x stride: values side by side over points.
    private let features: AlignedMemory<Double>
    /// particles x classes x width.
    private let weights: AlignedMemory<Double>
    /// particles x classes x stride: scores at the points added.
    private let scores: AlignedMemory<Double>
    /// particles x stride: the score of each added point's own class; infinite before it is added.
    private let own: AlignedMemory<Double>
    private let rates: AlignedMemory<Double>
    private let direction: AlignedMemory<Double>
    /// Added points by label.
    private var members: [[Int]]
    /// Points whose rows are all added.
    private var added = 0
    /// Of the point in progress: per class by how much its row may be missed; nil where it is not yet added.
    private var slack: [Double?]
    private var alive: [Int]
    private var stream: NativeStream
    /// The natural logarithm of the probability so far.
    private(set) var logProbability = 0.0

    /// - Parameters:
    ///   - rows: of points in the order in which `addPoint` is to add them.
    ///   - known: so many of the first points are satisfied by the particles given.
    ///   - particles: their weights, particles x classes x width; nil for new ones.
    init(
        rows: [[Double]], labels: [Int], classCount: Int, width: Int, particles: Int, sweeps: Int,
        continuing given: (weights: [Double], known: Int)? = nil, _ stream: NativeStream
    ) {
        self.width = width
        self.classCount = classCount
        self.labels = labels
        self.sweeps = sweeps
        self.stream = stream
        particleCount = particles
        stride = (max(1, rows.count) + 7) / 8 * 8
        features = AlignedMemory(repeating: 0, count: width * stride)
        for (i, row) in rows.enumerated() { for j in 0..<width { features.pointer[j * stride + i] = row[j] } }
        weights =
            given.map { AlignedMemory($0.weights) }
            ?? AlignedMemory(
                repeating: 0, count: particles * classCount * width)
        scores = AlignedMemory(repeating: 0, count: particles * classCount * stride)
        own = AlignedMemory(repeating: .infinity, count: particles * stride)
        rates = AlignedMemory(repeating: 0, count: stride)
        direction = AlignedMemory(repeating: 0, count: width)
        members = [[Int]](repeating: [], count: classCount)
        slack = [Double?](repeating: nil, count: classCount)
        alive = Array(0..<particles)
        if let given {
            for point in 0..<given.known { finish(point) }
        } else {
            for i in 0..<weights.count { weights.pointer[i] = self.stream.normal() }
        }
    }

    /// Eights that hold the points added and the one in progress.
    private var laneCount: Int { min((added + 8) / 8, stride / 8) }

    /// particles x classes x width.
    var particles: [Double] { weights.values(0..<weights.count) }

    /// Of one row: half of the particles a level leaves less than the smallest number of what is left for good.
    private static let mostLevels = 1100

    /// Adds the next point.
    ///
    /// - Returns: false when no particle is left, or the levels of a row do not end.
    func addPoint() -> Bool {
        let point = added
        let label = labels[point]
        for particle in alive { score(particle, point) }
        for c in stream.permutation(of: classCount) where c != label {
            var levels = 0
            while true {
                let margins = alive.map { margin($0, point, c) }
                let survivors = alive.indices.filter { margins[$0] > 0 }.map { alive[$0] }
                if Double(survivors.count) >= 0.35 * Double(alive.count), !survivors.isEmpty {
                    keep(survivors)
                    slack[c] = 0
                    break
                }
                let median = margins.sorted()[margins.count / 2]
                let nearest = alive.indices.filter { margins[$0] > median }.map { alive[$0] }
                levels += 1
                guard !nearest.isEmpty, levels < Self.mostLevels else { return false }
                keep(nearest)
                slack[c] = -median
                renew(sweeps: sweeps)
            }
            if 2 * alive.count < particleCount { renew(sweeps: sweeps) }
        }
        finish(point)
        return true
    }

    private func keep(_ survivors: [Int]) {
        logProbability += log(Double(survivors.count) / Double(alive.count))
        alive = survivors
    }

    /// z_y - z_c of the point in progress.
    private func margin(_ particle: Int, _ point: Int, _ other: Int) -> Double {
        let row = scores.pointer + particle * classCount * stride
        return row[labels[point] * stride + point] - row[other * stride + point]
    }

    /// A particle's scores at a point.
    private func score(_ particle: Int, _ point: Int) {
        for c in 0..<classCount {
            let row = weights.pointer + (particle * classCount + c) * width
            var sum = 0.0
            for j in 0..<width { sum += row[j] * features.pointer[j * stride + point] }
            scores.pointer[(particle * classCount + c) * stride + point] = sum
        }
    }

    /// All rows of the point in progress hold.
    private func finish(_ point: Int) {
        for particle in alive {
            // A copy of a survivor was moved together with its scores.
            score(particle, point)
            own.pointer[particle * stride + point] =
                scores.pointer[(particle * classCount + labels[point]) * stride + point]
        }
        members[labels[point]].append(point)
        slack = [Double?](repeating: nil, count: classCount)
        added = point + 1
    }

    /// The dead become copies of survivors, equally often; then all move.
    func renew(sweeps: Int) {
        let order = stream.permutation(of: alive.count).map { alive[$0] }
        let living = Set(alive)
        let size = classCount * width
        for (place, particle) in (0..<particleCount).filter({ !living.contains($0) }).enumerated() {
            let source = order[place % order.count]
            (weights.pointer + particle * size).update(from: weights.pointer + source * size, count: size)
            (scores.pointer + particle * classCount * stride).update(
                from: scores.pointer + source * classCount * stride, count: classCount * stride)
            (own.pointer + particle * stride).update(from: own.pointer + source * stride, count: stride)
        }
        alive = Array(0..<particleCount)
        for particle in alive {
            for _ in 0..<sweeps * 2 * classCount { move(particle, Int(stream.below(UInt64(classCount)))) }
        }
    }

    /// Draws one class's weights anew along a random line.
    ///
    /// The line's direction does not look at the weights, so the law given the rows stays as it is, whatever the
    /// directions' own law: each coordinate is the sum of four uniform ones.
    private func move(_ particle: Int, _ c: Int) {
        let row = weights.pointer + (particle * classCount + c) * width
        var (square, product) = (0.0, 0.0)
        for j in 0..<width {
            let bits = stream.next64()
            let sum = (0..<4).reduce(0) { $0 + Int(bits >> (16 * UInt64($1)) & 0xffff) }
            let v = Double(2 * sum - 4 * 0xffff) * 0x1p-16
            direction.pointer[j] = v
            square += v * v
            product += v * row[j]
        }
        guard square > 0 else { return }
        let (most, least) = rateBounds(particle, c)
        var (low, high) = (most > 0 ? -1 / most : -.infinity, least < 0 ? -1 / least : .infinity)
        // Not on the walls themselves, where rounding would lose the row.
        let inset = 1e-9 * (low.isFinite && high.isFinite ? high - low : low.isFinite ? -low : high.isFinite ? high : 0)
        (low, high) = (low + inset, high - inset)
        guard low < high else { return }
        let length = square.squareRoot()
        let centre = -product / square
        let t = centre + stream.normal(from: (low - centre) * length, to: (high - centre) * length) / length
        for j in 0..<width { row[j] += t * direction.pointer[j] }
        let z = scores.pointer + (particle * classCount + c) * stride
        let step = SIMD8<Double>(repeating: t)
        for i in 0..<laneCount {
            let rate = UnsafeRawPointer(rates.pointer + 8 * i).load(as: SIMD8<Double>.self)
            let old = UnsafeRawPointer(z + 8 * i).load(as: SIMD8<Double>.self)
            UnsafeMutableRawPointer(z + 8 * i).storeBytes(of: old + step * rate, as: SIMD8<Double>.self)
        }
        let mine = own.pointer + particle * stride
        for point in members[c] { mine[point] = z[point] }
    }

    /// The largest and the least of r/gap over the rows that the class has a part in: how fast a row's gap grows along
    /// the direction, relative to the gap. Fills `rates` with v·h.
    private func rateBounds(_ particle: Int, _ c: Int) -> (most: Double, least: Double) {
        let z = scores.pointer + particle * classCount * stride
        let mine = own.pointer + particle * stride
        var (most, least) = boundsOfRivals(mine, z + c * stride)
        func add(_ value: Double) { (most, least) = (max(most, value), min(least, value)) }
        for point in members[c] {
            var rival = -Double.infinity
            for k in 0..<classCount where k != c { rival = max(rival, z[k * stride + point]) }
            add(rates.pointer[point] / (mine[point] - rival))
        }
        // The point in progress, by the rows that it has so far.
        if added < labels.count {
            let label = labels[added]
            for k in 0..<classCount {
                guard let slack = slack[k], c == label || c == k else { continue }
                let gap = z[label * stride + added] - z[k * stride + added] + slack
                add((c == label ? 1 : -1) * rates.pointer[added] / gap)
            }
        }
        return (most, least)
    }

    /// Over points of other classes, whose rows lose as this class's score grows.
    private func boundsOfRivals(
        _ own: UnsafeMutablePointer<Double>, _ score: UnsafeMutablePointer<Double>
    ) -> (most: Double, least: Double) {
        var (most, least) = (0.0, 0.0)
        kernels.loops.rival_bounds(
            features.pointer, stride, width, direction.pointer, own, score, 8 * laneCount, rates.pointer, &most, &least)
        return (most, least)
    }

    /// Adds to each place's class the particles that choose it.
    ///
    /// - Parameter counts: places x classes.
    func countChoices(of places: [[Double]], into counts: inout [Int]) {
        for particle in 0..<particleCount {
            let base = weights.pointer + particle * classCount * width
            for (place, row) in places.enumerated() {
                var (best, choice) = (-Double.infinity, 0)
                for c in 0..<classCount {
                    var sum = 0.0
                    for j in 0..<width { sum += base[c * width + j] * row[j] }
                    if sum > best { (best, choice) = (sum, c) }
                }
                counts[place * classCount + choice] += 1
            }
        }
    }
}
