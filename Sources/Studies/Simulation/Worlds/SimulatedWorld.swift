import Diagnostics
import Measures
import Randomness

/// A way in which studies come about, of which it is known what is true of each measure: a pure function from a number
/// of networks and a seed to a study.
///
/// Letters in the descriptions: r is 0 or 1 by the regime; w, w1, w2 confounders; c causes; b the slope that gives a
/// cause its effect; e, f noise of each column alone. All are standard normal where nothing is said, and regimes
/// alternate.
public struct SimulatedWorld: Sendable {
    public let name: String
    /// What is true in it, in one sentence.
    public let summary: String
    private let layout: SimulatedLayout
    private let draw: @Sendable (inout StudyDraft) -> Void

    /// - Parameter draw: sets the target and adds measures and confounders; noise and a leak are added to them.
    init(
        _ name: String, _ summary: String, layout: SimulatedLayout = .regimes,
        draw: @escaping @Sendable (inout StudyDraft) -> Void
    ) {
        (self.name, self.summary, self.layout, self.draw) = (name, summary, layout, draw)
    }

    /// Of the effect of a cause given all else, unless another one is asked for.
    public static let usualEffect = 0.5

    /// The number of networks that a study has for which this many are asked: a grid has equally many of each
    /// configuration.
    public func networks(nearest models: Int) -> Int { layout.networks(nearest: models) }

    /// - Parameters:
    ///   - models: how many networks, or nearly (`networks(nearest:)`).
    ///   - effect: the partial correlation of causes with the target, in -1...1 without the ends. Worlds that are not
    ///     about its size have their own.
    ///   - seed: equal seeds give equal studies.
    /// - Complexity: O(models · columns).
    public func study(models: Int, effect: Double = usualEffect, seed: UInt64) -> SimulatedStudy {
        precondition(models >= 0 && abs(effect) < 1, "\(models) models with an effect of \(effect)")
        var draft = StudyDraft(
            networks: networks(nearest: models), effect: effect, layout: layout,
            stream: NativeStream(seed: seed).child("simulated world").child(name))
        draw(&draft)
        return draft.study(of: name)
    }
}

extension SimulatedWorld {
    /// Columns that verdicts hold fixed by themselves, in the order in which worlds use their names.
    static let confounderNames = [DeadUnits.about.id, FeatureRank.about.id, Epochs.about.id, TrainLoss.about.id]

    /// The world of this name.
    ///
    /// - Throws: `UnknownWorld` with the nearest name.
    public static func named(_ name: String) throws(UnknownWorld) -> SimulatedWorld {
        guard let world = all.first(where: { $0.name == name }) else { throw UnknownWorld(name: name) }
        return world
    }
}

/// A world that there is not.
public struct UnknownWorld: RequestError, Equatable {
    public let name: String

    public var description: String {
        "There is no world '\(name.shortened)'. "
            + suggestion(for: name, among: SimulatedWorld.all.map(\.name))
    }
}
