/// Worlds with many measures, most of which are nothing.
extension SimulatedWorld {
    static let hundredMeasures = SimulatedWorld(
        "hundred-measures",
        "Of 100 measures three move the target; the others are noise in blocks with correlation 0.7."
    ) { draft in
        let (shift, b, w) = (draft.shift, draft.slope, draft.normals())
        var y = draft.normals()
        y = draft.column { [y] in shift[$0] + w[$0] + y[$0] }
        for number in 1...3 {
            let c = draft.normals()
            y = draft.column { [y] in y[$0] + b * c[$0] }
            draft.measure(
                "real_\(number)", .linked("real", "It moves the target, as two others do."), c)
        }
        draft.target = y
        draft.confound(w)
        draft.latent("w", w)
        draft.addCorrelatedNoise(blocks: [40, 40, 17])
    }

    static let fortyCorrelated = SimulatedWorld(
        "forty-correlated", "Forty measures with correlation 0.7, none of which has anything to do with the target."
    ) { draft in
        let (shift, w, e) = (draft.shift, draft.normals(), draft.normals())
        draft.target = draft.column { shift[$0] + w[$0] + e[$0] }
        draft.confound(w)
        draft.latent("w", w)
        draft.addCorrelatedNoise(blocks: [40])
    }
}

extension StudyDraft {
    /// Measures of noise, those of one block with correlation 0.7, instead of the usual ones.
    fileprivate mutating func addCorrelatedNoise(blocks: [Int]) {
        noiseMeasures = 0
        var number = 0
        for size in blocks {
            let common = normals()
            for _ in 0..<size {
                number += 1
                let own = normals()
                measure(
                    "noise_\(number)", .noise, column { 0.7.squareRoot() * common[$0] + 0.3.squareRoot() * own[$0] })
            }
        }
    }
}
