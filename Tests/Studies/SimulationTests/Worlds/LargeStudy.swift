import Simulation
import Testing

/// A study of 20,000 networks or so, large enough for its correlations to be the true ones, and correlations as their
/// definitions have them.
struct LargeStudy {
    let study: SimulatedStudy
    /// Five standard errors of a correlation.
    let error: Double

    init(_ world: String, models: Int = 20_000, effect: Double = 0.5, seed: UInt64 = 7) throws {
        study = try SimulatedWorld.named(world).study(models: models, effect: effect, seed: seed)
        error = 5 / Double(study.networks).squareRoot()
    }

    var target: [Double] { study.target.values.map { $0 ?? .nan } }

    func measure(_ name: String) throws -> [Double] {
        try #require(study.measures.first { $0.column.name == name }, "\(name)").column.values.map { $0 ?? .nan }
    }

    func latent(_ name: String) throws -> [Double] {
        try #require(study.latents.first { $0.name == name }, "\(name)").values.map { $0 ?? .nan }
    }

    func confounder(_ index: Int) -> [Double] { study.confounders[index].column.values.map { $0 ?? .nan } }

    func factor(_ name: String) throws -> SimulatedFactor { try #require(study.factors.first { $0.name == name }) }

    /// 0 or 1.
    var regime: [Double] {
        get throws { try factor("regime").labels.map { $0 == "large" ? 1 : 0 } }
    }

    /// Each network's configuration.
    var configurations: [String] {
        (0..<study.networks).map { row in study.factors.map { $0.labels[row] }.joined(separator: " ") }
    }

    /// Whether a correlation is what it should be.
    func expect(_ found: Double, _ wanted: Double, _ what: String = "", at place: SourceLocation = #_sourceLocation) {
        #expect(
            abs(found - wanted) < error, "\(study.world) \(what): \(found), not \(wanted)", sourceLocation: place)
    }

    /// Holds a measure's raw correlation with the target, and the one given the regime and some columns, against
    /// what they should be.
    func expect(
        _ name: String, raw: Double, given columns: [[Double]], _ partial: Double,
        at place: SourceLocation = #_sourceLocation
    ) throws {
        let x = try measure(name)
        expect(pearson(x, target), raw, "\(name) raw", at: place)
        expect(correlation(x, target, given: [try regime] + columns), partial, "\(name) partial", at: place)
    }
}

/// Pearson's correlation.
func pearson(_ x: [Double], _ y: [Double]) -> Double {
    let (a, b) = (centred(x), centred(y))
    return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
}

func variance(_ x: [Double]) -> Double { dot(centred(x), centred(x)) / Double(x.count) }

/// Of values without ties, or with so few that it does not matter.
func spearman(_ x: [Double], _ y: [Double]) -> Double { pearson(ranks(x), ranks(y)) }

/// Pearson's correlation of what least squares on the columns leaves of each.
func correlation(_ x: [Double], _ y: [Double], given columns: [[Double]]) -> Double {
    // Gram and Schmidt, twice for the sake of rounding.
    var basis: [[Double]] = []
    for column in columns {
        let rest = without(basis, without(basis, centred(column)))
        let size = dot(rest, rest).squareRoot()
        basis.append(rest.map { $0 / size })
    }
    return pearson(without(basis, centred(x)), without(basis, centred(y)))
}

/// The values less the mean of their group.
func centred(_ values: [Double], by groups: [String]) -> [Double] {
    var sums: [String: (sum: Double, count: Double)] = [:]
    for (value, group) in zip(values, groups) {
        let known = sums[group] ?? (0, 0)
        sums[group] = (known.sum + value, known.count + 1)
    }
    return zip(values, groups).map { value, group in value - (sums[group].map { $0.sum / $0.count } ?? 0) }
}

func dot(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }

private func centred(_ x: [Double]) -> [Double] {
    let mean = x.reduce(0, +) / Double(x.count)
    return x.map { $0 - mean }
}

private func without(_ basis: [[Double]], _ x: [Double]) -> [Double] {
    basis.reduce(x) { rest, column in
        let share = dot(rest, column)
        return zip(rest, column).map { $0 - share * $1 }
    }
}

private func ranks(_ x: [Double]) -> [Double] {
    var ranks = [Double](repeating: 0, count: x.count)
    for (rank, row) in x.indices.sorted(by: { x[$0] < x[$1] }).enumerated() { ranks[row] = Double(rank) }
    return ranks
}
