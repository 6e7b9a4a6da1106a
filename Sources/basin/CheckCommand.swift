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

            --remove takes out what does not verify, and what belongs to it: the same basin run as before makes it \
            again. Studies and runs stay, damaged or not, as their networks would go with them. --accept takes the \
            file as it is, after rows were changed or removed on purpose.

            Example: basin check --db fashion.sqlite
            """)

    @OptionGroup var database: DatabaseOption

    @Flag(name: .long, help: "Remove what does not verify.")
    var remove = false

    @Flag(name: .long, help: "Take all rows as they are for what was written.")
    var accept = false

    func validate() throws {
        if remove, accept { throw ValidationError("Give --remove or --accept, not both.") }
    }

    func run() throws {
        if remove { return try removeDamage() }
        if accept {
            let store = try ResultsStore.open(at: database.path)
            try store.acceptContent()
            return try tell("\(store.path) was taken as it is: \(try store.census)")
        }
        let store = try ResultsStore.openReadOnly(at: database.path)
        let damages = try store.damages()
        guard damages.isEmpty else {
            for damage in damages { try tell(damage.description) }
            throw FileDamaged(path: store.path, count: damages.count, wasTried: false)
        }
        try tell("\(store.path) \(soundness(of: store)): \(try store.census)")
    }

    private func soundness(of store: ResultsStore) -> String {
        store.hadChecksums ? "is sound" : "is whole; an older Basin wrote it, without checksums to verify"
    }

    private func removeDamage() throws {
        let store = try ResultsStore.open(at: database.path)
        let removed = try store.removeDamage()
        for damage in removed.damages { try tell(damage.description) }
        for (table, count) in removed.rows.sorted(by: { $0.key < $1.key }) {
            try tell("removed \(counted(count, "row")) of \(table)")
        }
        let left = try store.damages()
        guard left.isEmpty else {
            for damage in left { try tell(damage.description) }
            throw FileDamaged(path: store.path, count: left.count, wasTried: true)
        }
        let isNew =
            removed.damages.isEmpty
            ? soundness(of: store)
            : "is sound now; run its studies again to make what is missing (weights, when a measure needs them)"
        try tell("\(store.path) \(isNew): \(try store.census)")
    }

    private func tell(_ line: String) throws { try writeToStandardOutput(line.withVisibleControlsOnOneLine + "\n") }
}

/// What `basin check` found, after the list.
struct FileDamaged: Error, CustomStringConvertible {
    let path: String
    /// Places that were listed.
    let count: Int
    /// Whether their removal was tried.
    let wasTried: Bool

    var description: String {
        let found = "'\(path)' is damaged in the \(counted(count, "place")) listed above"
        let most = count >= Damage.most ? ", and perhaps in more" : ""
        let copy = "Take the file from a copy"
        let accept = "Where it was changed on purpose, 'basin check --accept' takes it as it is."
        return wasTried
            ? "\(found)\(most); what is left stays, as networks would go with it. \(copy). \(accept)"
            : "\(found)\(most). \(copy), or run the same command with --remove and then the studies again. \(accept)"
    }
}
