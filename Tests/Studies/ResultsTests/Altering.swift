import GRDB
import Results

/// Changes a file behind Basin's back in a way that its readers take for what was written, as a newer or an older
/// program may have written it.
func alterSoundly(_ toy: Toy, _ sql: String) throws {
    let queue = try DatabaseQueue(path: toy.store.path)
    try queue.write { db in try db.execute(sql: sql) }
    try queue.close()
    try toy.store.acceptContent()
}
