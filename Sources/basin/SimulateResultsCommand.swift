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

            Example: basin simulate results --models 100000 --measures 30 --seed 1 --db big.sqlite
            """)

    @Option(
        help: "How many networks, those that fail included.",
        transform: wholeNumber(in: 1...SimulatedResults.mostModels))
    var models: Int

    @Option(
        help: "How many columns, the target included.", transform: wholeNumber(in: 2...SimulatedResults.mostMeasures))
    var measures: Int

    @Option(help: "From which everything is drawn; 1 unless given.", transform: wholeNumber(in: 0...UInt64.max))
    var seed: UInt64 = 1

    @Option(help: "What the study is called: lower-case letters, digits, hyphens.")
    var name = "simulated"

    @OptionGroup var database: DatabaseOption
    @OptionGroup var output: TableOptions

    func run() async throws {
        let simulated = try SimulatedResults(name: name, models: models, measures: measures, seed: seed)
        let store = try ResultsStore.open(at: database.path)
        let provenance = Provenance.ofThisMachine(
            basinVersion: basinVersion, blasLibrary: BLASKernel.library, blasKernel: BLASKernel.name)
        let models = models
        try await interruptible {
            var tenths = 0
            try simulated.write(into: store, provenance: provenance) { done in
                let reached = done * 10 / models
                if reached > tenths { say("\(done)/\(models) networks") }
                tenths = reached
            }
        }
        try output.print(table(simulated))
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
