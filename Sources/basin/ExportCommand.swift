import ArgumentParser
import Reports
import Results

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print a study's networks and measures for other programs.",
        discussion: "Example: basin export models pair-proxy-fashion-mnist > networks.csv",
        subcommands: [ExportModelsCommand.self, ExportMeasuresCommand.self])
}

struct ExportModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "One row a network: seed, regime, hyperparameters and every measure as a column.",
        discussion: """
            Numbers have all their digits. A network that a study has at several positions is there once.

            Example: basin export models pair-proxy-fashion-mnist > networks.csv
            Example: basin export models batch-size-mnist --format json --where 'test_accuracy > 0.5'
            """)

    @OptionGroup var study: StudyArgument
    @OptionGroup var database: DatabaseOption
    @OptionGroup var output: TableOptions
    @OptionGroup var selection: RestrictionOption

    func run() throws {
        let store = try ResultsStore.openReadOnly(at: database.path)
        let population = try selection.population(of: store.study(study.reference), in: store)
        try output.print(population.modelTable, of: [population])
    }
}

struct ExportMeasuresCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measures",
        abstract: "One row a network and measure: value, standard error, effort, status, reason, seconds.",
        discussion: "Example: basin export measures pair-proxy-fashion-mnist --format json > measures.json")

    @OptionGroup var study: StudyArgument
    @OptionGroup var database: DatabaseOption
    @OptionGroup var output: TableOptions
    @OptionGroup var selection: RestrictionOption

    func run() throws {
        let store = try ResultsStore.openReadOnly(at: database.path)
        let population = try selection.population(of: store.study(study.reference), in: store)
        try output.print(population.measurementTable, of: [population])
    }
}
