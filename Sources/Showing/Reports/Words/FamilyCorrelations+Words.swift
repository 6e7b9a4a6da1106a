import Analysis

extension FamilyCorrelations {
    /// What all studies have, or "the target" where they have different ones.
    var target: String { sharedTarget ?? "the target" }
}
