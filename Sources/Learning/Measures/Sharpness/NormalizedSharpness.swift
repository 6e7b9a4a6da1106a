import Foundation
import Networks
import Parameters

/// Σ over layers of the least geometric mean of curvature and norm under rescalings of the layer's rows and columns.
///
/// - Complexity: a Hessian diagonal, and sweeps over each layer's weights until the product stays.
public struct NormalizedSharpness: Measure {
    public static let about = MeasureDescription(
        id: "normalized_sharpness", title: "Normalized sharpness", family: "sharpness",
        formula:
            "Σ_l min over r, c > 0 of sqrt((Σ H_ij r_i² c_j²)(Σ W_ij²/(r_i² c_j²))), the biases one more column",
        source: "after Tsuzuku, Sato and Sugiyama, arXiv 1901.04653",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [.trainingInputs],
        predictedSign: .negative, effortUnit: "points",
        limits: "Local, as the Hessian is. At least Σ |W| sqrt(H), which rescaling cannot change either.")

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured { view in
            let diagonal = view.hessianDiagonal.values
            let sum = view.layers.reduce(0.0) { sum, layer in
                var table = BalancedTable(layer, curvature: diagonal, parameters: view.network.parameters)
                return sum + table.least()
            }
            return MeasuredValue(sum, effort: view.count)
        }
    }
}

/// A layer's curvature H and squared parameters S, the biases as one more column, under scales of rows and columns:
/// H_ij f and S_ij/f. The logarithm of (Σ H)(Σ S) is convex in the logarithms of the scales, and for one row or column
/// the minimum is closed: f = √(a' b/(a b')), a and b its own sums and a' and b' those of the rest.
struct BalancedTable {
    private let width: Int
    private var curvature: [Double]
    private var squares: [Double]

    init(_ layer: Architecture.Layer, curvature: [Double], parameters: [Double]) {
        let columns = layer.inputs + 1
        var (h, s): ([Double], [Double]) = ([], [])
        for row in 0..<layer.outputs {
            for place in Array(layer.row(row)) + [layer.biasOffset + row] {
                h.append(curvature[place])
                s.append(parameters[place] * parameters[place])
            }
        }
        // A row or column with terms in one sum only sends them to 0 with its scale.
        var rows = Array(0..<layer.outputs)
        var kept = Array(0..<columns)
        while true {
            func hasBoth(_ places: [Int]) -> Bool {
                places.contains { h[$0] > 0 } && places.contains { s[$0] > 0 }
            }
            let (oldRows, oldColumns) = (rows.count, kept.count)
            rows = rows.filter { row in hasBoth(kept.map { row * columns + $0 }) }
            kept = kept.filter { column in hasBoth(rows.map { $0 * columns + column }) }
            if rows.count == oldRows, kept.count == oldColumns { break }
        }
        width = kept.count
        self.curvature = rows.flatMap { row in kept.map { h[row * columns + $0] } }
        squares = rows.flatMap { row in kept.map { s[row * columns + $0] } }
    }

    /// √((Σ H)(Σ S)) at the best scales, after sweeps that lower the product by less than 1e-15 of it.
    mutating func least() -> Double {
        guard width > 0, !curvature.isEmpty else { return 0 }
        let (width, size) = (width, curvature.count)
        var product = total(curvature) * total(squares)
        for _ in 0..<20_000 {
            sweep(count: size / width) { row in row * width..<(row + 1) * width }
            sweep(count: width) { column in stride(from: column, to: size, by: width) }
            let now = total(curvature) * total(squares)
            if now > product * (1 - 1e-15) { break }
            product = now
        }
        return (total(curvature) * total(squares)).squareRoot()
    }

    private func total(_ values: [Double]) -> Double { values.reduce(0, +) }

    private mutating func sweep<Places: Sequence<Int>>(count: Int, _ places: (Int) -> Places) {
        var (h, s) = (total(curvature), total(squares))
        for part in 0..<count {
            let own = Array(places(part))
            let a = own.reduce(0.0) { $0 + curvature[$1] }
            let b = own.reduce(0.0) { $0 + squares[$1] }
            let (restA, restB) = (h - a, s - b)
            guard min(restA, restB) > 1e-300, a > 0, b > 0 else { continue }
            let factor = ((restA / a) * (b / restB)).squareRoot()
            for place in own {
                curvature[place] *= factor
                squares[place] /= factor
            }
            (h, s) = (restA + a * factor, restB + b / factor)
        }
    }
}
