import Networks

extension Subject {
    /// The pair proxy's questions about the last layer and the probes.
    var labellingProblem: LabellingProblem {
        LabellingProblem(
            classCount: architecture.classCount, width: architecture.featureWidth, features: trainingPass.features,
            labels: training.labels, probes: probePass.features)
    }

    /// Why there is no such problem.
    ///
    /// - Parameter name: of the measure.
    func labellingObjection(_ name: String, probes least: Int) -> String? {
        if probeCount == 0 && least > 0 { return "the study names no probes (data: probes)" }
        if probeCount < least { return "the study names \(probeCount) probes (data: probes); \(name) takes \(least)" }
        let width = architecture.featureWidth
        if width > 64 { return "the last hidden layer has \(width) units; \(name) takes at most 64" }
        guard trainingPass.features.allSatisfy(\.isFinite), probePass.features.allSatisfy(\.isFinite) else {
            return "some features are not finite"
        }
        return nil
    }
}
