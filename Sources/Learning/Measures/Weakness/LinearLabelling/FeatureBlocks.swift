import Buffers
import Networks

/// Eight points side by side.
typealias Lanes = SIMD8<Double>

/// c + a · b, fused where the build is for a machine that fuses (elsewhere `addingProduct` is a call into libm).
@inline(__always)
func multiplyAdd(_ c: Lanes, _ a: Lanes, _ b: Lanes) -> Lanes {
    #if BASIN_NATIVE
        c.addingProduct(a, b)
    #else
        c + a * b
    #endif
}

/// The larger lane by lane; the standard library's `pointwiseMax` is a call with both arguments in memory.
@inline(__always)
func larger(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: b .> a) }

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
    private let products: AlignedMemory<Lanes>
    private let sizes: AlignedMemory<Lanes>

    /// blocks x width: the j-th value of a block's eight points.
    var features: UnsafeMutablePointer<Lanes> { memory.pointer }

    /// - Parameter room: for so many points more, of any classes.
    init(rows: [[Double]], labels: [Int], width: Int, classCount: Int, room: Int = 0) {
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
        products = AlignedMemory(repeating: Lanes(), count: capacity * classCount)
        sizes = AlignedMemory(repeating: Lanes(), count: capacity * classCount)
        for (lane, point) in pointOfLane.enumerated() where point >= 0 {
            for j in 0..<width { memory.pointer[lane / 8 * width + j][lane % 8] = rows[point][j] }
        }
    }

    /// The same points in memory of their own.
    init(copying other: FeatureBlocks) {
        (classCount, width, count, capacity) = (other.classCount, other.width, other.count, other.capacity)
        (classOfBlock, pointOfLane) = (other.classOfBlock, other.pointOfLane)
        (memory, products, sizes) = (other.memory.copy(), other.products.copy(), other.sizes.copy())
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
    ///   - scores: receives count x classCount lanes.
    func scores(_ weights: UnsafePointer<Double>, into scores: UnsafeMutablePointer<Lanes>) {
        let (f, k) = (width, classCount)
        for block in stride(from: 0, to: count, by: 3) {
            let h0 = features + block * f
            let (h1, h2) = (h0 + f, h0 + 2 * f)
            let out0 = scores + block * k
            let (out1, out2) = (out0 + k, out0 + 2 * k)
            (out0[0], out1[0], out2[0]) = (Lanes(), Lanes(), Lanes())
            var c = 1
            // Nine running sums: enough to keep two multiply-add units busy.
            while c + 2 < k {
                let w0 = weights + (c - 1) * f
                let (w1, w2) = (w0 + f, w0 + 2 * f)
                var (a00, a01, a02) = (Lanes(), Lanes(), Lanes())
                var (a10, a11, a12) = (Lanes(), Lanes(), Lanes())
                var (a20, a21, a22) = (Lanes(), Lanes(), Lanes())
                for j in 0..<f {
                    let (x0, x1, x2) = (h0[j], h1[j], h2[j])
                    let (y0, y1, y2) = (Lanes(repeating: w0[j]), Lanes(repeating: w1[j]), Lanes(repeating: w2[j]))
                    a00 = multiplyAdd(a00, x0, y0)
                    a01 = multiplyAdd(a01, x0, y1)
                    a02 = multiplyAdd(a02, x0, y2)
                    a10 = multiplyAdd(a10, x1, y0)
                    a11 = multiplyAdd(a11, x1, y1)
                    a12 = multiplyAdd(a12, x1, y2)
                    a20 = multiplyAdd(a20, x2, y0)
                    a21 = multiplyAdd(a21, x2, y1)
                    a22 = multiplyAdd(a22, x2, y2)
                }
                (out0[c], out0[c + 1], out0[c + 2]) = (a00, a01, a02)
                (out1[c], out1[c + 1], out1[c + 2]) = (a10, a11, a12)
                (out2[c], out2[c + 1], out2[c + 2]) = (a20, a21, a22)
                c += 3
            }
            while c < k {
                let w = weights + (c - 1) * f
                var (a0, a1, a2) = (Lanes(), Lanes(), Lanes())
                for j in 0..<f {
                    let y = Lanes(repeating: w[j])
                    a0 = multiplyAdd(a0, h0[j], y)
                    a1 = multiplyAdd(a1, h1[j], y)
                    a2 = multiplyAdd(a2, h2[j], y)
                }
                (out0[c], out1[c], out2[c]) = (a0, a1, a2)
                c += 1
            }
        }
    }

    /// min (z_y - z_c) / (|z|_y + |z|_c) over all points and classes c ≠ y, |z|_c being the sum of |weight · feature|.
    ///
    /// Infinite when there is no constraint.
    func smallestRelativeMargin(_ classifier: Classifier) -> Double {
        var smallest = Lanes(repeating: .infinity)
        for block in 0..<count {
            for c in 0..<classCount {
                var (value, size) = (Lanes(), Lanes())
                for j in 0..<width {
                    let term = features[block * width + j] * Lanes(repeating: classifier[c, j])
                    value += term
                    size += larger(term, -term)
                }
                products.pointer[c] = value
                sizes.pointer[c] = size
            }
            let own = classOfBlock[block]
            for c in 0..<classCount where c != own {
                let scale = sizes.pointer[own] + sizes.pointer[c]
                var margin = (products.pointer[own] - products.pointer[c]) / scale
                // 0 / 0 (no weight touches the constraint) and infinite or NaN weights: not satisfied. A NaN would
                // vanish below.
                margin.replace(with: Lanes(repeating: -1), where: margin .!= margin)
                for lane in 0..<8 where pointOfLane[block * 8 + lane] < 0 { margin[lane] = .infinity }
                smallest.replace(with: margin, where: margin .< smallest)
            }
        }
        return smallest.min()
    }
}
