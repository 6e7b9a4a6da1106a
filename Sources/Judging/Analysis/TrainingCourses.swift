import Measures
import Results
import Statistics

/// How the trainings of a population went, as they were written down.
public struct TrainingCourses: Sendable {
    /// Of the networks of one group.
    public struct Course: Sendable {
        /// Empty where there are no groups.
        public let label: String
        public let networks: Int
        /// By epoch.
        public let points: [Point]
    }

    /// The quartiles over networks of a quantity after an epoch.
    public struct Point: Sendable, Hashable {
        public let epoch: Int
        public let lower: Double
        public let median: Double
        public let upper: Double
    }

    /// What splits the networks into groups; nil where nothing splits them into so few that curves can be told apart.
    public let grouping: String?
    /// Networks that something was written down of.
    public let networks: Int
    private let courses: [TrainingHistory.Quantity: [Course]]

    private static let mostGroups = 6

    /// Nil where nothing was written down.
    ///
    /// - Complexity: O(entries of histories · log networks).
    public init?(of population: Population, in store: ResultsStore) throws {
        let histories = try store.histories(of: population.study.id)
        let own = population.models.map { histories[$0.id] }
        networks = own.count { $0 != nil }
        guard networks > 0 else { return nil }
        let candidates = (population.configuration.map { [$0] } ?? []) + population.groupings
        let grouping = candidates.first { (2...Self.mostGroups).contains($0.distinctLabels.count) }
        self.grouping = grouping?.name
        let groups =
            grouping.map { grouping in
                // A regime has a name, a configuration all of its names.
                let isNamed = ["regime", "configuration"].contains(grouping.name)
                return grouping.distinctLabels.map { label in
                    (isNamed ? label : "\(grouping.name) \(label)", grouping.rows(of: label).compactMap { own[$0] })
                }
            } ?? [("", own.compactMap(\.self))]
        var courses: [TrainingHistory.Quantity: [Course]] = [:]
        for quantity in TrainingHistory.Quantity.allCases {
            courses[quantity] = groups.compactMap { label, histories in
                Self.course(label, histories.map { $0.course(of: quantity) }.filter { !$0.isEmpty })
            }
        }
        self.courses = courses
    }

    /// The quantities that were written down.
    public var quantities: [TrainingHistory.Quantity] {
        TrainingHistory.Quantity.allCases.filter { !courses(of: $0).isEmpty }
    }

    public func courses(of quantity: TrainingHistory.Quantity) -> [Course] { courses[quantity] ?? [] }

    /// At the epochs of the network that trained longest. One that ended before counts with what it ended with.
    private static func course(_ label: String, _ found: [[(epoch: Int, value: Double)]]) -> Course? {
        guard let longest = found.max(by: { ($0.last?.epoch ?? 0) < ($1.last?.epoch ?? 0) }) else { return nil }
        var places = [Int](repeating: 0, count: found.count)
        let points = longest.compactMap { epoch, _ -> Point? in
            let values = found.indices.map { index -> Double in
                let entries = found[index]
                while places[index] + 1 < entries.count, entries[places[index] + 1].epoch <= epoch {
                    places[index] += 1
                }
                return entries[places[index]].value
            }
            return Quartiles(values).map {
                Point(epoch: epoch, lower: $0.lower, median: $0.median, upper: $0.upper)
            }
        }
        return Course(label: label, networks: found.count, points: points)
    }
}
