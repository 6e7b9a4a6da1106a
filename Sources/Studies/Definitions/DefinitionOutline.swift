import Digests

/// What can be told of a study from its JSON alone, also of one that another version of this program wrote: a results
/// file outlives the program that made it, and its numbers can be judged without making a model again.
public struct DefinitionOutline: Sendable {
    /// The measure behind each column.
    public let measures: [String: String]
    /// Models of the complete study, variants aside.
    public let planned: Int
    /// Hyperparameters that the study varies itself.
    public let varied: Set<String>
    /// The experiment that makes the models; nil for trained networks.
    public let experiment: String?

    /// - Throws: `DecodingError` for a text that is no study's.
    public init(json: String) throws {
        let found = try CanonicalJSON.value(Keys.self, of: json)
        let configurations = found.population.configurations
        measures = Dictionary(found.measures.map { ($0.column, $0.measure) }) { first, _ in first }
        planned =
            configurations.map { all in all.filter { $0.rescaling == nil }.reduce(0) { $0 + $1.seeds.count } }
            ?? found.population.seeds?.count ?? 0
        varied = Set((configurations ?? []).flatMap { ($0.values ?? [:]).keys })
        experiment = (found.lab ?? configurations?.lazy.compactMap(\.lab).first)?.experiment
    }

    private struct Keys: Decodable {
        struct Measure: Decodable { let measure, column: String }
        struct Lab: Decodable { let experiment: String }
        struct Anything: Decodable {
            init(from _: any Decoder) {}
        }
        struct Population: Decodable {
            /// Of a population whose models differ in more than the seed.
            struct Configuration: Decodable {
                let seeds: [UInt64]
                /// Of copies only, which are no models of their own.
                let rescaling: Anything?
                /// Its place in the grid, by key.
                let values: [String: Anything]?
                let lab: Lab?
            }
            let seeds: [UInt64]?
            let configurations: [Configuration]?
        }
        let measures: [Measure]
        let population: Population
        let lab: Lab?
    }
}
