/// What a simulated study varies on purpose, and how many networks it has of each configuration.
struct SimulatedLayout: Sendable {
    /// The factor that is the regime.
    static let regime = "regime"

    /// How many networks each configuration has.
    enum Seeds: Sendable {
        /// As many as there are, however they divide.
        case any
        /// The same for all, this or more.
        case atLeast(Int)
        case exactly(Int)
    }

    /// The regime first, then the axes of the grid by name.
    let axes: [(name: String, labels: [String])]
    let seeds: Seeds

    /// Two regimes that alternate.
    static let regimes = SimulatedLayout(axes: [(regime, ["small", "large"])], seeds: .any)

    static func grid(_ axes: [(name: String, labels: [String])], _ seeds: Seeds) -> SimulatedLayout {
        SimulatedLayout(axes: axes.sorted { $0.name < $1.name }, seeds: seeds)
    }

    var configurations: Int { axes.reduce(1) { $0 * $1.labels.count } }

    /// The number of networks that comes nearest to the one that is asked for.
    func networks(nearest models: Int) -> Int {
        switch seeds {
        case .any: models
        case .atLeast(let least): configurations * max(least, (models + configurations / 2) / configurations)
        case .exactly(let number): configurations * number
        }
    }

    /// Networks go round the configurations; the last axis changes first.
    func level(of axis: Int, network: Int) -> Int {
        let faster = axes[(axis + 1)...].reduce(1) { $0 * $1.labels.count }
        return network % configurations / faster % axes[axis].labels.count
    }
}
