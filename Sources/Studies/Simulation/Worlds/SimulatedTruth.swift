/// What is true of a simulated measure.
///
/// It names no right word: several may do, as a study can be too small to tell. It says which claims would be wrong.
public struct SimulatedTruth: Sendable, Hashable {
    /// The words of a verdict that claim a link with the target; spelt as the verdict's own words.
    public enum Claim: String, Sendable, CaseIterable {
        /// That the correlation stands, and is of what the measure itself has to do with the target.
        case supported
        /// That there is such a link, which something hides or turns in the raw correlation.
        case masked
    }

    /// What a table calls it, unique within the world.
    public let name: String
    public let sentence: String
    /// Claims that are errors.
    public let wrong: Set<Claim>

    init(_ name: String, _ sentence: String, wrong: Set<Claim>) {
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
        SimulatedTruth(name, sentence, wrong: Set(Claim.allCases))
    }

    static let causal = linked("causal", "It moves the target in every regime.")
    static let byRegime = unlinked("by_regime", "The regime alone links it to the target.")
    static let byConfounder = unlinked("by_confounder", "The confounder alone links it to the target.")
    static let noise = unlinked("noise", "Nothing links it to the target.")
    static let leak = unlinked("leak", "It reads the target, and says so.")
}
