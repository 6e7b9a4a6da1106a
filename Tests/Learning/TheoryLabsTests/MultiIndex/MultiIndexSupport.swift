import Foundation
import LinearAlgebra
import Measures
import Parameters
import Randomness
import TheoryLabs
import Testing

/// |a - b| over the larger of the two.
func relativeDifference(_ a: Double, _ b: Double) -> Double {
    a == b ? 0 : abs(a - b) / max(abs(a), abs(b))
}

func normalMatrix(_ rows: Int, _ columns: Int, _ name: String, seed: UInt64 = 1) -> Matrix {
    var normals = NativeStream(seed: seed).child(name)
    return Matrix(rows: rows, columns: columns) { _, _ in normals.normal() }
}

func normals(_ count: Int, _ name: String, seed: UInt64 = 1) -> [Double] {
    normalMatrix(1, count, name, seed: seed).elements
}

func normalNetwork(
    _ activation: HomogeneousActivation, width: Int, dimension: Int, seed: UInt64 = 1
) -> HomogeneousNetwork {
    HomogeneousNetwork(
        activation, outer: normals(width, "outer", seed: seed),
        inner: normalMatrix(width, dimension, "inner", seed: seed))
}

func sample(
    _ activation: HomogeneousActivation, d: Int, n: Int, k: Int = 1, noise: Double = 0, seed: UInt64 = 0
) -> MultiIndexProblem {
    MultiIndexProblem(activation, dimension: d, samples: n, indices: k, noise: noise, stream: NativeStream(seed: seed))
}

/// The models of an experiment with these settings, one a seed.
func models<Kind: Experiment>(
    _ kind: Kind.Type, _ settings: [String: ParameterValue], seeds: Range<UInt64>
) throws -> [Kind.Model] {
    let experiment = try Kind(ParameterValues(Kind.about.settings, stated: settings))
    return try seeds.map { try experiment.model(seed: $0) }
}

func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

/// Of values without ties.
func spearman(_ a: [Double], _ b: [Double]) -> Double {
    func ranks(_ values: [Double]) -> [Double] { values.map { value in Double(values.count { $0 < value }) } }
    let (x, y, middle) = (ranks(a), ranks(b), Double(a.count - 1) / 2)
    let products = zip(x, y).reduce(0) { $0 + ($1.0 - middle) * ($1.1 - middle) }
    return products / x.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
}

func standardDeviation(_ values: [Double]) -> Double {
    let middle = mean(values)
    return (values.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / Double(values.count - 1)).squareRoot()
}
