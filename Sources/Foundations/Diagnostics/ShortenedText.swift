extension String {
    /// This text as a message quotes it: the first 100 characters and … where there are more, so that a message stays
    /// one that a person can read.
    /// - Complexity: O(1).
    public var shortened: String {
        let start = prefix(Self.longestQuoted)
        return start.endIndex == endIndex ? self : start + "…"
    }

    private static let longestQuoted = 100
}
