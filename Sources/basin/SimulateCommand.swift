import ArgumentParser

struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Make up studies whose truth is known.",
        discussion: """
            No network is trained. What is simulated says so in its title.

            Example: basin simulate results --models 1000 --measures 12 --seed 1 --db simulated.sqlite
            """,
        subcommands: [SimulateResultsCommand.self, SimulateVerdictsCommand.self])
}
