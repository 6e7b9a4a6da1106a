import GRDB

/// A column of the table `judgement` and of the view `verdict`: how it is written, read and described.
struct JudgementColumn: Sendable {
    typealias Written = @Sendable (JudgementRecord) throws -> (any DatabaseValueConvertible)?
    typealias Read = @Sendable (Row, inout JudgementRecord) throws -> Void

    let name: String
    let meaning: String
    /// What the view calls it, and says of it.
    let shownName: String
    let shownMeaning: String
    let written: Written
    /// Nil for what a record is made with.
    let read: Read?

    init(
        _ name: String, _ meaning: String, shown: (name: String, meaning: String)? = nil, read: Read? = nil,
        written: @escaping Written
    ) {
        self.name = name
        self.meaning = meaning
        shownName = shown?.name ?? name
        shownMeaning = shown?.meaning ?? meaning
        self.read = read
        self.written = written
    }

    /// A text that a judgement may lack.
    static func text(
        _ name: String, _ property: any WritableKeyPath<JudgementRecord, String?> & Sendable, _ meaning: String
    ) -> JudgementColumn {
        JudgementColumn(name, meaning) { row, record in
            record[keyPath: property] = try row.read(name)
        } written: { record in
            record[keyPath: property]
        }
    }

    /// The lower end of a range, which is read with the column of its upper end.
    static func range(
        _ name: String, _ upper: String,
        _ property: any WritableKeyPath<JudgementRecord, ClosedRange<Double>?> & Sendable, _ meaning: String,
        shown: String? = nil
    ) -> JudgementColumn {
        JudgementColumn(name, meaning, shown: shown.map { ($0, meaning) }) { row, record in
            if let low = try row.read(name) as Double?, let high = try row.read(upper) as Double?, low <= high {
                record[keyPath: property] = low...high
            }
        } written: { record in
            record[keyPath: property]?.lowerBound
        }
    }

    /// The upper end.
    static func end(
        _ name: String, _ property: any WritableKeyPath<JudgementRecord, ClosedRange<Double>?> & Sendable,
        _ meaning: String, shown: String? = nil
    ) -> JudgementColumn {
        JudgementColumn(name, meaning, shown: shown.map { ($0, meaning) }) { $0[keyPath: property]?.upperBound }
    }

    /// A number that a judgement may lack.
    static func number(
        _ name: String, _ property: any WritableKeyPath<JudgementRecord, Double?> & Sendable, _ meaning: String,
        shown: (name: String, meaning: String)? = nil
    ) -> JudgementColumn {
        JudgementColumn(name, meaning, shown: shown) { row, record in
            record[keyPath: property] = try row.read(name)
        } written: { record in
            record[keyPath: property]
        }
    }
}

extension JudgementRecord {
    /// Writes a row, at a place in the order of verdicts about the target.
    func insert(study: StudyRecord.ID, place: Int, in db: Database) throws {
        let values: [(any DatabaseValueConvertible)?] = try Self.columns.map { try $0.written(self) }
        let names = (["study_id", "place"] + Self.columns.map(\.name) + ["computed_at"]).joined(separator: ", ")
        let marks = [String](repeating: "?", count: values.count + 3).joined(separator: ", ")
        try db.execute(
            sql: "INSERT INTO judgement (\(names)) VALUES (\(marks))",
            arguments: StatementArguments([study.rawValue, place] + values + [Timestamp.text(computedAt)]))
    }

    init(_ row: Row) throws {
        let verdict: String? = try row.read("verdict")
        let reason: String? = try row.read("reason")
        guard (verdict == nil) != (reason == nil) else {
            throw UnusableRow(description: "a row of judgement has a verdict and a reason for none, or neither")
        }
        try self.init(
            measure: row.read("measure"), target: row.read("target"), verdict: verdict, count: row.read("n"),
            tried: row.read("tried"), sentence: row.read("sentence"), reason: reason,
            computedAt: Timestamp.date(row.read("computed_at")) ?? .distantPast)
        for column in Self.columns { try column.read?(row, &self) }
    }
}
