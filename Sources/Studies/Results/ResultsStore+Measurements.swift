import Digests
import Foundation
import GRDB
import Measures

extension ResultsStore {
    /// Records measurements of a model that is there already, and what measures keep of it. What it has already stays
    /// as it is.
    ///
    /// - Parameter kept: data by measure.
    /// - Returns: how many measurements were new.
    @discardableResult
    public func add(
        _ measurements: [MeasurementRecord], to model: ModelRecord.ID, kept: [String: [UInt8]] = [:], run: RunRecord.ID
    ) throws -> Int {
        try write { db in
            try show(measurements, in: db)
            return try sealing(model, in: db) {
                try insert(kept, model: model, into: db)
                return try insert(measurements, model: model, run: run, into: db)
            }
        }
    }

    /// Records measurements of any models in place of those that they have, all of them or none.
    ///
    /// A row that differs in no more than its time and run is not touched, so that measuring again what did not change
    /// changes nothing.
    ///
    /// - Returns: how many rows are new or changed.
    @discardableResult
    public func replace(
        _ measurements: [(modelID: ModelRecord.ID, measurement: MeasurementRecord)], run: RunRecord.ID
    ) throws -> Int {
        try write { db in try replace(measurements, run: run, in: db) }
    }

    func replace(
        _ measurements: [(modelID: ModelRecord.ID, measurement: MeasurementRecord)], run: RunRecord.ID, in db: Database
    ) throws -> Int {
        try show(measurements.map(\.measurement), in: db)
        return try measurements.reduce(0) { count, item in
            try count
                + sealing(item.modelID, in: db) {
                    try write(item.measurement, model: item.modelID, run: run, replacing: true, into: db)
                }
        }
    }

    /// The measures that a model has, with or without a value, and those that keep something of it.
    public func measuredColumns(of model: ModelRecord.ID) throws -> Set<String> {
        try read { db in
            try Set(
                String.fetchCursor(
                    db,
                    sql:
                        """
                        SELECT measure FROM measurement WHERE model_id = ? UNION SELECT measure FROM kept WHERE \
                        model_id = ?
                        """,
                    arguments: [model.rawValue, model.rawValue]))
        }
    }

    /// The trained models that lack some of the named measures, by position.
    public func missingMeasures(of study: StudyRecord.ID, among measures: [String]) throws -> [MissingMeasures] {
        try read { db in
            let sql = """
                SELECT m.id, m.position, EXISTS (SELECT 1 FROM weights w WHERE w.model_id = m.id) AS has_weights,
                    (SELECT json_group_array(v.measure) FROM measurement v WHERE v.model_id = m.id) AS present
                FROM model m WHERE m.study_id = ? AND m.status = 'trained' ORDER BY m.position
                """
            return try Row.fetchAll(db, sql: sql, arguments: [study.rawValue]).compactMap { row in
                let present = Set(try CanonicalJSON.value([String].self, of: try row.read("present")))
                let missing = measures.filter { !present.contains($0) }
                guard !missing.isEmpty else { return nil }
                return MissingMeasures(
                    modelID: ModelRecord.ID(try row.read("id")), position: try row.read("position"), measures: missing,
                    hasWeights: try row.read("has_weights"))
            }
        }
    }

    /// The measurements of a study's models, each model's in the order of the measures' names.
    ///
    /// - Complexity: one scan of the study's rows; a row takes about 200 bytes.
    public func measurements(of study: StudyRecord.ID) throws -> [ModelRecord.ID: [MeasurementRecord]] {
        try read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT v.* FROM model m JOIN measurement v ON v.model_id = m.id
                    WHERE m.study_id = ? ORDER BY m.position, v.measure
                    """,
                arguments: [study.rawValue])
            try CheckedTable.measurement.verify(of: study.rawValue, in: db, path: path)
            var found: [ModelRecord.ID: [MeasurementRecord]] = [:]
            while let row = try rows.next() {
                found[ModelRecord.ID(try row.read("model_id")), default: []].append(try MeasurementRecord(row))
            }
            return found
        }
    }

    /// Changes measurements and kept data of a model, and the study's seals with them.
    private func sealing(_ model: ModelRecord.ID, in db: Database, _ change: () throws -> Int) throws -> Int {
        func tallies() throws -> [(CheckedTable, Seal)] {
            try [CheckedTable.measurement, .kept].map {
                ($0, try $0.tally(where: "model_id = ?", [model.rawValue], in: db))
            }
        }
        let before = try tallies()
        let count = try change()
        let study = try Int64.fetchOne(db, sql: "SELECT study_id FROM model WHERE id = ?", arguments: [model.rawValue])
        guard let study else { throw ResultsError.damaged(path: path, message: "model \(model) is no longer there") }
        for ((table, before), (_, after)) in zip(before, try tallies()) {
            try table.adjustSeal(of: study, by: after - before, in: db)
        }
        return count
    }

    /// Inserts within a transaction; `show` has widened the view `models` before.
    @discardableResult
    func insert(
        _ measurements: [MeasurementRecord], model: ModelRecord.ID, run: RunRecord.ID, into db: Database
    ) throws -> Int {
        try measurements.reduce(0) { count, measurement in
            try count + write(measurement, model: model, run: run, replacing: false, into: db)
        }
    }

    /// Writes one row, unless it is there: then leaves it, or replaces it where its content differs.
    ///
    /// - Returns: how many rows were written, 0 or 1.
    private func write(
        _ measurement: MeasurementRecord, model: ModelRecord.ID, run: RunRecord.ID, replacing: Bool, into db: Database
    ) throws -> Int {
        let replacement = """
            UPDATE SET run_id = excluded.run_id, value = excluded.value, standard_error = excluded.standard_error,
                effort = excluded.effort, status = excluded.status, reason = excluded.reason, seconds = \
            excluded.seconds,
                detail = excluded.detail, checksum = excluded.checksum
            WHERE (value, standard_error, effort, status, reason, detail) IS NOT (excluded.value, \
            excluded.standard_error,
                excluded.effort, excluded.status, excluded.reason, excluded.detail)
            """
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO measurement (model_id, measure, run_id, value, standard_error, effort, status, reason, \
                seconds, detail, checksum)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, row_checksum(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10))
                ON CONFLICT (model_id, measure) DO \(replacing ? replacement : "NOTHING")
                """)
        try statement.execute(arguments: [
            model.rawValue, measurement.measure, run.rawValue, measurement.value, measurement.standardError,
            measurement.effort, measurement.status.rawValue, measurement.reason, measurement.seconds,
            measurement.detail.isEmpty
                ? nil : try CanonicalJSON.text(of: measurement.detail.mapValues(DetailNumber.init)),
        ])
        return db.changesCount
    }

    /// Widens the view `models` by those measures that are new to it.
    func show(_ measurements: [MeasurementRecord], in db: Database) throws {
        let unseen = shownMeasures.withLock { shown in
            var seen = shown
            return measurements.map(\.measure).filter { seen.insert($0).inserted }
        }
        if !unseen.isEmpty {
            try show(unseen, in: db)
        }
    }

    private func show(_ measures: [String], in db: Database) throws {
        let present = try Views.measureColumns(db)
        // SQLite does not tell column names apart by case.
        var taken = Dictionary(
            (Views.modelColumns + present).map { ($0.lowercased(), $0) }, uniquingKeysWith: { a, _ in a })
        for measure in measures where !present.contains(measure) {
            if measure.isEmpty { throw ResultsError.measureName(measure, reason: "it needs a name") }
            if let holder = taken[measure.lowercased()], holder != measure || Views.modelColumns.contains(measure) {
                throw ResultsError.measureName(measure, reason: "the view 'models' has a column '\(holder)' already")
            }
            taken[measure.lowercased()] = measure
        }
        try Views.renew(db, addingMeasures: measures)
        // Only once the view is committed may later transactions rely on it.
        let shown = Set(measures).union(present)
        db.afterNextTransaction { [weak self] _ in
            self?.shownMeasures.withLock { $0.formUnion(shown) }
        }
    }
}

/// A number of a measurement's detail: whole ones without a fraction, those that are not finite as null.
private struct DetailNumber: Encodable {
    let value: Double

    init(_ value: Double) { self.value = value }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let whole = Int64(exactly: value) {
            try container.encode(whole)
        } else if value.isFinite {
            try container.encode(value)
        } else {
            try container.encodeNil()
        }
    }
}

extension MeasurementRecord {
    init(_ row: Row) throws {
        try self.init(
            measure: row.read("measure"), value: row.read("value"), standardError: row.read("standard_error"),
            effort: row.read("effort"),
            status: MeasuredValue.Status(rawValue: row.read("status")) ?? .failed, reason: row.read("reason"),
            seconds: row.read("seconds"),
            detail: (row.read("detail") as String?).map(Self.detail) ?? [:])
    }

    /// The numbers of a detail's JSON object, NaN for null. Basin writes numbers and nulls; what another program wrote
    /// otherwise has none.
    static func detail(_ json: String) -> [String: Double] {
        ((try? CanonicalJSON.value([String: Double?].self, of: json)) ?? [:]).mapValues { $0 ?? .nan }
    }
}
