import Kernels

/// The kernels' loops as one writes them down, one number after the other: what every instruction set is held against.
///
/// `fuses` says whether a product and a sum are rounded once together. With it, results are those of the sets that
/// fuse, bit for bit.
struct PlainLoops {
    let fuses: Bool

    func sum(_ c: Float, _ a: Float, _ b: Float) -> Float { fuses ? c.addingProduct(a, b) : c + a * b }
    func sum(_ c: Double, _ a: Double, _ b: Double) -> Double { fuses ? c.addingProduct(a, b) : c + a * b }

    /// Eight sums over every eighth number, added in the order of `CKernels`.
    func sumOfEight(_ lanes: [Double]) -> Double {
        ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]))
    }

    func squareNorm(_ vector: ArraySlice<Double>) -> Double {
        var lanes = [Double](repeating: 0, count: 8)
        for (place, value) in vector.enumerated() { lanes[place % 8] = sum(lanes[place % 8], value, value) }
        return sumOfEight(lanes)
    }

    /// Entries by pair of columns.
    struct Entries {
        var starts: [Int32]
        var rows: [Int32]
        /// x and y of each.
        var values: [Float]
    }

    /// Each point's entries, sorted by pair and then by point.
    static func sorted(
        _ points: [[(pair: Int, x: Float, y: Float)]], pairs: Int, noise: [Float]?
    ) -> Entries {
        var entries = Entries(starts: [0], rows: [], values: [])
        for pair in 0..<pairs {
            for (row, point) in points.enumerated() {
                for entry in point where entry.pair == pair {
                    let place = 2 * (row * pairs + pair)
                    entries.rows.append(Int32(row))
                    entries.values += [entry.x + (noise?[place] ?? 0), entry.y + (noise?[place + 1] ?? 0)]
                }
            }
            entries.starts.append(Int32(entries.rows.count))
        }
        return entries
    }

    func addProducts(_ weights: [Float], _ pairs: Range<Int>, _ entries: Entries, to sums: inout [Float]) {
        for pair in pairs {
            for entry in Int(entries.starts[pair])..<Int(entries.starts[pair + 1]) {
                for unit in 0..<64 {
                    let place = Int(entries.rows[entry]) * 64 + unit
                    sums[place] = sum(sums[place], entries.values[2 * entry], weights[128 * pair + unit])
                    sums[place] = sum(sums[place], entries.values[2 * entry + 1], weights[128 * pair + 64 + unit])
                }
            }
        }
    }

    func addOuterProducts(_ delta: [Float], _ entries: Entries, _ factor: Float, to weights: inout [Float]) {
        for pair in 0..<entries.starts.count - 1 {
            let range = Int(entries.starts[pair])..<Int(entries.starts[pair + 1])
            for unit in 0..<64 where !range.isEmpty {
                var (left, right) = (Float(0), Float(0))
                for entry in range {
                    let value = delta[Int(entries.rows[entry]) * 64 + unit]
                    left = sum(left, entries.values[2 * entry], value)
                    right = sum(right, entries.values[2 * entry + 1], value)
                }
                weights[128 * pair + unit] = sum(weights[128 * pair + unit], factor, left)
                weights[128 * pair + 64 + unit] = sum(weights[128 * pair + 64 + unit], factor, right)
            }
        }
    }

    /// blocks x classes x 8.
    func scores(_ features: [Double], _ weights: [Double], blocks: Int, width: Int, classes: Int) -> [Double] {
        var result = [Double](repeating: 0, count: blocks * classes * 8)
        for block in 0..<blocks {
            for c in 1..<classes {
                for lane in 0..<8 {
                    var score = 0.0
                    for j in 0..<width {
                        score = sum(score, features[(block * width + j) * 8 + lane], weights[(c - 1) * width + j])
                    }
                    result[(block * classes + c) * 8 + lane] = score
                }
            }
        }
        return result
    }

    /// (vector's winner - loser) · row + objective · its number at `weightCount`.
    func response(
        _ vector: ArraySlice<Double>, _ winner: Int, _ loser: Int, row: [Double], width: Int, objective: Double,
        weightCount: Int
    ) -> Double {
        var lanes = [Double](repeating: 0, count: 8)
        let first = vector.startIndex
        for j in 0..<(width + 7) / 8 * 8 {
            if winner > 0 {
                lanes[j % 8] = sum(lanes[j % 8], vector[first + (winner - 1) * width + j], row[j])
            }
            if loser > 0 { lanes[j % 8] = sum(lanes[j % 8], -vector[first + (loser - 1) * width + j], row[j]) }
        }
        return sum(sumOfEight(lanes), objective, vector[first + weightCount])
    }
}
