extension SimulatedWorld {
    /// All worlds, in the order in which tables list them. A new one is added here.
    public static let all: [SimulatedWorld] =
        [linear, power, powerRelated, estimates]
        + [uShape, wave, fastWave, threshold, zeroInflated, curvedAxis]
        + [fewSeeds, oneSeed, clustered, sharedSeeds, slopesByConfiguration, slopesOfFewSeeds]
        + [reliability90, reliability80, reliability80Stated, reliability50, reliability90U, twoNoisy, fourNoisy]
        + [heavyTails, skewed, unequalVariances, varianceByConfounder, ties]
        + [interaction, regimeByConfounder, product]
        + [suppressor, masks, reverses, opposed, opposedCurves]
        + [causesTheConfounder, collider, selected, unmeasured]
        + [hundredMeasures, fortyCorrelated]
        + [nearDuplicate, duplicateConfounders]
}
