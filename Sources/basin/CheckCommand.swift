import ArgumentParser
import Diagnostics
import Results

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Verify that a results file holds what was written into it.",
        discussion: """
            Reads the whole file: SQLite's structure, the checksum of every row, the number of rows of every study, \
            and the digest of the weights of every network. Every other command verifies the rows that it reads.

            --remove takes out what does not verify. The same basin run as before then makes it again; a study or a \
            run whose row is damaged stays, as its networks would go with it.

            Example: basin check --db fashion.sqlite
            """)

    @OptionGroup var database: DatabaseOption

    @Flag(name: .long, help: "Remove what does not verify.")
    var remove = false

    func run() throws {
        if remove { return try removeDamage() }
        let store = try ResultsStore.openReadOnly(at: database.path)
        let damages = try store.damages()
        guard damages.isEmpty else {
            try list(damages)
            throw FileDamaged(path: store.path, count: damages.count, canRemove: true)
        }
        try tell("\(store.path) is sound: \(try store.census)")
    }

    private func removeDamage() throws {
        let store = try ResultsStore.open(at: database.path)
        let removed = try store.removeDamage()
        try list(removed)
        let left = try store.damages()
        guard left.isEmpty else {
            try list(left)
            throw FileDamaged(path: store.path, count: left.count, canRemove: false)
        }
        let done = removed.isEmpty ? "is sound" : "is sound now; run its studies again to make what was removed"
        try tell("\(store.path) \(done): \(try store.census)")
    }

    private func list(_ damages: [Damage]) throws {
        for damage in damages { try tell(damage.description) }
    }

    private func tell(_ line: String) throws { try writeToStandardOutput(line.withVisibleControlsOnOneLine + "\n") }
}

/// What `basin check` found, after the list.
struct FileDamaged: Error, CustomStringConvertible {
    let path: String
    let count: Int
    let canRemove: Bool

    var description: String {
        let found = "'\(path)' is damaged in \(count) \(count == 1 ? "place" : "places"), listed above"
        return canRemove
            ? "\(found). Take the file from a copy, or run the same command with --remove and then the studies again."
            : "\(found), which cannot be removed alone. Take the file from a copy, or 'sqlite3 FILE .recover'."
    }
}
