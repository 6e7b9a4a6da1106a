import Statistics

/// What is true of a simulated measure.
///
/// It names no right word: several may do, as a study can be too small to tell. It says which claims would be wrong.
public struct SimulatedTruth: Sendable, Hashable {
    /// What a table calls it, unique within the world.
    public let name: String
    public let sentence: String
    /// Words that are errors: *supported* claims that the correlation is of what the measure itself has to do with the
    /// target, *masked* that there is such a link, which something hides or turns in the raw correlation.
    public let wrong: Set<Verdict.Word>

    init(_ name: String, _ sentence: String, wrong: Set<Verdict.Word>) {
        self.name = name
        self.sentence = sentence
        self.wrong = wrong
    }
}

extension SimulatedTruth {
    /// A truth of which no claim is wrong.
    static func linked(_ name: String, _ sentence: String) -> SimulatedTruth {
        SimulatedTruth(name, sentence, wrong: [])
    }

    /// A truth of which every claim is wrong.
    static func unlinked(_ name: String, _ sentence: String) -> SimulatedTruth {
        SimulatedTruth(name, sentence, wrong: [.supported, .masked])
    }

    static let causal = linked("causal", "It moves the target in every regime.")
    static let byRegime = unlinked("by_regime", "The regime alone links it to the target.")
    static let byConfounder = unlinked("by_confounder", "The confounder alone links it to the target.")
    static let noise = unlinked("noise", "Nothing links it to the target.")
    static let leak = unlinked("leak", "It reads the target, and says so.")
}
