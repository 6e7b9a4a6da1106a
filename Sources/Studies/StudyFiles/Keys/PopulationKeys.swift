/// The keys of `population`.
enum PopulationKeys {
    static let seeds = StudyFileKey(
        "seeds", .seeds, .optional(otherwise: "every regime states its own"), "one model a seed", example: "0-99")
    static let regimes = StudyFileKey(
        "regimes", .named("regime", .named("seeds, or a key's path", .scalar)), .optional(otherwise: "none"),
        "named bundles of other values for keys, by their path", example: "{small-batch: {training.batch_size: 64}}")
    static let grid = StudyFileKey(
        "grid", .named("a key's path", .either([.scalar, .list(of: .scalar)])), .optional(otherwise: "none"),
        "every combination of these values of keys, within each regime", example: "{training.batch_size: [16, 64]}")
    static let rescaled = StudyFileKey(
        "rescaled", .mapping(RescaledKeys.all), .optional(otherwise: "none"),
        "copies of some networks that compute the same function with other weights",
        example: "{seeds: 0-4, factors: {1: [2, 10]}}")

    static let all = [seeds, regimes, grid, rescaled]
}

/// The keys of `population.rescaled`.
enum RescaledKeys {
    static let seeds = StudyFileKey(
        "seeds", .seeds, .required(hint: "of which networks copies are made"), "of which networks copies are made",
        example: "0-4")
    static let factors = StudyFileKey(
        "factors", .named("hidden layer, from 1", .list(of: .number(.aboveZero))),
        .required(hint: "for each hidden layer, as {1: [2, 5, 10]}"),
        "a hidden layer's weights and biases times each factor, the next layer's divided by it",
        example: "{1: [2, 5, 10]}")

    static let all = [seeds, factors]
}
