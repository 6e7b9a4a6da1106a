extension Table {
    /// The same with a column `remark` at the end: in each row why cells are missing. For formats that have no notes
    /// below.
    public func withRemarks() -> Table {
        var remarked = Table(columns + ["remark"], rows: rows.map { $0 + [Table.remark(on: $0)] })
        remarked.footnotes = footnotes
        return remarked
    }

    /// The reasons of missing cells in their order, each once, behind other sentences.
    static func remark(_ others: [String?] = [], on cells: [Cell]) -> Cell {
        var reasons: [String] = []
        for reason in others.compactMap(\.self) + cells.compactMap(\.reason) where !reasons.contains(reason) {
            reasons.append(reason)
        }
        return reasons.isEmpty ? .missing : .text(reasons.joined(separator: " "))
    }
}

extension Cell {
    /// Why it is missing; nil where it is not, or where that is not known.
    var reason: String? {
        if case .missing(let reason) = presentable { reason } else { nil }
    }
}
