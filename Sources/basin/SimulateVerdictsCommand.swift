import Analysis
import ArgumentParser
import Glibc
import Reports
import Simulation
import Statistics
import Typography

struct SimulateVerdictsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verdicts",
        abstract: "How often each word is wrong: verdicts on simulated studies whose truth is known.",
        discussion: """
            Studies come from a world, of which it is known what is true of each measure; --list says what. Each row \
            is a truth, each column the share of verdicts with that word, with its standard error. errors names the \
            words that would be wrong, wrong is the share of verdicts with one of them.

            Example: basin simulate verdicts --world linear,u-shape --models 50,100,300 --studies 1000
            """)

    @OptionGroup var output: TableOptions

    @Option(
        name: .long, parsing: .upToNextOption, help: "Names of worlds, or all; linear unless given.")
    var world: [String] = []

    @Flag(name: .long, help: "What is true in each world, and with --world of each measure in it; nothing is judged.")
    var list = false

    @Option(name: .long, help: "Simulated studies; 1000 unless given.", transform: wholeNumber(in: 1...1_000_000))
    var studies = 1000

    @Option(
        name: .long,
        help: """
            Models in each study, or several numbers of them; 100 unless given. A world with a grid takes the nearest \
            number that its configurations allow.
            """,
        transform: wholeNumbers(in: 4...1_000_000))
    var models = WholeNumbers([100])

    @Option(
        name: .long,
        help:
            "A cause's correlation with the target, given all else: above 0 and below 1; 0.5 unless given.",
        transform: number(between: 0, and: 1))
    var effect = SimulatedWorld.usualEffect

    @Option(
        name: .long, help: "The first study's seed, 1 unless given; the others follow.",
        transform: wholeNumber(in: 0...UInt64.max))
    var seed: UInt64 = 1

    func run() throws {
        let worlds = try namedWorlds()
        if list { return try output.print(world.isEmpty ? Self.list : Self.truths(of: worlds)) }
        let simulation = VerdictSimulation(
            worlds: worlds, models: models.numbers, studies: studies, effect: effect, seed: seed)
        let printer = ProgressPrinter(title: "simulate verdicts")
        let listening = onInterruption {
            // Nothing is kept, so that there is nothing to wait for.
            if printer.isTerminal { printer.end() }
            say("basin: interrupted")
            _exit(130)
        }
        let rates = simulation.rates { done, all in
            if printer.isTerminal { printer.show("\(done)/\(all) studies") }
        }
        listening.cancel()
        if printer.isTerminal { printer.end() }
        try output.print(Self.table(simulation.settings, rates))
    }

    private func namedWorlds() throws -> [SimulatedWorld] {
        let names = world.flatMap(splitAtCommas)
        guard !names.isEmpty else { return [try SimulatedWorld.named("linear")] }
        if names.contains("all") { return SimulatedWorld.all }
        var seen: Set<String> = []
        return try names.filter { seen.insert($0).inserted }.map { try SimulatedWorld.named($0) }
    }
}

extension SimulateVerdictsCommand {
    /// One row a truth, one column a word: the share of verdicts and its standard error.
    private static func table(_ settings: [VerdictSimulation.Setting], _ rates: [VerdictRates]) -> Table {
        var table = Table(
            ["world", "networks", "truth", "verdicts"]
                + Verdict.Word.allCases.map { Table.Column($0.rawValue, alignment: .right) }
                + ["errors", Table.Column("wrong", alignment: .right)])
        func text(_ share: VerdictRates.Share) -> String {
            let number = NumberFormat.fixed(3)
            return "\(number.string(share.share)) ± \(number.string(share.standardError))"
        }
        for (setting, rates) in zip(settings, rates) {
            for row in rates.rows {
                table.append(
                    [
                        .text(setting.world.name), .integer(setting.networks), .text(row.truth.name),
                        .integer(row.verdicts),
                    ] + Verdict.Word.allCases.map { .text(text(row.share(called: $0))) }
                        + [.text(row.truth.errors), Cell(row.wrong.map(text))])
            }
        }
        return table
    }

    private static var list: Table {
        Table(
            ["world", "what_is_true"], rows: SimulatedWorld.all.map { [.text($0.name), .text($0.summary)] })
    }

    private static func truths(of worlds: [SimulatedWorld]) -> Table {
        var table = Table(["world", "measure", "truth", "what_is_true", "errors"])
        for world in worlds {
            for measure in world.study(models: 4, seed: 1).measures {
                table.append([
                    .text(world.name), .text(measure.column.name), .text(measure.truth.name),
                    .text(measure.truth.sentence), .text(measure.truth.errors),
                ])
            }
        }
        return table
    }
}

extension SimulatedTruth {
    /// The words that are errors: "supported, masked".
    var errors: String {
        let words = Verdict.Word.allCases.filter(wrong.contains).map(\.rawValue)
        return words.isEmpty ? "none" : words.joined(separator: ", ")
    }
}
