import Foundation
import GRDB
import Results

/// The folder that holds Package.swift, README.md and the shipped studies.
let packageFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

/// Changes a database behind Basin's back, in a way that Basin takes for what was written where it knows the schema.
func alter(_ path: String, _ sql: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { db in try db.execute(sql: sql) }
    try queue.close()
    if let store = try? ResultsStore.open(at: path) {
        try store.acceptContent()
        try store.close()
    }
}
