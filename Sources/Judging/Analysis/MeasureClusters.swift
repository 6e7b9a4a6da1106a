import Statistics

/// Measures that rank the models of a population alike: forty near copies are not forty witnesses.
///
/// Any two measures of a cluster have a rank correlation of at least 0.8 in size (complete linkage on 1 - |ρ|).
public struct MeasureClusters: Sendable {
    public struct Cluster: Sendable {
        /// In the order of the tree, so that nearest stand side by side.
        public let measures: [String]
        /// The member that the others rank most like, by the sum of |ρ|; it names the cluster.
        public let name: String
        /// The least |ρ| between two members; nil for a single one.
        public let leastSize: Double?
    }

    /// The size of ρ from which two measures rank alike: 0.64 of one's rank variance is the other's.
    public static let threshold = 0.8

    /// All columns, those of a cluster side by side.
    public let names: [String]
    /// The rank correlations, in the order of `names`; nil where one is undefined.
    public let correlations: [[Double?]]
    /// Single columns included, in the order of `names`.
    public let clusters: [Cluster]
    /// Columns that may be called predictors and have correlations with one another, and the number of independent ones
    /// that they are worth (`independentNumber`); nil where there is no such number.
    public let independent: (count: Int, number: Double)?

    /// - Complexity: O(columns² · models · log models + columns³).
    public init(of population: Population) throws(UnknownColumn) {
        let columns = population.columns
        var rho = [[Double?]](repeating: [Double?](repeating: nil, count: columns.count), count: columns.count)
        for (row, a) in columns.enumerated() {
            // ρ(a, b) is ρ(b, a): half of them will do.
            for (column, b) in columns.enumerated().prefix(row + 1) {
                let estimate = try population.correlation(a, b, bootstrap: nil).estimate
                (rho[row][column], rho[column][row]) = (estimate, estimate)
            }
        }
        let linkage = CompleteLinkage(distances: rho.map { $0.map { 1 - abs($0 ?? .nan) } })
        let order = linkage.order
        names = order.map { columns[$0] }
        correlations = order.map { row in order.map { rho[row][$0] } }
        clusters = linkage.groups(within: 1 - Self.threshold).map { members in
            func size(_ a: Int, _ b: Int) -> Double { abs(rho[a][b] ?? 0) }
            let sums = members.map { a in members.reduce(0) { $0 + size(a, $1) } }
            let centre = members.indices.max { (sums[$0], -members[$0]) < (sums[$1], -members[$1]) } ?? 0
            let pairs = members.indices.flatMap { a in members[..<a].map { size(members[a], $0) } }
            return Cluster(
                measures: members.map { columns[$0] }, name: columns[members[centre]], leastSize: pairs.min())
        }
        independent = Self.worth(
            columns.indices.filter { population.mayPredict(columns[$0]) && rho[$0][$0] != nil }, rho)
    }

    /// Of tried columns; those go, one by one, that most others have no correlation with.
    private static func worth(_ tried: [Int], _ rho: [[Double?]]) -> (count: Int, number: Double)? {
        var tried = tried
        func unknown(_ row: Int) -> Int { tried.count { rho[row][$0] == nil } }
        while let worst = tried.max(by: { (unknown($0), $0) < (unknown($1), $1) }), unknown(worst) > 0 {
            tried.removeAll { $0 == worst }
        }
        let matrix = tried.map { row in tried.compactMap { rho[row][$0] } }
        return tried.isEmpty ? nil : Statistics.independentNumber(correlations: matrix).map { (tried.count, $0) }
    }

    /// The cluster that a measure is in.
    public func cluster(of measure: String) -> Cluster? { clusters.first { $0.measures.contains(measure) } }
}
