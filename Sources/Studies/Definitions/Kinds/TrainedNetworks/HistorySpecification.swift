import Measures

/// What is written down of each training on its way. No part of what determines a network.
public struct HistorySpecification: Sendable, Hashable {
    /// After every so many epochs; nil for after 1, 2, 4, 8, … of them. Always of the network that training begins from
    /// and of the one that it ends with.
    public var every: Int?
    /// What is written down beside the training loss and accuracy.
    public var also: Set<TrainingHistory.Quantity>

    public init(every: Int?, also: Set<TrainingHistory.Quantity> = []) {
        self.every = every
        self.also = also.subtracting(TrainingHistory.Quantity.always)
    }

    public var quantities: Set<TrainingHistory.Quantity> { also.union(TrainingHistory.Quantity.always) }

    /// Whether something is written down after so many epochs, of a training that goes on.
    public func isDue(after epochs: Int) -> Bool {
        every.map { epochs % $0 == 0 } ?? (epochs & (epochs - 1) == 0)
    }

    /// The epochs after which something is written down of a training that ends after `last`.
    public func epochs(upTo last: Int) -> [Int] { (0...last).filter { isDue(after: $0) || $0 == last } }

    /// How many these are.
    public func count(upTo last: Int) -> Int {
        guard let every else { return 1 + Int.bitWidth - last.leadingZeroBitCount + (isDue(after: last) ? 0 : 1) }
        return 1 + last / every + (last % every == 0 ? 0 : 1)
    }

    /// Whether a history has an entry for each epoch of a training up to `last`, and no other.
    ///
    /// - Parameter isOver: whether training ended there.
    public func isWhole(_ history: TrainingHistory, upTo last: Int, isOver: Bool = true) -> Bool {
        history.entries.map(\.epoch) == epochs(upTo: last).filter { isDue(after: $0) || isOver }
    }

    /// Whether it has, beside, what is asked for and nothing else. A quantity may lack a value here and there.
    public func isMet(by history: TrainingHistory, upTo last: Int, isOver: Bool = true) -> Bool {
        isWhole(history, upTo: last, isOver: isOver) && Set(history.entries.flatMap(\.values.keys)) == quantities
    }
}

extension HistorySpecification: Codable {
    private enum CodingKeys: String, CodingKey { case every, also }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let also = try container.decodeIfPresent([TrainingHistory.Quantity].self, forKey: .also) ?? []
        self.init(every: try container.decodeIfPresent(Int.self, forKey: .every), also: Set(also))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(every, forKey: .every)
        if !also.isEmpty { try container.encode(also.map(\.rawValue).sorted(), forKey: .also) }
    }
}
