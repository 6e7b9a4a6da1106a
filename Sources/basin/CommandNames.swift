import ArgumentParser
import Diagnostics

/// A word that is no command, with the nearest of those that are.
struct UnknownCommand: RequestError, Equatable {
    /// The commands before it: "basin data".
    let parent: String
    let word: String
    let commands: [String]

    var description: String {
        """
        There is no command '\(parent) \(word.shortened)'. \(suggestion(for: word, among: commands)) \
        '\(parent) --help' says what each does.
        """
    }

    /// Throws for arguments that begin with a word where a command has to stand: ArgumentParser calls it an unexpected
    /// argument, and names none.
    static func check(_ arguments: [String]) throws(UnknownCommand) {
        // 'basin help data fetch' is 'basin data fetch --help'.
        var words = arguments.first == "help" ? arguments.dropFirst() : arguments[...]
        var path = ["basin"]
        var commands = Basin.configuration.subcommands
        while !commands.isEmpty, let word = words.popFirst(), !word.hasPrefix("-") {
            let names = commands.compactMap { $0.configuration.commandName }
            guard let next = commands.first(where: { $0.configuration.commandName == word }) else {
                // A command of ArgumentParser's own.
                if path.count == 1, word == "help" { return }
                throw UnknownCommand(parent: path.joined(separator: " "), word: word, commands: names)
            }
            path.append(word)
            commands = next.configuration.subcommands
        }
    }
}
