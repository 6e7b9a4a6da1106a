import Digests

extension StudySpecification.Definition {
    /// JSON with sorted keys and without spaces: equal definitions are equal texts, however their files are laid out.
    ///
    /// A key that is added to the format later must be left out here when it has its default, or all studies of old
    /// would turn into new versions.
    public func canonicalJSON() throws -> String { try CanonicalJSON.text(of: self) }

    /// SHA-256 of the canonical JSON, in hexadecimal.
    public func digest() throws -> String { SHA256.hexadecimal(of: try canonicalJSON()) }
}

extension Configuration {
    /// Digest of all that determines a model: for a network training points, shape, training and its seed, but no
    /// measure and no probe; for a lab's model the experiment, its settings and the seed.
    ///
    /// Models of two versions of a study, or of two studies, with equal digests are the same model.
    public func trainingDigest(seed: UInt64) throws -> String {
        switch model {
        case .network(let network): try network.digest(seed: seed)
        case .lab(let lab): try lab.digest(seed: seed)
        }
    }

    /// Digest of a model: its training digest, unless it is a rescaled copy.
    public func modelDigest(seed: UInt64) throws -> String {
        let trained = try trainingDigest(seed: seed)
        guard let rescaling else { return trained }
        return SHA256.hexadecimal(of: "\(trained) \(try CanonicalJSON.text(of: rescaling))")
    }
}

extension LabSpecification {
    fileprivate func digest(seed: UInt64) throws -> String {
        struct Model: Encodable {
            var lab: LabSpecification
            var seed: UInt64
        }
        return SHA256.hexadecimal(of: try CanonicalJSON.text(of: Model(lab: self, seed: seed)))
    }
}

extension NetworkModelSpecification {
    fileprivate func digest(seed: UInt64) throws -> String {
        struct Model: Encodable {
            var dataset: String
            var training_points: Int
            var stream: PointOrder
            var split_seed: UInt64
            var network: NetworkSpecification
            var training: TrainingSpecification
            var seed: UInt64
        }
        return SHA256.hexadecimal(
            of:
                try CanonicalJSON.text(
                    of: Model(
                        dataset: data.dataset, training_points: data.trainingPoints, stream: data.stream,
                        split_seed: data.seed, network: shape, training: training, seed: seed)))
    }
}
