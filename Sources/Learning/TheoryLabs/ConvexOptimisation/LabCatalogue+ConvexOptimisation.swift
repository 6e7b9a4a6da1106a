extension LabCatalogue {
    /// arXiv 2511.03548: flat minima in stochastic convex optimisation.
    static let convexOptimisation: [any Experiment.Type] = [
        SharpnessAwareMinimisers.self, SharpnessAwareDrift.self, SharpPoint.self, SAMChain.self, PointMasses.self,
    ]
}
