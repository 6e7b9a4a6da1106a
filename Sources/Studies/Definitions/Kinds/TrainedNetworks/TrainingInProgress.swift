import Foundation
import Measures
import Networks
import Randomness
import Training

/// The training of one network at a workplace: it goes on from its checkpoint, leaves new ones, writes down its
/// history, and keeps the snapshots that the study has of it.
///
/// A snapshot is a model of its own: what training leaves of it lies at the workplace as the checkpoint of that model,
/// whose making then only takes it up.
final class TrainingInProgress {
    private let maker: NetworkMaker
    private let planned: PlannedModel
    private let workplace: any Workplace
    private let clock = ContinuousClock()
    private var history = TrainingHistory()
    /// Of training alone, before this time.
    private var secondsBefore = 0.0
    private var start = ContinuousClock.now
    /// Spent on what is written down.
    private var secondsBeside = 0.0
    /// The snapshot that is wanted, once it is there.
    private var found: TrainedNetwork?

    init(_ maker: NetworkMaker, _ planned: PlannedModel, at workplace: any Workplace) {
        (self.maker, self.planned, self.workplace) = (maker, planned, workplace)
    }

    private var networks: TrainedNetworks { maker.networks }
    private var material: StudyMaterial { maker.material }
    private var seconds: Double { secondsBefore + (clock.now - start) / .seconds(1) - secondsBeside }

    // MARK: What is wanted

    /// The network at the end of its training.
    func network() throws -> TrainedNetwork { try train(until: nil) }

    /// The network at the snapshot's epoch: what another model's training left, or from a training up to the last of
    /// the snapshots.
    func snapshot() throws -> TrainedNetwork {
        let epoch = planned.configuration.variant?.epoch ?? 0
        if let left = try left(epoch) { return left }
        // Where training ended before the epoch, the network is the snapshot.
        let ended = try workplace.kept(
            planned.trainingDigest, circumstances: material.digests, history: networks.history, read: maker.keptNetwork)
        if let ended, ended.epochs <= epoch { return TrainedNetwork(ended) }
        do {
            // On to the last one that is wanted: each of the others would begin anew.
            let others = try planned.snapshots.filter {
                try $0 > epoch && workplace.lacks(planned.digest(ofSnapshot: $0))
            }
            _ = try train(until: others.last ?? epoch)
        } catch let failure as ModelNotMade {
            // What becomes of a training later is nothing to a network of before.
            if found == nil { throw failure }
        }
        guard let found else {
            throw ModelNotMade(reason: "training did not come by epoch \(epoch)", seconds: seconds)
        }
        return found
    }

    /// What a training left of a snapshot.
    private func left(_ epoch: Int) throws -> TrainedNetwork? {
        let left = try workplace.checkpoint(planned.digest(ofSnapshot: epoch), circumstances: material.digests)
        guard let left, let network = try? maker.keptNetwork(left.state),
            networks.history?.isMet(by: left.history, upTo: left.epochs) ?? true
        else { return nil }
        return TrainedNetwork(
            network: network, epochs: left.epochs, seconds: left.seconds, history: wanted(of: left.history))
    }

    /// Another study may have written down what this one does not ask for.
    private func wanted(of history: TrainingHistory) -> TrainingHistory {
        networks.history == nil ? TrainingHistory() : history
    }

    // MARK: Training

    /// Trains the network from its seed, or goes on from its checkpoint.
    ///
    /// - Parameter limit: the epoch after which no more is wanted; nil for all of the training.
    private func train(until limit: Int?) throws -> TrainedNetwork {
        let (training, recipe) = (networks.training, networks.training.recipe)
        let digest = try planned.trainingDigest
        start = clock.now
        var network = networks.initialNetwork(seed: planned.seed, on: material)
        let checkpoint = try workplace.checkpoint(digest, circumstances: material.digests)
        // A training that is further than the snapshot that is wanted does not come by it again.
        let progress = checkpoint.flatMap {
            usable($0, recipe: recipe, before: planned.configuration.variant?.epoch ?? .max)
        }
        // On the way to a snapshot what the network's own training has left stays until this one is as far.
        let farthest = limit == nil ? 0 : checkpoint?.epochs ?? 0
        if let checkpoint, progress != nil {
            (secondsBefore, history) = (checkpoint.seconds, wanted(of: checkpoint.history))
        }
        if progress == nil {
            write(network, after: 0)
            try leave(network, at: 0, after: 0)
        }
        if limit == 0, let found { return found }
        var order = training.order.permutations(seed: planned.seed, purpose: "epoch-order")
        var (savedAt, failure, stopped) = (clock.now, (any Error)?.none, TrainedNetwork?.none)
        do {
            let outcome = try network.train(
                on: material.training, recipe: recipe, order: &order,
                noise: NativeStream(seed: planned.seed).child("training-noise"), goingOnFrom: progress
            ) { epochs, progress in
                do {
                    let isKept = planned.snapshots.contains(epochs)
                    if isKept || networks.history?.isDue(after: epochs) == true {
                        let network = progress().network
                        write(network, after: epochs)
                        try leave(network, at: epochs, after: epochs)
                        if epochs == limit {
                            stopped = trained(network, epochs)
                            return false
                        }
                    }
                    let isCancelled = Task.isCancelled
                    let isDue = (clock.now - savedAt) / .seconds(1) >= workplace.checkpointInterval
                    // A network of a second or two is sooner trained again than looked up.
                    guard epochs > farthest, isDue || (isCancelled && seconds > 2) else { return !isCancelled }
                    try workplace.save(
                        Checkpoint(epochs: epochs, seconds: seconds, state: progress().bytes, history: history),
                        digest, circumstances: material.digests)
                    savedAt = clock.now
                    return !isCancelled
                } catch {
                    failure = error
                    return false
                }
            }
            write(network, after: outcome.epochs, isLast: true)
            // Training is over: later snapshots are of the network as it is.
            for epoch in planned.snapshots where epoch >= outcome.epochs {
                try leave(network, at: epoch, after: outcome.epochs)
            }
            return trained(network, outcome.epochs)
        } catch let error as TrainingFailure {
            guard case .cancelled = error else {
                throw ModelNotMade(reason: error.description, seconds: seconds)
            }
            if let stopped { return stopped }
            throw failure ?? CancellationError()
        }
    }

    private func trained(_ network: Network, _ epochs: Int) -> TrainedNetwork {
        TrainedNetwork(network: network, epochs: epochs, seconds: seconds, history: history)
    }

    /// A checkpoint that does not fit is none: the network is trained from its seed.
    private func usable(_ checkpoint: Checkpoint, recipe: Recipe, before limit: Int) -> TrainingProgress? {
        guard checkpoint.epochs > 0, checkpoint.epochs < min(recipe.maximumEpochs, limit),
            networks.history?.isMet(by: checkpoint.history, upTo: checkpoint.epochs, isOver: false) ?? true
        else { return nil }
        return TrainingProgress(
            checkpoint.state, epochs: checkpoint.epochs, architecture: maker.architecture, rule: recipe.rule)
    }

    // MARK: On the way

    /// Writes down what the study wants to know of the network after some epochs.
    private func write(_ network: Network, after epochs: Int, isLast: Bool = false) {
        guard let wanted = networks.history, wanted.isDue(after: epochs) || isLast else { return }
        beside { history.entries.append(entry(of: network, after: epochs, wanted)) }
    }

    /// Of the network that is trained, whatever is made of it then.
    private func entry(
        of network: Network, after epochs: Int, _ wanted: HistorySpecification
    ) -> TrainingHistory.Entry {
        material.subject(network, of: networks, position: planned.position, seed: planned.seed, epochs: epochs)
            .entry(wanted.quantities)
    }

    /// Leaves the network for the snapshot of an epoch, with a history that ends where it is, unless a study has that
    /// model already.
    ///
    /// - Parameter epochs: those that it has trained, which are less where training ended before.
    private func leave(_ network: Network, at epoch: Int, after epochs: Int) throws {
        guard planned.snapshots.contains(epoch) else { return }
        let now = seconds
        try beside {
            var history = history
            if let wanted = networks.history, history.entries.last?.epoch != epochs {
                history.entries.append(entry(of: network, after: epochs, wanted))
            }
            if epoch == planned.configuration.variant?.epoch {
                found = TrainedNetwork(network: network, epochs: epochs, seconds: now, history: history)
            }
            let digest = try planned.digest(ofSnapshot: epoch)
            guard try workplace.lacks(digest) else { return }
            try workplace.save(
                Checkpoint(epochs: epochs, seconds: now, state: [UInt8](network.safetensors()), history: history),
                digest, circumstances: material.digests)
        }
    }

    /// Does something whose time is not that of training.
    private func beside(_ work: () throws -> Void) rethrows {
        let before = clock.now
        defer { secondsBeside += (clock.now - before) / .seconds(1) }
        try work()
    }
}
