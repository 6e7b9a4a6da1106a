import ArgumentParser
import LinearAlgebra
import Reports
import Results
import Simulation
import Version

struct SimulateResultsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "results",
        abstract: "Write a simulated study of any size into a results file.",
        discussion: """
            Two regimes, three learning rates, two widths, and seeds. Prints what is true of each column: a causal one \
            goes with what is a network's own in its accuracy (its weight is the correlation), a confounded one with \
            the regime alone, a leaking one is the accuracy itself. Goes on where it was interrupted; the same numbers \
            give the same study.

            With --world the study is one of those that 'basin simulate verdicts' judges, in which the confounders \
            are called as those that 'basin verdict' holds fixed. Prints what is true of each measure, and which \
            words would be errors.

            Example: basin simulate results --models 100000 --measures 30 --seed 1 --db big.sqlite
            """)

    @Option(
        help: "How many networks, those that fail included.",
        transform: wholeNumber(in: 1...SimulatedResults.mostModels))
    var models: Int

    @Option(
        help: "How many columns, the target included.", transform: wholeNumber(in: 2...SimulatedResults.mostMeasures))
    var measures: Int?

    @Option(help: "The world of the study: one that 'basin simulate verdicts --list' names.")
    var world: String?

    @Option(
        help: "With --world, a cause's correlation with the target given all else; 0.5 unless given.",
        transform: number(between: 0, and: 1))
    var effect: Double?

    @Option(help: "From which everything is drawn; 1 unless given.", transform: wholeNumber(in: 0...UInt64.max))
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            "What the study is called: lower-case letters, digits, hyphens. Default: simulated, with -WORLD.",
            valueName: "name"))
    var name: String?

    @OptionGroup var database: DatabaseOption
    @OptionGroup var output: TableOptions

    func validate() throws {
        guard (world == nil) != (measures == nil) else {
            throw ValidationError("A study takes --measures, or --world, whose measures are its own.")
        }
        guard world != nil || effect == nil else { throw ValidationError("--effect is of the causes of a --world.") }
    }

    func run() async throws {
        let table: Table
        if let world {
            let world = try SimulatedWorld.named(world)
            let results = try WorldResults(
                of: world, name: name, models: models, effect: effect ?? SimulatedWorld.usualEffect, seed: seed)
            try await write(results.study.networks, results.write)
            table = self.table(results)
        } else {
            let simulated = try SimulatedResults(
                name: name ?? "simulated", models: models, measures: measures ?? 0, seed: seed)
            try await write(models, simulated.write)
            table = self.table(simulated)
        }
        try output.print(table)
    }

    /// Writes a study of so many networks, with a line of progress for each tenth.
    private func write(
        _ networks: Int,
        _ write: @escaping @Sendable (ResultsStore, Provenance, (_ done: Int) -> Void) throws -> StudyRecord
    ) async throws {
        let store = try ResultsStore.open(at: database.path)
        let provenance = Provenance.ofThisMachine(
            basinVersion: basinVersion, blasLibrary: BLASKernel.library, blasKernel: BLASKernel.name)
        try await interruptible {
            var tenths = 0
            _ = try write(store, provenance) { done in
                let reached = done * 10 / networks
                if reached > tenths { say("\(done)/\(networks) networks") }
                tenths = reached
            }
        }
    }

    private func table(_ results: WorldResults) -> Table {
        var table = Table(["column", "measure", "truth", "errors", "what_is_true"])
        for column in results.columns {
            table.append([
                .text(column.column.name), column.truth == nil ? .missing : .text(column.measure),
                Cell(column.truth?.name), Cell(column.truth?.errors), Cell(column.truth?.sentence),
            ])
        }
        return table
    }

    private func table(_ simulated: SimulatedResults) -> Table {
        var table = Table([
            "column", "measure", "truth", Table.Column("weight", format: .significant(3)),
            Table.Column("standard_error", format: .significant(3)),
        ])
        for column in simulated.columns {
            table.append([
                .text(column.name), .text(column.measure), .text(column.truth.name), Cell(column.truth.weight),
                column.standardError > 0 ? .real(column.standardError) : .missing,
            ])
        }
        return table
    }
}
