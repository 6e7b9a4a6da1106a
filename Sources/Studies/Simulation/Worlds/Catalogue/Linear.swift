/// Worlds in which all effects are straight lines and all columns exact: what the rule is made for.
extension SimulatedWorld {
    static let linear = SimulatedWorld(
        "linear", "A cause, one measure that only the regime links to the target, one that only the confounder does."
    ) { draft in
        let (shift, b) = (draft.shift, draft.slope)
        let (w, c, e) = (draft.normals(), draft.normals(), draft.normals())
        draft.target = draft.column { shift[$0] + w[$0] + b * c[$0] + e[$0] }
        draft.confound(w)
        draft.latent("w", w)
        draft.measure(.causal, c)
        let (f, g) = (draft.normals(), draft.normals())
        draft.measure(.byRegime, draft.column { shift[$0] + f[$0] })
        draft.measure(.byConfounder, draft.column { w[$0] + g[$0] })
    }

    static let power = SimulatedWorld(
        "power", "One cause, and a confounder that has nothing to do with it."
    ) { draft in
        let (shift, b) = (draft.shift, draft.slope)
        let (w, c, e) = (draft.normals(), draft.normals(), draft.normals())
        draft.target = draft.column { shift[$0] + w[$0] + b * c[$0] + e[$0] }
        draft.confound(w)
        draft.latent("w", w)
        draft.measure(.causal, c)
    }

    static let powerRelated = SimulatedWorld(
        "power-related", "One cause, x = c + w, half of whose variance is the confounder's."
    ) { draft in
        let (shift, b) = (draft.shift, draft.slope)
        let (w, c, e) = (draft.normals(), draft.normals(), draft.normals())
        draft.target = draft.column { shift[$0] + w[$0] + b * c[$0] + e[$0] }
        draft.confound(w)
        draft.latent("w", w)
        draft.measure(.causal, draft.column { c[$0] + w[$0] })
    }

    static let estimates = SimulatedWorld(
        "estimates", "As linear, but target and measures are estimates with the standard error 1, which is stated."
    ) { draft in
        let (shift, b) = (draft.shift, draft.slope)
        let (w, c, e) = (draft.normals(), draft.normals(), draft.normals())
        let (ofTarget, ofCause, ofOther) = (draft.normals(), draft.normals(), draft.normals())
        let ones = draft.column { _ in 1 }
        draft.target = draft.column { shift[$0] + w[$0] + b * c[$0] + e[$0] + ofTarget[$0] }
        draft.targetErrors = ones
        draft.confound(w)
        draft.latent("w", w)
        draft.measure(.causal, draft.column { c[$0] + ofCause[$0] }, standardErrors: ones)
        let g = draft.normals()
        draft.measure(.byConfounder, draft.column { w[$0] + g[$0] + ofOther[$0] }, standardErrors: ones)
    }
}
