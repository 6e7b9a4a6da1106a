import Definitions
import Measures
import Results

/// A results file as the place where a run makes its models.
struct StoreWorkplace: Workplace {
    let store: ResultsStore
    /// The data and the arithmetic of this run: what another run made with others is not taken over.
    let provenance: Provenance
    let checkpointInterval: Double

    func kept<Model>(
        _ digest: String, circumstances: [String: String], history: HistorySpecification?,
        read: ([UInt8]) throws -> Model
    ) throws -> KeptModel<Model>? {
        // Only the files that the model is made of need to be equal: a study may use several data sets.
        let found = try store.weights(ofNetwork: digest) { kept in
            let other = kept.provenance
            return other.hasArithmetic(of: provenance)
                && circumstances.allSatisfy { other.datasetDigests[$0.key] == $0.value }
                && history?.isMet(by: kept.history, upTo: kept.epochs ?? 0) ?? true
        }
        guard let found, let epochs = found.epochs else { return nil }
        return KeptModel(
            model: try store.network(found, read: read), epochs: epochs, seconds: found.seconds,
            run: found.trainedBy.rawValue, history: history == nil ? TrainingHistory() : found.history)
    }

    func lacks(_ digest: String) throws -> Bool { try !store.hasModel(digest) }

    func checkpoint(_ digest: String, circumstances: [String: String]) throws -> Checkpoint? {
        let head = head(circumstances)
        guard var checkpoint = try store.checkpoint(ofNetwork: digest), checkpoint.state.starts(with: head) else {
            return nil
        }
        checkpoint.state.removeFirst(head.count)
        return checkpoint
    }

    func save(_ checkpoint: Checkpoint, _ digest: String, circumstances: [String: String]) throws {
        var checkpoint = checkpoint
        checkpoint.state = head(circumstances) + checkpoint.state
        try store.save(checkpoint, ofNetwork: digest)
    }

    /// On which data and by which arithmetic a model came to where it is, before its own state.
    private func head(_ circumstances: [String: String]) -> [UInt8] {
        let files = circumstances.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let facts = [provenance.arithmetic] + files
        return Array((facts.joined(separator: "\n") + "\n").utf8)
    }
}
