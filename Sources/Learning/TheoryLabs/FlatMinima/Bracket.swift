import Measures

/// An extreme value known from both sides: what a point attains, and what a proof says that none surpasses.
package struct Bracket: Sendable, Equatable {
    /// The value at a point that was found.
    package var attained: Double
    /// At least the maximum, or at most the minimum.
    package var bound: Double

    package init(attained: Double, bound: Double) {
        self.attained = attained
        self.bound = bound
    }

    /// How far the extreme value can be from what is attained.
    package var gap: Double { abs(bound - attained) }
}

extension Bracket {
    /// The gap over what is attained; infinite where nothing is.
    package var relativeGap: Double { gap == 0 ? 0 : gap / abs(attained) }
}

extension MeasuredValue {
    /// The attained value, with the bound and the gap as details.
    init(_ bracket: Bracket) {
        guard bracket.bound.isFinite else {
            self.init(bracket.attained, details: [:])
            return
        }
        self.init(bracket.attained, details: ["bound": bracket.bound, "gap": bracket.gap])
    }
}
