import Parameters

/// In the mean over the other networks of its population, the share of unseen points to which they give another class.
///
/// The others are the distinct networks but the member's own; a network of several copies counts once, as its first
/// copy.
///
/// - Complexity: O(members · points), by counts of the classes at each point.
public struct Disagreement: PopulationMeasure {
    public static let about = MeasureDescription(
        id: "disagreement", title: "Disagreement with other networks", family: "function-space",
        formula: "mean over other networks h' of #{unseen x : class of h(x) ≠ class of h'(x)}/#unseen",
        source: "Jiang et al., arXiv 2106.13799",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling], reads: [.unseenInputs],
        predictedSign: .negative, effortUnit: "points",
        limits:
            """
            A value depends on the whole population. That it equals the error holds among networks of one \
            configuration: over several read it given the configuration.
            """,
        options: [.unseenPoints, .seed])

    private let points: UnseenPoints

    public init(options: ParameterValues) { points = UnseenPoints(options) }

    /// Of a network whose outputs are no numbers.
    private static let noClass = UInt8.max

    /// The number of points as 8 bytes, low byte first; then a byte a point, its class, or 255 for all of a network
    /// whose outputs are no numbers.
    public func keep(_ subject: Subject) -> [UInt8] {
        let view = subject.unseenView(points)
        let classes = (0..<view.count).map { point in
            view.objection == nil
                ? UInt8(largest(view.logits, from: point * view.classes, view.classes)) : Self.noClass
        }
        return withUnsafeBytes(of: UInt64(classes.count).littleEndian) { Array($0) } + classes
    }

    public func evaluate(_ members: [PopulationMember]) -> [MeasuredValue] {
        let records = members.map { Self.classes($0.kept) }
        guard !records.contains(nil) else {
            return members.map { _ in .undefined("a network's kept record is damaged") }
        }
        let known = records.compactMap(\.self)
        guard Set(known.map(\.count)).count <= 1 else {
            return members.map { _ in .undefined("different numbers of unseen points") }
        }
        let points = known.first?.count ?? 0
        guard points > 0 else { return members.map { _ in .undefined("there are no unseen points") } }
        var first: [String: Int] = [:]
        // How many distinct networks give each class at each point.
        var counts = [Int32](repeating: 0, count: points * 256)
        for (index, member) in members.enumerated()
        where first[member.network] == nil && known[index].first != Self.noClass {
            first[member.network] = index
            for (point, label) in known[index].enumerated() { counts[point * 256 + Int(label)] += 1 }
        }
        return zip(members, known).map { member, classes in
            guard classes.first != Self.noClass else { return .undefined("the network's outputs are not finite") }
            let others = first.count - 1
            guard others > 0 else { return .undefined("the population has no other network") }
            let own = first[member.network].map { known[$0] } ?? classes
            var different = 0
            for (point, label) in classes.enumerated() {
                let alike = Int(counts[point * 256 + Int(label)]) - (own[point] == label ? 1 : 0)
                different += others - alike
            }
            return MeasuredValue(
                Double(different) / (Double(others) * Double(points)), effort: points,
                details: ["other_networks": Double(others)])
        }
    }

    /// Nil for a record that is damaged.
    private static func classes(_ kept: [UInt8]) -> ArraySlice<UInt8>? {
        guard kept.count >= 8 else { return nil }
        let count = kept[0..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard count == UInt64(kept.count - 8) else { return nil }
        return ArraySlice(Array(kept[8...]))
    }
}
