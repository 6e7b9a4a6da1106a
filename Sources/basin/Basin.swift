import ArgumentParser

@main
struct Basin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "basin", abstract: "Does a measure of a trained network predict how well it generalises?",
        subcommands: [StudiesCommand.self, SQLCommand.self])
}
