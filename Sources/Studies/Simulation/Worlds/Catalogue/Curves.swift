import Foundation

/// Worlds in which a confounder acts on target and measure by a curve that no line and no ranks straighten.
extension SimulatedWorld {
    static let uShape = SimulatedWorld(
        "u-shape", "The confounder acts on target and measures by its square: least in the middle."
    ) { draft in
        let shift = draft.shift
        let (w, e, f, g) = (draft.normals(), draft.normals(), draft.normals(), draft.normals())
        draft.target = draft.column { shift[$0] + w[$0] * w[$0] + e[$0] }
        draft.confound(w)
        draft.latent("w", w)
        draft.measure("by_square", .byCurve, draft.column { w[$0] * w[$0] + f[$0] })
        draft.measure("by_size", .byCurve, draft.column { abs(w[$0]) + g[$0] })
    }

    static let wave = waves("wave", "The confounder acts by the sine of twice its value.", frequency: 2)

    static let fastWave = waves(
        "fast-wave",
        "The confounder acts by the sine of six times its value, which bends too often for a smooth curve.",
        frequency: 6)

    /// √2 sin(frequency w), which has unit variance, on both sides.
    private static func waves(_ name: String, _ summary: String, frequency: Double) -> SimulatedWorld {
        SimulatedWorld(name, summary) { draft in
            let shift = draft.shift
            let (w, e, f) = (draft.normals(), draft.normals(), draft.normals())
            let acting = draft.column { 2.0.squareRoot() * sin(frequency * w[$0]) }
            draft.target = draft.column { shift[$0] + acting[$0] + e[$0] }
            draft.confound(w)
            draft.latent("w", w)
            draft.measure(.byCurve, draft.column { acting[$0] + f[$0] })
        }
    }

    static let threshold = SimulatedWorld(
        "threshold", "The confounder acts only beyond its 90th percentile, as where one network in ten diverges."
    ) { draft in
        let shift = draft.shift
        let (w, e, f) = (draft.uniforms(), draft.normals(), draft.normals())
        let diverged = draft.column { w[$0] > 0.9 ? 3 : 0 }
        draft.target = draft.column { shift[$0] - diverged[$0] + e[$0] }
        draft.confound(w)
        draft.latent("w", w)
        draft.measure(.byCurve, draft.column { diverged[$0] + f[$0] })
    }

    static let zeroInflated = SimulatedWorld(
        "zero-inflated", "The confounder acts above 0 only, and half of the measure's values are exactly 0."
    ) { draft in
        let shift = draft.shift
        let (w, e, f) = (draft.normals(), draft.normals(), draft.normals())
        draft.target = draft.column { shift[$0] + 2 * max(0, w[$0]) + e[$0] }
        draft.confound(w)
        draft.latent("w", w)
        draft.measure(.byCurve, draft.column { max(0, w[$0] + f[$0]) })
    }

    static let curvedAxis = SimulatedWorld(
        "curved-axis", "Target and measure are best in the middle of the learning rates: a hump over a numeric axis.",
        layout: .grid([("learning_rate", six), ("width", sixWidths)], .atLeast(2))
    ) { draft in
        let levels = draft.levels(of: "learning_rate")
        // (level - 2.5)² with mean 0 and variance 1.
        let hump = draft.column { (pow(Double(levels[$0]) - 2.5, 2) - 35 / 12.0) / (56 / 9.0).squareRoot() }
        let (w, e, f) = (draft.normals(), draft.normals(), draft.normals())
        draft.target = draft.column { w[$0] + e[$0] - hump[$0] }
        draft.confound(w)
        draft.latent("w", w)
        draft.measure(
            .unlinked("by_axis", "The learning rate alone links it to the target."), draft.column { f[$0] - hump[$0] })
    }

    static let six = ["0.01", "0.02", "0.05", "0.1", "0.2", "0.5"]
    static let sixWidths = ["8", "16", "32", "64", "128", "256"]
}

extension SimulatedTruth {
    static let byCurve = unlinked("by_curve", "The confounder alone links it to the target, by a curve.")
}
