import Analysis
import Reports

/// Says on standard error that a lab's models are no sample, before p values and verdicts are printed about them.
func remarkOnLab(_ population: Population) {
    guard !population.isSample else { return }
    say(
        "basin: the models of \(population.study.name) were chosen, not drawn at random: p values, intervals "
            + "and verdicts are about that choice")
}
