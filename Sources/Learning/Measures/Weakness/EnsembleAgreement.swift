import Parameters

/// Of the other networks, the share that is right where this one is wrong.
///
/// The others are the distinct networks of the population but the member's own; a network of several copies counts
/// once, as its first copy. Sums are of whole numbers and exact.
///
/// - Complexity: O(members · networks · points / 64).
public struct EnsembleAgreement: PopulationMeasure {
    public static let about = MeasureDescription(
        id: "ensemble_agreement", title: "Ensemble agreement", family: "weakness",
        formula:
            """
            mean over the unseen points j that the network gets wrong of #{other networks right on j} / #{other \
            networks}
            """,
        source: "Bennett, arXiv 2605.05209 (ensemble agreement)",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling],
        reads: [.unseenInputs, .unseenLabels], predictedSign: .negative, effortUnit: "points",
        limits:
            """
            Reads unseen labels: no predictor. A network with few mistakes is left with the hard points, which \
            others get wrong too, so it falls as accuracy rises. A value depends on the whole population: another \
            network in it changes all.
            """
    )

    public init(options: ParameterValues) {}

    /// The number of unseen points as 8 bytes, low byte first; then a bit a point, lowest bit first, set where the
    /// network is right.
    public func keep(_ subject: Subject) -> [UInt8] {
        let right = zip(subject.unseenAnswers.classes, subject.unseen.labels).map { $0 == $1 }
        return PointBits(right).bytes
    }

    public func evaluate(_ members: [PopulationMember]) -> [MeasuredValue] {
        let records = members.map { PointBits(bytes: $0.kept) }
        var (first, order): ([String: Int], [Int]) = ([:], [])
        for (index, member) in members.enumerated() where first[member.network] == nil {
            first[member.network] = index
            order.append(index)
        }
        let networks = order.map { (name: members[$0].network, right: records[$0]) }
        let pointCounts = Set(records.map { $0?.count })
        return zip(members, records).map { member, right in
            guard let right, !pointCounts.contains(nil) else {
                return Self.undefined("a network's kept record is damaged")
            }
            guard pointCounts.count == 1 else {
                return Self.undefined("the networks were measured on different numbers of unseen points")
            }
            let others = networks.filter { $0.name != member.network }.compactMap(\.right)
            guard !others.isEmpty else { return Self.undefined("the population has no other network") }
            let wrong = right.count - right.setCount
            guard wrong > 0 else { return Self.undefined("the network gets no unseen point wrong") }
            let answers = others.reduce(0) { $0 + $1.countSet(outside: right) }
            return MeasuredValue(
                Double(answers) / (Double(wrong) * Double(others.count)), effort: right.count,
                details: ["wrong": Double(wrong), "other_networks": Double(others.count)])
        }
    }

    private static func undefined(_ reason: String) -> MeasuredValue { MeasuredValue(.undefined, reason: reason) }
}
