import Foundation

/// Random numbers for simulations, the same at every run: SplitMix64 (Steele, Lea and Flood, 2014) and Box and Muller's
/// normals.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func normal() -> Double {
        let radius = (-2 * log(Double.random(in: 0x1p-53..<1, using: &self))).squareRoot()
        return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &self))
    }

    mutating func normals(_ count: Int) -> [Double] { (0..<count).map { _ in normal() } }
}

/// The product-moment correlation of two normal columns whose rank correlation is `rho` (Pearson, 1907).
func pearsonOfNormal(spearman rho: Double) -> Double { 2 * sin(.pi * rho / 6) }

/// The other way round.
func spearmanOfNormal(pearson r: Double) -> Double { 6 / .pi * asin(r / 2) }
