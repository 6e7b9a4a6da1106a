/// Worlds in which networks of one configuration, or of one seed, resemble each other.
extension SimulatedWorld {
    static let fewSeeds = SimulatedWorld(
        "few-seeds",
        "Each of 36 configurations has a random effect, the same on target and measure, and few seeds to show it.",
        layout: .grid(
            [
                ("batch_size", ["32", "256"]), ("depth", ["1", "2"]), ("learning_rate", ["0.05", "0.1", "0.2"]),
                ("width", ["16", "32", "64"]),
            ], .atLeast(2)),
        draw: sharedConfigurationEffects)

    static let oneSeed = SimulatedWorld(
        "one-seed", "As few-seeds, with 72 configurations of one network each.",
        layout: .grid([("batch_size", ["32", "256"]), ("learning_rate", six), ("width", sixWidths)], .exactly(1)),
        draw: sharedConfigurationEffects)

    @Sendable private static func sharedConfigurationEffects(_ draft: inout StudyDraft) {
        let configurations = draft.configurations
        let (u, w) = (draft.normals(by: configurations), draft.normals())
        let (e, f) = (draft.normals(), draft.normals())
        draft.target = draft.column { u[$0] + e[$0] }
        draft.confound(w)
        draft.latent("u", u)
        draft.measure(
            .unlinked("by_configuration", "The configuration alone links it to the target, not axis by axis."),
            draft.column { u[$0] + f[$0] })
    }

    static let clustered = SimulatedWorld(
        "clustered", "Configurations have random effects on target and measures, independent of each other.",
        layout: .grid([("learning_rate", six), ("width", sixWidths)], .atLeast(2))
    ) { draft in
        let configurations = draft.configurations
        let (u, e, w) = (draft.normals(by: configurations), draft.normals(), draft.normals())
        draft.target = draft.column { 2 * u[$0] + e[$0] }
        draft.confound(w)
        for name in ["clustered_1", "clustered_2"] {
            let (v, f) = (draft.normals(by: configurations), draft.normals())
            draft.measure(
                name,
                .unlinked(
                    "clustered", "Nothing links it to the target; networks of a configuration resemble each other."),
                draft.column { 2 * v[$0] + f[$0] })
        }
    }

    static let sharedSeeds = SimulatedWorld(
        "shared-seeds",
        "Seeds, the same ones in each of 12 configurations, have random effects on target and measures, independent of "
            + "each other.",
        layout: .grid([("learning_rate", six), ("width", ["16", "64"])], .atLeast(2))
    ) { draft in
        let seeds = draft.seeds
        let (u, e, w) = (draft.normals(by: seeds), draft.normals(), draft.normals())
        draft.target = draft.column { 2 * u[$0] + e[$0] }
        draft.confound(w)
        for name in ["by_seed_1", "by_seed_2"] {
            let (v, f) = (draft.normals(by: seeds), draft.normals())
            draft.measure(
                name, .unlinked("by_seed", "Nothing links it to the target; networks of a seed resemble each other."),
                draft.column { 2 * v[$0] + f[$0] })
        }
    }

    static let slopesByConfiguration = SimulatedWorld(
        "slopes-by-configuration",
        "The confounder acts on target and measure with a slope that is random in each of 12 configurations.",
        layout: .grid([("learning_rate", six), ("width", ["16", "64"])], .atLeast(2)), draw: slopes)

    static let slopesOfFewSeeds = SimulatedWorld(
        "slopes-of-few-seeds",
        "As slopes-by-configuration, with 36 configurations, whose slopes few seeds leave no room to hold fixed.",
        layout: .grid([("learning_rate", six), ("width", sixWidths)], .atLeast(2)), draw: slopes)

    @Sendable private static func slopes(_ draft: inout StudyDraft) {
        let configurations = draft.configurations
        let (s, w) = (draft.normals(by: configurations), draft.normals())
        let (e, f) = (draft.normals(), draft.normals())
        draft.target = draft.column { s[$0] * w[$0] + e[$0] }
        draft.confound(w)
        draft.latent("sw", draft.column { s[$0] * w[$0] })
        draft.measure(.byConfounder, draft.column { s[$0] * w[$0] + f[$0] })
    }
}
