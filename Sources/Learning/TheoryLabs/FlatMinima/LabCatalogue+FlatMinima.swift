extension LabCatalogue {
    /// arXiv 2509.11386: the geometry of flat minima.
    static let flatMinima: [any Experiment.Type] = [
        HyperbolaExperiment.self, FactorisationExperiment.self, ReLUExperiment.self,
    ]
}
