extension LabCatalogue {
    /// arXiv 2606.04429: multi-index models with homogeneous two-layer networks.
    static let multiIndex: [any Experiment.Type] = [InterpolatorExperiment.self, TrainedNetworkExperiment.self]
}
