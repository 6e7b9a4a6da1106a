import Reports

extension Table {
    /// The cells of the row that begins with this text, by column.
    func cells(_ first: String) -> [String: Cell] {
        rows.first { $0.first == .text(first) }.map {
            Dictionary(zip(columns.map(\.name), $0)) { first, _ in first }
        } ?? [:]
    }

    /// Rows with a number that is not finite, or with a missing cell and no reason in the whole row. What is no
    /// predictor is not corrected, and nothing need be remarked.
    var unexplained: [[Cell]] {
        rows.filter { row in
            let cells = Dictionary(zip(columns.map(\.name), row)) { first, _ in first }
            let isCorrected = cells["predictor"] != .text("no")
            let missing = cells.filter { name, cell in
                cell.isMissing && name != "remark" && (isCorrected || name != "p_holm" && name != "p_bh")
            }
            let hasReason = missing.isEmpty || missing.values.contains { $0.reason != nil }
            return !hasReason || !cells.values.allSatisfy { $0.real?.isFinite ?? true }
        }
    }
}

extension Cell {
    var real: Double? { if case .real(let value) = self { value } else { nil } }
    var text: String? { if case .text(let value) = self { value } else { nil } }
    var integer: Int? { if case .integer(let value) = self { value } else { nil } }
    var reason: String? { if case .missing(let reason) = self { reason } else { nil } }
    var isMissing: Bool { if case .missing = self { true } else { false } }
}
