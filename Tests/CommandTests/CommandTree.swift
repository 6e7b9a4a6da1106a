import Foundation

/// The commands of `basin`, as it lists them itself.
struct CommandTree {
    /// The words of each, those above before those below; the first is the program's own and has none.
    let commands: [[String]]

    init() throws {
        let dump = try Workplace(networks: 1).basin("--experimental-dump-help").output
        commands = try JSONDecoder().decode(Dump.self, from: Data(dump.utf8)).command.paths(below: [])
    }

    private struct Dump: Decodable {
        let command: Node
    }

    private struct Node: Decodable {
        let commandName: String
        let subcommands: [Node]?

        /// `help` is ArgumentParser's own, and every command has it.
        func paths(below above: [String]) -> [[String]] {
            let inner = (subcommands ?? []).filter { $0.commandName != "help" }
            return [above] + inner.flatMap { $0.paths(below: above + [$0.commandName]) }
        }
    }
}
