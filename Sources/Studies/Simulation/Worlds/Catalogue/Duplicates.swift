import Foundation

/// Worlds with columns that are nearly, or wholly, one quantity.
extension SimulatedWorld {
    static let nearDuplicate = SimulatedWorld(
        "near-duplicate", "Measures that are the confounder, or the regime, with a little noise."
    ) { draft in
        let (shift, regime) = (draft.shift, draft.regime)
        let (w, e) = (draft.normals(), draft.normals())
        draft.target = draft.column { shift[$0] + w[$0] + e[$0] }
        draft.confound(w)
        draft.latent("w", w)
        for percent in [90, 95, 99] {
            let f = draft.normals()
            // Of normal numbers with this rank correlation.
            let correlation = 2 * sin(.pi * Double(percent) / 600)
            let noise = (1 / (correlation * correlation) - 1).squareRoot()
            draft.measure(
                .unlinked(
                    "near_0\(percent)",
                    "It is the confounder with noise, rank correlation 0.\(percent), and has no other link."),
                draft.column { w[$0] + noise * f[$0] })
        }
        let g = draft.normals()
        draft.measure(
            .unlinked("near_regime", "It is the regime with noise of 0.05, and has no other link."),
            draft.column { regime[$0] + 0.05 * g[$0] })
    }

    static let duplicateConfounders = SimulatedWorld(
        "duplicate-confounders", "As linear, with two confounder columns that are one count: a, and 8 - a."
    ) { draft in
        let (shift, b) = (draft.shift, draft.slope)
        let (a, c, e) = (draft.counts(most: 8), draft.normals(), draft.normals())
        // Mean 0, variance 1.
        let w = a.map { ($0 - 4) / 2.0.squareRoot() }
        draft.target = draft.column { shift[$0] + w[$0] + b * c[$0] + e[$0] }
        draft.confound(a)
        draft.confound(a.map { 8 - $0 })
        draft.latent("w", w)
        draft.measure(.causal, c)
        let g = draft.normals()
        draft.measure(.byConfounder, draft.column { w[$0] + g[$0] })
    }
}
