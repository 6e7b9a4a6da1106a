import Crypto
import Foundation

extension StudySpecification.Definition {
    /// JSON with sorted keys and without spaces: equal definitions are equal texts, however their files are laid out.
    ///
    /// A key that is added to the format later must be left out here when it has its default, or all studies of old
    /// would turn into new versions.
    public func canonicalJSON() throws -> String { try canonical(self) }

    /// SHA-256 of the canonical JSON, in hexadecimal.
    public func digest() throws -> String { hexDigest(try canonicalJSON()) }
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
        return hexDigest("\(trained) \(try canonical(rescaling))")
    }
}

extension LabSpecification {
    fileprivate func digest(seed: UInt64) throws -> String {
        struct Model: Encodable {
            var lab: LabSpecification
            var seed: UInt64
        }
        return hexDigest(try canonical(Model(lab: self, seed: seed)))
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
        return hexDigest(
            try canonical(
                Model(
                    dataset: data.dataset, training_points: data.trainingPoints, stream: data.stream,
                    split_seed: data.seed, network: shape, training: training, seed: seed)))
    }
}

private func canonical(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

private func hexDigest(_ text: String) -> String {
    SHA256.hash(data: Data(text.utf8)).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
}
