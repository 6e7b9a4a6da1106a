import Foundation
import GRDB
import Results
import Testing

/// `Fixtures/schema-1.sql` is a results file of schema 1 as SQL text.
@Suite struct SchemaTests {
    private func fixture() throws -> String {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/schema-1", withExtension: "sql"))
        return try String(contentsOf: url, encoding: .utf8)
    }

    @Test("A file of schema 1 opens with all its rows, for reading and for writing")
    func opensSchema1() throws {
        let folder = try TemporaryFolder()
        let queue = try DatabaseQueue(path: folder.path())
        try queue.writeWithoutTransaction { db in try db.execute(sql: fixture()) }
        try queue.close()
        for store in try [ResultsStore.openReadOnly(at: folder.path()), ResultsStore.open(at: folder.path())] {
            let study = try store.study(named: "toy")
            let models = try store.models(of: study.id)
            #expect(models.map(\.seed) == [0, 1])
            #expect(try store.weights(of: models[0].id) == [1, 2, 3])
            #expect(try store.measurements(of: study.id)[models[0].id]?.map(\.value) == [894, 0.7508])
            #expect(try store.replication(of: study).map(\.agrees) == [true])
            #expect(try store.correlations(of: study.id).map(\.estimate) == [0.375])
            #expect(try store.runs(of: study.id).map(\.outcome) == [.finished])
        }
    }

    @Test("Schema 1 is as it was released: later changes are further migrations")
    func isFrozen() throws {
        let folder = try TemporaryFolder()
        try ResultsStore.open(at: folder.path()).close()
        let text = try fixture()
        let queue = try DatabaseQueue(path: folder.path())
        let definitions = try queue.read { db in
            try String.fetchAll(
                db, sql: "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
        }
        #expect(definitions.count > 8)
        for definition in definitions {
            #expect(text.contains(definition + ";"), "not in schema 1: \(definition)")
        }
    }
}
