/// Worlds that correlations cannot tell from others: which word is right depends on what causes what.
extension SimulatedWorld {
    static let causesTheConfounder = SimulatedWorld(
        "causes-the-confounder",
        """
        The measure moves the recorded column, and that the target. Given the column nothing is left, as if it had \
        caused both: no correlation tells which.
        """
    ) { draft in
        let shift = draft.shift
        let (x, f, e) = (draft.normals(), draft.normals(), draft.normals())
        let z = draft.column { x[$0] + f[$0] }
        draft.target = draft.column { shift[$0] + z[$0] + e[$0] }
        draft.confound(z)
        draft.latent("z", z)
        draft.measure(
            SimulatedTruth(
                "mediated",
                """
                It moves the target, by way of the confounder alone: supported is right, and so is confounded for \
                those who hold the column fixed; masked is not.
                """,
                wrong: [.masked]),
            x)
    }

    static let collider = SimulatedWorld(
        "collider",
        """
        Measure and target, which are independent, both move the recorded column. Given the column they are linked, as \
        if it had hidden an effect: no correlation tells which.
        """
    ) { draft in
        let shift = draft.shift
        let (x, f, e) = (draft.normals(), draft.normals(), draft.normals())
        let y = draft.column { shift[$0] + e[$0] }
        draft.target = y
        draft.confound(draft.column { x[$0] + y[$0] + f[$0] })
        draft.measure(
            .unlinked("colliding", "Nothing links it to the target; holding fixed what both move makes a link."), x)
    }

    static let selected = SimulatedWorld(
        "selected",
        """
        Networks in which measure and the target's noise are low together are missing, as failed ones are; among the \
        others the two are linked, by that alone. Nothing that was recorded shows it.
        """
    ) { draft in
        let (shift, w) = (draft.shift, draft.normals())
        var (stream, x, e) = (draft.stream(), [Double](), [Double]())
        while x.count < draft.networks {
            let (one, other) = (stream.normal(), stream.normal())
            if one + other > 0 {
                x.append(one)
                e.append(other)
            }
        }
        draft.target = draft.column { [e] in shift[$0] + w[$0] + e[$0] }
        draft.confound(w)
        draft.latent("e", e)
        draft.measure(.unlinked("selected", "Nothing links it to the target but which networks are left."), x)
    }

    static let unmeasured = SimulatedWorld(
        "unmeasured", "A confounder that was not recorded links the measure to the target; the recorded one is noise."
    ) { draft in
        let shift = draft.shift
        let (w, u, e, f) = (draft.normals(), draft.normals(), draft.normals(), draft.normals())
        draft.target = draft.column { shift[$0] + u[$0] + e[$0] }
        draft.confound(w)
        draft.latent("u", u)
        draft.measure(
            .unlinked("by_unmeasured", "What was not recorded alone links it to the target; no word can tell."),
            draft.column { u[$0] + f[$0] })
    }
}
