extension Table {
    /// The cells as people read them, and the notes that the missing ones among them refer to.
    ///
    /// A missing cell is a dash, with the number of its note if it has a reason; equal reasons share a note.
    ///
    /// - Parameter strong: puts marks around a text, once it is escaped, that should catch the eye.
    func readableCells(
        escape: (String) -> String, strong: (String) -> String = { $0 }
    ) -> (rows: [[String]], notes: [String]) {
        var notes: [String] = []
        var noteNumbers: [String: Int] = [:]
        let readable = rows.map { row in
            zip(row, columns).map { cell, column in
                switch cell.presentable {
                case .text(let text): return escape(text)
                case .strong(let text): return strong(escape(text))
                case .integer(let number): return number.description
                case .real(let number): return column.format.string(number)
                case .missing(nil): return "–"
                case .missing(let reason?):
                    if noteNumbers[reason] == nil {
                        notes.append(escape(reason))
                        noteNumbers[reason] = notes.count
                    }
                    return "– (\(noteNumbers[reason, default: 0]))"
                }
            }
        }
        return (readable, notes)
    }
}
