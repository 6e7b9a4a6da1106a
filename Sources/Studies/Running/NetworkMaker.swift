import Definitions
import Foundation
import Networks
import Randomness
import Results
import Training

/// Gets a task's trained network: from the results file if any study has trained it, else from its checkpoint, else
/// from its seed.
struct NetworkMaker: Sendable {
    let store: ResultsStore
    let network: NetworkModelSpecification
    let material: StudyMaterial
    /// The data and the arithmetic of this run: what another run trained with others is not taken over.
    let provenance: Provenance
    /// Training time between two checkpoints, in seconds.
    let checkpointInterval: Double

    enum Made {
        /// - Parameter trainedBy: the run whose network was taken over; nil for one trained now.
        case network(Network, epochs: Int, seconds: Double, trainedBy: RunRecord.ID?)
        case failed(reason: String, seconds: Double)
    }

    /// - Throws: `CancellationError` after cancellation, with a checkpoint written; what the store throws.
    func make(_ model: PlannedModel) throws -> Made {
        let digest = try model.trainingDigest
        if let found = try store.weights(ofNetwork: digest, accepted: isOwn), let epochs = found.epochs {
            guard let network = try? Network(safetensors: Data(found.weights)) else {
                throw store.damagedWeights(of: found.modelID, reason: "they are no network in the safetensors format")
            }
            return .network(network, epochs: epochs, seconds: found.seconds, trainedBy: found.trainedBy)
        }
        return try train(model, digest: digest)
    }

    /// Only the files that this data set has in common need to be equal: a study may use several data sets.
    private func isOwn(_ other: Provenance) -> Bool {
        other.blasKernel == provenance.blasKernel && other.buildKind == provenance.buildKind
            && material.digests.allSatisfy { other.datasetDigests[$0.key] == $0.value }
    }

    // MARK: Training

    /// Trains the network from its seed, or goes on from its checkpoint.
    private func train(_ model: PlannedModel, digest: String) throws -> Made {
        let training = self.network.training
        let clock = ContinuousClock()
        let start = clock.now
        var weights = training.initialisation.weights(seed: model.seed)
        var network = Network(
            architecture: material.architecture(self.network.shape), initialisedFrom: &weights)
        var (epochs, secondsBefore) = (0, 0.0)
        if let (saved, checkpoint) = try usableCheckpoint(digest, like: network, epochs: training.epochs) {
            (network, epochs, secondsBefore) = (saved, checkpoint.epochs, checkpoint.seconds)
        }
        var seconds: Double { secondsBefore + (clock.now - start).inSeconds }
        var order = training.order.permutations(seed: model.seed, purpose: "epoch-order")
        var (savedAt, failure) = (clock.now, (any Error)?.none)
        do {
            let outcome = try network.train(
                on: material.training, recipe: training.recipe, order: &order, goingOnAfter: epochs
            ) { epochs, network in
                let isCancelled = Task.isCancelled
                let isDue = (clock.now - savedAt).inSeconds >= checkpointInterval
                // A network of a second or two is sooner trained again than looked up.
                guard isDue || (isCancelled && seconds > 2) else { return !isCancelled }
                do {
                    try store.save(
                        Checkpoint(epochs: epochs, seconds: seconds, state: state(network())), ofNetwork: digest)
                    savedAt = clock.now
                } catch {
                    failure = error
                }
                return !isCancelled && failure == nil
            }
            return .network(network, epochs: outcome.epochs, seconds: seconds, trainedBy: nil)
        } catch .cancelled {
            throw failure ?? CancellationError()
        } catch {
            return .failed(reason: error.description, seconds: seconds)
        }
    }

    /// A network in the middle of its training, and on which data and by which arithmetic it came there.
    private func state(_ network: Network) -> [UInt8] { circumstances + [UInt8](network.safetensors()) }

    private var circumstances: [UInt8] {
        let files = material.digests.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let facts = [provenance.blasKernel, provenance.buildKind.rawValue] + files
        return Array((facts.joined(separator: "\n") + "\n").utf8)
    }

    /// A checkpoint that does not fit, or was made of other data or by other arithmetic, is none: the network is
    /// trained from its seed.
    private func usableCheckpoint(
        _ digest: String, like network: Network, epochs: Int
    ) throws -> (Network, Checkpoint)? {
        guard let checkpoint = try store.checkpoint(ofNetwork: digest), checkpoint.epochs > 0,
            checkpoint.epochs < epochs,
            checkpoint.state.starts(with: circumstances),
            let saved = try? Network(safetensors: Data(checkpoint.state.dropFirst(circumstances.count))),
            saved.architecture == network.architecture
        else { return nil }
        return (saved, checkpoint)
    }
}
