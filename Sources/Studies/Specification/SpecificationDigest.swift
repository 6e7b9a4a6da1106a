import Crypto
import Foundation

extension StudySpecification.Definition {
    /// JSON with sorted keys and without spaces: equal definitions are equal texts, however their files are laid out.
    ///
    /// A key that is added to the format later must be left out here when it has its default, or all studies of old would
    /// turn into new versions.
    public func canonicalJSON() throws -> String { try canonical(self) }

    /// SHA-256 of the canonical JSON, in hexadecimal.
    public func digest() throws -> String { hexDigest(try canonicalJSON()) }

    /// Digest of all that determines one network: training points, shape, training and its seed, but no measure and no probe.
    ///
    /// Networks of two versions of a study, or of two studies, with equal digests are the same network.
    public func modelDigest(seed: UInt64) throws -> String {
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
                    split_seed: data.seed, network: network, training: training, seed: seed)))
    }

    /// The columns that mean the same in another definition: same measure, same options, same data.
    public func columns(sharedWith other: Self) -> Set<String> {
        guard data == other.data else { return [] }
        return Set(Set(measures).intersection(other.measures).map(\.column))
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
