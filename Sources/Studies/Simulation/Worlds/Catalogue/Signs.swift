/// Worlds in which the raw correlation is weaker than the one given the confounder, or has the other sign.
extension SimulatedWorld {
    static let suppressor = SimulatedWorld(
        "suppressor", "The measure is x = s + 3w, of which s alone moves the target: raw 0.18, given w 0.71."
    ) { draft in
        let shift = draft.shift
        let (w, s, e) = (draft.normals(), draft.normals(), draft.normals())
        draft.target = draft.column { shift[$0] + s[$0] + e[$0] }
        draft.confound(w)
        draft.latent("w", w)
        draft.measure(
            .linked("suppressed", "It moves the target; the confounder is noise in it that can be taken out."),
            draft.column { s[$0] + 3 * w[$0] })
    }

    static let masks = hidden(
        "masks", "A cause, x = c + w, whose effect the confounder cancels in the raw correlation.", confounder: 0.8,
        truth: .linked("hidden", "It moves the target up; the confounder hides it, and the raw correlation is 0."))

    static let reverses = hidden(
        "reverses", "A cause, x = c + w, whose effect the confounder turns round in the raw correlation.",
        confounder: 2.4,
        truth: SimulatedTruth(
            "reversed", "It moves the target up; the confounder makes the raw correlation negative.",
            wrong: [.supported]))

    /// y = 0.8 c - confounder · w: the measure c + w has the covariance 0.8 - confounder with it.
    private static func hidden(
        _ name: String, _ summary: String, confounder: Double, truth: SimulatedTruth
    ) -> SimulatedWorld {
        SimulatedWorld(name, summary) { draft in
            let shift = draft.shift
            let (w, c, e) = (draft.normals(), draft.normals(), draft.normals())
            draft.target = draft.column { shift[$0] + 0.8 * c[$0] - confounder * w[$0] + e[$0] }
            draft.confound(w)
            draft.latent("w", w)
            draft.measure(truth, draft.column { c[$0] + w[$0] })
        }
    }

    static let opposed = SimulatedWorld(
        "opposed",
        "Regime and confounder alone link the measure to the target and cancel; with one of them fixed the other shows."
    ) { draft in
        let shift = draft.shift
        let (w, e, f) = (draft.normals(), draft.normals(), draft.normals())
        draft.target = draft.column { shift[$0] + w[$0] + e[$0] }
        draft.confound(w)
        draft.latent("w", w)
        // Covariance with the target: 1 - 2² / 4 = 0.
        draft.measure(
            .unlinked("opposed", "Regime and confounder alone link it to the target, and cancel."),
            draft.column { w[$0] - shift[$0] + f[$0] })
    }

    static let opposedCurves = SimulatedWorld(
        "opposed-curves",
        "Two confounders cancel in the raw correlation, of which one acts by its square and one straight."
    ) { draft in
        let (shift, root) = (draft.shift, 2.0.squareRoot())
        let (w1, w2, e, f) = (draft.normals(), draft.normals(), draft.normals(), draft.normals())
        draft.target = draft.column { shift[$0] + w1[$0] * w1[$0] + root * w2[$0] + e[$0] }
        draft.confound(w1)
        draft.confound(w2)
        draft.latent("w1", w1)
        draft.latent("w2", w2)
        draft.measure(
            .unlinked("by_confounders", "The two confounders alone link it to the target, and cancel."),
            draft.column { w1[$0] * w1[$0] - root * w2[$0] + f[$0] })
    }
}
