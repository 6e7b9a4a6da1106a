import Definitions
import Diagnostics
import Documents
import Foundation
import Parameters

/// The table of networks from elsewhere: a row a network, with its file's path, its seed, its regime, its epochs, and a
/// column for each hyperparameter.
///
///     path,seed,regime,epochs,learning_rate
///     weights/0.safetensors,0,small-batch,500,0.1
///     weights/1.npz,1,small-batch,480,0.1
struct NetworkIndex {
    struct Row {
        let line: Int
        /// As the index has it.
        let name: String
        /// From the working directory, or absolute.
        let path: String
        let seed: UInt64
        let regime: String?
        let epochs: Int?
        let values: [String: ParameterValue]
    }

    /// What messages call it.
    let path: String
    private(set) var rows: [Row] = []

    private static let (file, seed, regime, epochs) = ("path", "seed", "regime", "epochs")
    private static let own = [file, seed, regime, epochs]
    /// A hundred thousand networks with long paths.
    private static let mostBytes = 64 << 20

    /// - Parameters:
    ///   - known: names of hyperparameters that networks from elsewhere have anyway.
    ///   - complain: takes what is wrong, each thing once.
    init(path: String, known: [String], _ complain: (String) -> Void) {
        self.path = path
        let table: CSVTable
        do {
            table = try CSVTable(try DocumentFile.text(at: path, mostBytes: Self.mostBytes), path: path)
        } catch let error as DocumentError {
            error.problems.forEach { complain(place($0.line) + $0.message) }
            return
        } catch {
            complain("'\(path)' cannot be read: \(error)")
            return
        }
        guard table.columns.contains(Self.file) else {
            complain(place(1) + "there is no column 'path'. \(suggestion(for: Self.file, among: table.columns))")
            return
        }
        let hyperparameters = table.columns.filter { !Self.own.contains($0) }
        for name in hyperparameters {
            if known.contains(name) {
                complain(place(1) + "a column '\(name.shortened)' is what the data or the files say: leave it out")
            } else if let problem = NameRule.bundle.problem(with: name) {
                complain(place(1) + "a column '\(name.shortened)' \(problem)")
            }
        }
        if table.rows.isEmpty { complain("'\(path)' names no network") }
        if table.rows.count > SeedList.limit {
            complain("'\(path)' names \(table.rows.count) networks; at most \(SeedList.limit) are taken")
            return
        }
        let values = Self.values(of: hyperparameters, in: table)
        for (number, row) in table.rows.enumerated() {
            if let row = self.row(row, number, Cells(table, row), values, complain) { rows.append(row) }
        }
    }

    func place(_ line: Int) -> String { "'\(path)', line \(line): " }

    /// A row's values by column.
    private struct Cells {
        let places: [String: Int]
        let row: CSVTable.Row

        init(_ table: CSVTable, _ row: CSVTable.Row) {
            places = Dictionary(uniqueKeysWithValues: table.columns.enumerated().map { ($1, $0) })
            self.row = row
        }

        /// Nil where nothing stands.
        subscript(column: String) -> String? {
            places[column].flatMap { row.values[$0].isEmpty ? nil : row.values[$0] }
        }
    }

    private func row(
        _ row: CSVTable.Row, _ number: Int, _ cells: Cells, _ values: [String: [ParameterValue]],
        _ complain: (String) -> Void
    ) -> Row? {
        var isRight = true
        func wrong(_ what: String) {
            complain(place(row.line) + what)
            isRight = false
        }
        if cells[Self.file] == nil { wrong("states no path") }
        func whole(_ column: String) -> Int? {
            guard let text = cells[column] else {
                if cells.places[column] != nil { wrong("states no \(column)") }
                return nil
            }
            if let found = Int(text), found >= 0 { return found }
            wrong("\(column) must be a whole number from 0, not '\(text.shortened)'")
            return nil
        }
        let (seed, epochs, regime) = (whole(Self.seed), whole(Self.epochs), cells[Self.regime])
        if regime == nil, cells.places[Self.regime] != nil { wrong("states no regime") }
        if let regime, let problem = NameRule.regime.problem(with: regime) {
            wrong("the regime '\(regime.shortened)' \(problem)")
        }
        for name in values.keys.sorted() where cells[name] == nil { wrong("states no \(name.shortened)") }
        guard isRight, let name = cells[Self.file] else { return nil }
        return Row(
            line: row.line, name: name,
            path: StudyFolder.path(of: name, in: (path as NSString).deletingLastPathComponent),
            // Without a column of seeds, the rows are numbered.
            seed: UInt64(seed ?? number), regime: regime, epochs: epochs, values: values.mapValues { $0[number] })
    }

    /// Numbers, where all of a column are some; else words.
    private static func values(of columns: [String], in table: CSVTable) -> [String: [ParameterValue]] {
        columns.reduce(into: [:]) { values, column in
            guard let place = table.columns.firstIndex(of: column) else { return }
            let words = table.rows.map { $0.values[place] }
            let numbers = words.compactMap { Double($0) }.filter(\.isFinite)
            values[column] =
                numbers.count == words.count ? numbers.map(ParameterValue.number) : words.map(ParameterValue.word)
        }
    }
}
