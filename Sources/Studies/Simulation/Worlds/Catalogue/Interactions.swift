/// Worlds in which what one column does depends on another one.
extension SimulatedWorld {
    static let interaction = SimulatedWorld(
        "interaction", "One measure moves the target in one regime only, another one up in one and down in the other."
    ) { draft in
        let (shift, regime) = (draft.shift, draft.regime)
        let (w, c, d, e) = (draft.normals(), draft.normals(), draft.normals(), draft.normals())
        draft.target = draft.column {
            shift[$0] + w[$0] + regime[$0] * c[$0] + (2 * regime[$0] - 1) * d[$0] + e[$0]
        }
        draft.confound(w)
        draft.latent("w", w)
        draft.measure(
            .linked(
                "in_one_regime",
                "It moves the target in one regime only: supported is right over both, and unstable says more."),
            c)
        draft.measure(
            .unlinked(
                "opposed",
                """
                It moves the target up in one regime and down in the other, by the same: over both there is no link, \
                and unstable is right.
                """),
            d)
    }

    static let regimeByConfounder = SimulatedWorld(
        "regime-by-confounder",
        "The confounder acts on target and measure upwards in one regime, downwards in the other."
    ) { draft in
        let regime = draft.regime
        let (w, e, f) = (draft.normals(), draft.normals(), draft.normals())
        let acting = draft.column { (2 * regime[$0] - 1) * w[$0] }
        draft.target = draft.column { acting[$0] + e[$0] }
        draft.confound(w)
        draft.latent("sw", acting)
        draft.measure(.byConfounder, draft.column { acting[$0] + f[$0] })
    }

    static let product = SimulatedWorld(
        "product", "Two confounders act on target and measure by their product, and neither by itself."
    ) { draft in
        let shift = draft.shift
        let (w1, w2, e, f) = (draft.normals(), draft.normals(), draft.normals(), draft.normals())
        draft.target = draft.column { shift[$0] + w1[$0] * w2[$0] + e[$0] }
        draft.confound(w1)
        draft.confound(w2)
        draft.latent("w1w2", draft.column { w1[$0] * w2[$0] })
        draft.measure(
            .unlinked("by_product", "The two confounders alone link it to the target, together."),
            draft.column { w1[$0] * w2[$0] + f[$0] })
    }
}
