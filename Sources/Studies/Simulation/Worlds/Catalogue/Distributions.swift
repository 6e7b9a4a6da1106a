import Foundation

/// Worlds whose numbers are not normal, or not equally spread.
extension SimulatedWorld {
    static let heavyTails = noisy(
        "heavy-tails",
        "As linear, with Student's t of 1.5 degrees of freedom for the confounder, the cause and all noise."
    ) { $0.students(degrees: 1.5) }

    static let skewed = noisy(
        "skewed", "As linear, with lognormal numbers for the confounder, the cause and all noise."
    ) { draft in draft.normals().map(exp) }

    private static func noisy(
        _ name: String, _ summary: String, _ numbers: @escaping @Sendable (inout StudyDraft) -> [Double]
    ) -> SimulatedWorld {
        SimulatedWorld(name, summary) { draft in
            let (shift, b) = (draft.shift, draft.slope)
            let (w, c, e) = (numbers(&draft), numbers(&draft), numbers(&draft))
            draft.target = draft.column { shift[$0] + w[$0] + b * c[$0] + e[$0] }
            draft.confound(w)
            draft.latent("w", w)
            draft.measure(.causal, c)
            let (f, g) = (numbers(&draft), numbers(&draft))
            draft.measure(.byRegime, draft.column { shift[$0] + f[$0] })
            draft.measure(.byConfounder, draft.column { w[$0] + g[$0] })
        }
    }

    static let unequalVariances = spread(
        "unequal-variances", "Target and measures vary by 1 in one regime and by 4 in the other, all independently."
    ) { regime, _ in regime == 0 ? 1 : 4 }

    static let varianceByConfounder = spread(
        "variance-by-confounder", "Target and measures vary by the exponential of the confounder, all independently."
    ) { _, w in exp(w) }

    private static func spread(
        _ name: String, _ summary: String, _ deviation: @escaping @Sendable (_ regime: Double, _ w: Double) -> Double
    ) -> SimulatedWorld {
        SimulatedWorld(name, summary) { draft in
            let (shift, regime) = (draft.shift, draft.regime)
            let (w, e, f, g) = (draft.normals(), draft.normals(), draft.normals(), draft.normals())
            let s = draft.column { deviation(regime[$0], w[$0]) }
            draft.target = draft.column { shift[$0] + w[$0] + s[$0] * e[$0] }
            draft.confound(w)
            draft.latent("w", w)
            draft.measure(.byConfounder, draft.column { w[$0] + s[$0] * f[$0] })
            draft.measure(
                .unlinked("equally_spread", "It varies where the target varies; nothing links their values."),
                draft.column { s[$0] * g[$0] })
        }
    }

    static let ties = SimulatedWorld(
        "ties", "The target is an accuracy on 1000 points, 0.900 to 0.930; confounder and one measure are counts."
    ) { draft in
        let (shift, b) = (draft.shift, draft.slope)
        let (w, c, e) = (draft.counts(most: 4), draft.normals(), draft.normals())
        let quality = draft.column { shift[$0] + w[$0] + b * c[$0] + e[$0] }
        // Quality has mean 3 and standard deviation 1.8.
        draft.target = quality.map { min(930, max(900, (915 + 4 * ($0 - 3)).rounded())) / 1000 }
        draft.leakNoise = 0.007
        draft.confound(w)
        draft.latent("w", w)
        draft.latent("quality", quality)
        draft.measure(.causal, c)
        let (f, g) = (draft.normals(), draft.normals())
        draft.measure("by_confounder", .byConfounder, draft.column { w[$0] + f[$0] })
        draft.measure("by_confounder_counted", .byConfounder, draft.column { (w[$0] + g[$0]).rounded() })
    }
}
