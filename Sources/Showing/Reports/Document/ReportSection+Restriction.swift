extension ReportSection {
    /// The same about selected networks: headings say of how many, and pictures, which may be shown without the report,
    /// by which condition.
    ///
    /// - Parameter text: nil for all networks.
    func restricted(by text: RestrictionText?) -> ReportSection {
        guard let text else { return self }
        let sentence = "\(text.lead): \(text.sentence)."
        func restricted(_ block: Block) -> Block {
            switch block {
            case .heading(let heading) where heading.level == 2: .heading(2, heading.text + " (\(text.total))")
            case .picture(let picture): .picture(picture.noted(sentence))
            case .gallery(let pictures): .gallery(pictures.map { $0.noted(sentence) })
            case .folded(let summary, let blocks): .folded(summary, blocks.map(restricted))
            case .heading, .paragraph, .list, .table, .command, .note, .networks: block
            }
        }
        return ReportSection(blocks.map(restricted))
    }

    /// What the reader of a report about selected networks has to know before all else.
    ///
    /// - Parameter leavesOut: whether there are claims or published figures, which are about all networks.
    static func restriction(_ text: RestrictionText?, leavesOut: Bool) -> ReportSection {
        guard let text else { return ReportSection() }
        let others: Prose =
            leavesOut
            ? """
             Claims and published figures are about all networks, and stand in the report without \(code: "--where").
            """
            : ""
        return ReportSection([
            .note(
                """
                \(strong: "\(text.lead):") \(code: text.condition) selects \(text.selected). What follows is about \
                these alone, and nothing of it is recorded in the results file. \
                \(text.bias.map { Prose($0) } ?? "")\(others)
                """)
        ])
    }
}
