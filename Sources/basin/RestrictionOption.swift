import Analysis
import ArgumentParser
import Reports
import Results

/// `--where CONDITION`: which networks of a study a command is about.
struct RestrictionOption: ParsableArguments {
    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            """
            Only networks of which this is true, such as 'test_accuracy > 0.5 AND batch_size < 500': columns of the \
            view models, and hyperparameters.
            """, valueName: "condition"))
    var condition: String?

    /// The study's networks of which the condition is true; all without one.
    ///
    /// - Throws: `UnreadableRestriction`, `UnusableRestriction`, `TooFewSelected`.
    func population(of study: StudyRecord, in store: ResultsStore) throws -> Population {
        try Population(of: study, in: store, where: condition.map { try Restriction($0) })
    }
}

/// Says on standard error which networks were selected, where nothing else that is printed says it.
func remarkOnRestriction(_ text: RestrictionText?) {
    guard let text else { return }
    say("basin: \(text.lead.prefix(1).lowercased() + text.lead.dropFirst()): \(text.sentence)")
    if let bias = text.bias { say("basin: \(bias)") }
}
