import Foundation

/// An activation with φ(c u) = c^p φ(u) for c > 0.
package enum HomogeneousActivation: String, Sendable, CaseIterable {
    /// max(u, 0), p = 1.
    case relu
    /// max(u, 0)², p = 2.
    case squaredReLU = "squared-relu"
    /// u², p = 2.
    case quadratic

    /// p.
    package var degree: Double { self == .relu ? 1 : 2 }

    /// φ(u).
    package func value(_ u: Double) -> Double {
        switch self {
        case .relu: max(u, 0)
        case .squaredReLU: u > 0 ? u * u : 0
        case .quadratic: u * u
        }
    }

    /// φ'(u); 0 at the kink of the rectifier.
    package func slope(_ u: Double) -> Double {
        switch self {
        case .relu: u > 0 ? 1 : 0
        case .squaredReLU: u > 0 ? 2 * u : 0
        case .quadratic: 2 * u
        }
    }

    /// φ''(u), where it exists.
    package func curvature(_ u: Double) -> Double {
        switch self {
        case .relu: 0
        case .squaredReLU: u > 0 ? 2 : 0
        case .quadratic: 2
        }
    }

    /// E φ(u·x) φ(v·x) over x ~ N(0, I) for unit vectors u and v with this cosine [O].
    ///
    /// The arc-cosine kernels of order 1 and 2 (Cho and Saul, NeurIPS 2009, up to their normalisation) and 1 + 2 cos²
    /// θ. For vectors of other lengths it is multiplied by (|u| |v|)^p.
    package func gaussianProduct(cosine: Double) -> Double {
        let cosine = min(max(cosine, -1), 1)
        switch self {
        case .relu:
            let angle = acos(cosine)
            return (sin(angle) + (.pi - angle) * cosine) / (2 * .pi)
        case .squaredReLU:
            let angle = acos(cosine)
            return (3 * sin(angle) * cosine + (.pi - angle) * (1 + 2 * cosine * cosine)) / (2 * .pi)
        case .quadratic:
            return 1 + 2 * cosine * cosine
        }
    }
}
