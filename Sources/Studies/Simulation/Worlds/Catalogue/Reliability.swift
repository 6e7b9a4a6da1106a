/// Worlds whose confounders were measured with noise, so that what is held fixed is not quite them.
extension SimulatedWorld {
    static let reliability90 = reliability("reliability-0.9", 0.9)
    static let reliability80 = reliability("reliability-0.8", 0.8)
    static let reliability50 = reliability("reliability-0.5", 0.5)
    static let reliability80Stated = reliability("reliability-0.8-stated", 0.8, isStated: true)

    private static func reliability(_ name: String, _ value: Double, isStated: Bool = false) -> SimulatedWorld {
        SimulatedWorld(
            name,
            """
            The confounder alone links the measure to the target, and was measured with reliability \(value)\
            \(isStated ? ", with standard errors" : "").
            """
        ) { draft in
            let shift = draft.shift
            let (w, e, f) = (draft.normals(), draft.normals(), draft.normals())
            draft.target = draft.column { shift[$0] + w[$0] + e[$0] }
            draft.confound("w", w, reliability: value, isStated: isStated)
            draft.measure(.byConfounder, draft.column { w[$0] + f[$0] })
        }
    }

    static let reliability90U = SimulatedWorld(
        "reliability-0.9-u", "As reliability-0.9, and the confounder acts by its square."
    ) { draft in
        let shift = draft.shift
        let (w, e, f) = (draft.normals(), draft.normals(), draft.normals())
        draft.target = draft.column { shift[$0] + w[$0] * w[$0] + e[$0] }
        draft.confound("w", w, reliability: 0.9)
        draft.measure(.byCurve, draft.column { w[$0] * w[$0] + f[$0] })
    }

    static let twoNoisy = SimulatedWorld(
        "two-noisy",
        """
        Two confounders with correlation 0.8, measured with reliability 0.9, act so that they cancel in the raw \
        correlation; what the noise leaves of them does not cancel.
        """
    ) { draft in
        let shift = draft.shift
        let (common, one, two) = (draft.normals(), draft.normals(), draft.normals())
        let (e, f) = (draft.normals(), draft.normals())
        let (share, rest) = (0.8.squareRoot(), 0.2.squareRoot())
        let w1 = draft.column { share * common[$0] + rest * one[$0] }
        let w2 = draft.column { share * common[$0] + rest * two[$0] }
        draft.target = draft.column { shift[$0] - 1.5 * w1[$0] + 3 * w2[$0] + e[$0] }
        draft.confound("w1", w1, reliability: 0.9)
        draft.confound("w2", w2, reliability: 0.9)
        // Covariance with the target: 0.8 (9 + 2.25) - 4.5 - 4.5 = 0.
        draft.measure(
            .unlinked("by_confounders", "The two confounders alone link it to the target, and cancel."),
            draft.column { 3 * w1[$0] - 1.5 * w2[$0] + f[$0] })
    }

    static let fourNoisy = SimulatedWorld(
        "four-noisy", "Four confounders, each measured with reliability 0.9, link the measure to the target."
    ) { draft in
        var acting = draft.column { _ in 0 }
        for number in 1...4 {
            let w = draft.normals()
            acting = draft.column { acting[$0] + w[$0] }
            draft.confound("w\(number)", w, reliability: 0.9)
        }
        let shift = draft.shift
        let (e, f) = (draft.normals(), draft.normals())
        draft.target = draft.column { shift[$0] + acting[$0] + e[$0] }
        draft.measure(
            .unlinked("by_confounders", "The four confounders alone link it to the target."),
            draft.column { acting[$0] + f[$0] })
    }
}
