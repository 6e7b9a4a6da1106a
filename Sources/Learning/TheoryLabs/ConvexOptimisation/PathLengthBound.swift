import Measures

/// How far gradients at perturbed points can carry an iterate when a ρ-flat minimum w* is near. [O]
///
/// For |v_t| <= r < ρ and η <= 1/β: Σ |g_t| <= |w_1 - w*|² / (2 η (ρ - r)), g_t = ∇F_S(w_t + v_t). By convexity and
/// smoothness g_t · (w_t + v_t - w* - u) >= |g_t|²/β for every |u| <= ρ; with u = ρ g_t/|g_t| each update shortens
/// |w_t - w*|² by at least 2η (ρ - r) |g_t|.
package struct PathLengthBound: Sendable {
    /// |w_1 - w*|.
    package let distance: Double
    package let radius: Double
    package let rho: Double

    /// The bound on η Σ |g_t|, the length of the path; nil for r >= ρ.
    package var value: Double? { radius < rho ? distance * distance / (2 * (rho - radius)) : nil }

    var measured: MeasuredValue { value.map { MeasuredValue($0) } ?? Self.none }

    /// A path's length over the bound.
    func ratio(of length: Double) -> MeasuredValue {
        guard let value else { return Self.none }
        return value > 0
            ? MeasuredValue(length / value) : MeasuredValue(.undefined, reason: "the run starts at the minimum")
    }

    private static let none = MeasuredValue(.undefined, reason: "the radius is not below ρ")
}
