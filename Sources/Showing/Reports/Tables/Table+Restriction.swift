extension Table {
    /// The same with the condition that selected the networks: below the table for people, and for formats that have no
    /// notes in columns of every row, so that no row is taken for one about all networks.
    ///
    /// - Parameter hasNotes: whether the format has notes below.
    package func restricted(by text: RestrictionText, hasNotes: Bool) -> Table {
        guard hasNotes else {
            return Table(
                columns + ["where", "selected"], rows: rows.map { $0 + [.text(text.condition), .text(text.selected)] })
        }
        var noted = self
        noted.footnotes = ["\(text.lead): \(text.sentence).", text.bias].compactMap(\.self)
        return noted
    }
}
