import CKernels

/// How fast one of the loops runs here, on data of a common size.
public struct LoopSpeed: Sendable {
    /// What a loop's operations are.
    public enum Operation: String, Sendable {
        /// Products and sums of float32.
        case single
        /// Products and sums of float64.
        case double
        /// Draws of 32 random bits.
        case words
        /// Entries of points' inputs.
        case entries
    }

    public let loop: String
    public let set: Kernels.Set
    public let operation: Operation
    /// 10⁹ operations in a second.
    public let speed: Double
    /// 10⁹ bytes in a second that the loop loads and stores, from whichever cache.
    public let traffic: Double
}

extension Kernels {
    /// The best of some runs of the loops that cost most, each with data of a network of `pair-proxy-mnist`
    /// (784-64-8-10, 250 points, batches of 64), and projections with those of 30,000 networks.
    ///
    /// - Complexity: about a tenth of a second a set.
    public func speeds() -> [LoopSpeed] {
        sparseLayer() + simplex() + [philoxSpeed(), projection()]
    }

    private func timed(
        _ loop: String, _ operation: LoopSpeed.Operation, operations: Int, bytes: Int, _ run: () -> Void
    ) -> LoopSpeed {
        let clock = ContinuousClock()
        var (best, total) = (Duration.seconds(1), Duration.zero)
        var repeats = 1
        while total < .milliseconds(10) {
            let time = clock.measure { for _ in 0..<repeats { run() } }
            total += time
            best = min(best, time / repeats)
            // So often that the clock's own time does not count.
            if time < .microseconds(200) { repeats *= 2 }
        }
        let seconds = max(Double(best.components.seconds) + Double(best.components.attoseconds) * 1e-18, 1e-12)
        return LoopSpeed(
            loop: loop, set: set, operation: operation, speed: Double(operations) / seconds / 1e9,
            traffic: Double(bytes) / seconds / 1e9)
    }

    /// Sixty-four points of 250 column pairs, of which each has about 100.
    private func sparseLayer() -> [LoopSpeed] {
        let (pairs, points) = (250, 64)
        var (begins, entryPairs, presence) = ([0], [Int32](), [UInt8](repeating: 0, count: pairs * points))
        for point in 0..<points {
            // Strokes: runs of pairs, elsewhere for each point.
            for pair in 0..<pairs where (pair + 3 * point) % 10 < 4 {
                entryPairs.append(Int32(pair))
                presence[point * pairs + pair] = 1
            }
            begins.append(entryPairs.count)
        }
        let entries = entryPairs.count
        let entryValues = [Float](repeating: 0.5, count: 2 * entries)
        let order = (0..<points).map { ($0 * 37) % points }
        var starts = [Int32](repeating: 0, count: pairs + 1)
        var rows = [Int32](repeating: 0, count: entries)
        var values = [Float](repeating: 0, count: 2 * entries)
        let sorting = timed("sort_entries", .entries, operations: entries, bytes: entries * 24 + presence.count) {
            loops.sort_entries(
                order, points, begins, presence, entryPairs, entryValues, nil, pairs, &starts, &rows, &values)
        }
        var weights = [Float](repeating: 0.01, count: pairs * 128)
        var sums = [Float](repeating: 0, count: points * 64)
        let operations = entries * 64 * 4
        let forward = timed(
            "add_products", .single, operations: operations, bytes: entries * (2 * 256 + 12) + pairs * 512
        ) { loops.add_products(weights, 0, pairs, starts, rows, values, &sums) }
        let back = timed(
            "add_outer_products", .single, operations: operations, bytes: entries * (256 + 12) + pairs * 1024
        ) { loops.add_outer_products(sums, pairs, starts, rows, values, 0, &weights) }
        return [sorting, forward, back]
    }

    /// 250 points in blocks of eight of one class, ten classes, eight features and a constant.
    private func simplex() -> [LoopSpeed] {
        let (blocks, width, classes) = (36, 9, 10)
        let size = (classes - 1) * width + 1
        let stride = (size + 7) / 8 * 8
        let features = [Double](repeating: 0.5, count: blocks * width * 8)
        let edge = [Double](repeating: 0.25, count: stride)
        let owners = (0..<blocks).map { $0 * classes / blocks }
        var slacks = [Double](repeating: 1, count: blocks * classes * 8)
        var rates = slacks
        let products = blocks * 8 * (classes - 1) * width * 2
        let cells = blocks * 8 * classes
        let ratios = timed(
            "ratio_test", .double, operations: products + 4 * cells, bytes: 8 * (features.count + 4 * cells)
        ) {
            _ = loops.ratio_test(
                features, owners, blocks, width, classes, &slacks, &rates, edge, 0, 1, 1e-9)
        }
        var edges = [Double](repeating: 1e-3, count: size * stride)
        var (norms, gains) = ([Double](repeating: 1, count: stride), [Double](repeating: 0, count: stride))
        var response = [Double](repeating: 1e-9, count: size)
        response[3] = 1
        let exchange = timed(
            "exchange", .double, operations: size * stride * 4, bytes: 8 * size * stride * 3
        ) { loops.exchange(&edges, stride, size, 3, response, &norms, &gains, size - 1) }
        return [ratios, exchange]
    }

    private func philoxSpeed() -> LoopSpeed {
        let count = 1024
        var words = [[UInt32]](repeating: [UInt32](repeating: 0, count: count), count: 4)
        return timed("philox", .words, operations: 4 * count, bytes: 16 * count) {
            words.withUnsafeMutableBufferPointer {
                loops.philox(7, 1, 0, count, &$0[0], &$0[1], &$0[2], &$0[3])
            }
        }
    }

    private func projection() -> LoopSpeed {
        let (rank, number, count) = (32, 8, 30_000)
        let basis = [Double](repeating: 1e-3, count: rank * count)
        var columns = [Double](repeating: 1, count: number * count)
        var shares = [Double](repeating: 0, count: number * rank)
        return timed(
            "project", .double, operations: 4 * rank * number * count, bytes: 2 * 8 * number * count * (rank + rank / 4)
        ) { loops.project(basis, rank, &columns, number, count, &shares) }
    }
}

/// How fast memory is read and written in order, on one thread: 10⁹ bytes in a second of c ← a + b over arrays that no
/// cache holds.
public func measuredMemoryTraffic(megabytes: Int = 64, repeats: Int = 4) -> Double {
    let count = megabytes << 17
    let (a, b) = ([Double](repeating: 1, count: count), [Double](repeating: 2, count: count))
    var c = [Double](repeating: 0, count: count)
    let clock = ContinuousClock()
    let best =
        (0..<repeats).map { _ in
            clock.measure {
                a.withUnsafeBufferPointer { a in
                    b.withUnsafeBufferPointer { b in
                        c.withUnsafeMutableBufferPointer { c in for i in 0..<count { c[i] = a[i] + b[i] } }
                    }
                }
            }
        }.min() ?? .seconds(1)
    let seconds = Double(best.components.seconds) + Double(best.components.attoseconds) * 1e-18
    return Double(3 * 8 * count) / max(seconds, 1e-12) / 1e9
}
