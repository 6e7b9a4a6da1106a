import Analysis
import Reports
import Results
import SyntheticStudies
import Testing

/// What holds for the blocks of every report, and what some sections consist of.
@Suite struct ReportBlocksTests {
    private enum Sample: CaseIterable {
        case study, claims, known, family, families

        func report() throws -> Report {
            let archive = try Archive()
            switch self {
            case .study:
                let study = SyntheticStudy(networks: twoRegimes())
                return try StudyReport(of: archive.population(study), in: archive.store).report
            case .claims:
                return try StudyReport(of: archive.population(ClaimsSectionTests.study()), in: archive.store).report
            case .known: return try StudyReport(of: KnownTruth().enter(in: archive), in: archive.store).report
            case .family: return try FamilySamples.report().report
            case .families:
                let members = try ["a", "b"].map { try archive.population(ClaimsSectionTests.study("sco-\($0)")) }
                return try FamilyReport(of: members, name: "sco", in: archive.store).report
            }
        }
    }

    @Test("Every report begins with its only title, and no two headings have one anchor", arguments: Sample.allCases)
    private func headings(sample: Sample) throws {
        let headings = try sample.report().blocks.compactMap { block in
            if case .heading(let heading) = block { heading } else { nil }
        }
        #expect(headings.first?.level == 1 && headings.dropFirst().allSatisfy { [2, 3].contains($0.level) })
        #expect(Set(headings.map(\.anchor)).count == headings.count)
        #expect(headings.allSatisfy { !$0.anchor.isEmpty && !$0.text.isEmpty })
    }

    @Test("Every picture has a name of its own that a kind gives, and words", arguments: Sample.allCases)
    private func pictures(sample: Sample) throws {
        let pictures = try sample.report().pictures
        #expect(Set(pictures.map(\.name)).count == pictures.count)
        #expect(pictures.allSatisfy { !$0.alternativeText.isEmpty && PictureKind.canName($0.name) })
        #expect(pictures.allSatisfy { $0.picture.width > 0 && $0.picture.height > 0 })
    }

    @Test("Every table has named columns and a row; no list and no text is empty", arguments: Sample.allCases)
    private func contents(sample: Sample) throws {
        func look(at block: Block) {
            switch block {
            case .table(let table):
                #expect(!table.rows.isEmpty && table.columns.allSatisfy { !$0.name.isEmpty })
            case .list(let items): #expect(!items.isEmpty && items.allSatisfy { !$0.isEmpty })
            case .paragraph(let text), .note(let text): #expect(!text.isEmpty)
            case .gallery(let pictures): #expect(!pictures.isEmpty)
            case .command(let lines): #expect(lines.allSatisfy { !$0.isEmpty && !$0.contains("\n") })
            case .folded(let summary, let blocks):
                #expect(!summary.isEmpty && !blocks.isEmpty)
                blocks.forEach(look)
            case .networks(let data):
                #expect(
                    data.columns.contains { $0.name == data.chosen } && data.columns.contains { $0.name == data.target }
                )
                #expect(data.columns.allSatisfy { $0.values.count == data.seeds.count })
                #expect(data.factors.allSatisfy { $0.places.count == data.seeds.count })
            case .heading, .picture: break
            }
        }
        try sample.report().blocks.forEach(look)
    }

    @Test(
        "No text has marks of Markdown: what is a name or stands out is a kind of its own", arguments: Sample.allCases)
    private func marks(sample: Sample) throws {
        let texts = try sample.report().blocks.flatMap { block -> [Prose] in
            switch block {
            case .heading(let heading): [heading.text]
            case .paragraph(let text), .note(let text): [text]
            case .list(let items): items
            case .folded(let summary, _): [summary]
            case .table, .picture, .gallery, .command, .networks: []
            }
        }
        for case .text(let text) in texts.flatMap(\.inlines) {
            #expect(!text.contains("`") && !text.contains("**") && !text.hasPrefix("#") && !text.hasPrefix("- "))
        }
    }

    /// The kinds of a section's blocks, behind its heading.
    private func kinds(_ heading: String, in report: Report) throws -> [String] {
        let section = try #require(
            report.sections.first { section in
                if case .heading(let first) = section.blocks.first { first.text.plainText == heading } else { false }
            })
        return section.blocks.dropFirst().map { block in
            switch block {
            case .heading: "heading"
            case .paragraph: "paragraph"
            case .list: "list"
            case .table: "table"
            case .picture: "picture"
            case .gallery: "gallery"
            case .command: "command"
            case .note: "note"
            case .folded: "folded"
            case .networks: "networks"
            }
        }
    }

    @Test("Sections consist of what they are about")
    func sections() throws {
        let study = try Sample.study.report()
        #expect(try kinds("Study toy", in: study).isEmpty)
        #expect(
            try kinds("Verdicts", in: study) == ["picture", "table", "paragraph", "folded", "command"])
        #expect(try kinds("Making this report", in: study) == ["paragraph", "command"])
        #expect(try kinds("Each measure against test_accuracy", in: study) == ["gallery"])
        #expect(try kinds("Provenance", in: study) == ["table"])
        #expect(try kinds("Claims", in: Sample.claims.report()) == ["paragraph", "table", "command"])
        let columns = study.blocks.compactMap { block in
            if case .table(let table) = block { table.columns.map(\.name) } else { nil }
        }
        #expect(columns.contains(["measure", "verdict", "rho", "low", "high", "p", "left", "p left", "why"]))
        #expect(
            columns.contains([
                "run", "outcome", "jobs", "Basin", "processor", "BLAS kernels", "kernels", "build", "compiler",
            ]))
    }

    @Test(
        "A family's report has every measure of every study in its tables, also where there is nothing to draw over")
    func everyTable() throws {
        let studies = FamilySamples.studies(published: false).map { study in
            var study = study
            // Without regimes and without a number of their own.
            for index in study.networks.indices {
                study.networks[index].regime = nil
                study.networks[index].hyperparameters = "{}"
            }
            return study
        }
        let blocks = try FamilySamples.report(studies).report.blocks
        let tables = blocks.flatMap { block -> [Table] in
            switch block {
            case .table(let table): [table]
            case .folded(_, let inner): inner.compactMap { if case .table(let table) = $0 { table } else { nil } }
            default: []
            }
        }
        // The verdicts, and the correlations, each with a row a measure and study.
        for table in tables.filter({ $0.columns.prefix(2).map(\.name) == ["measure", "study"] }) {
            let measures = Set(table.rows.map(\.[0]))
            #expect(measures.count >= 2 && table.rows.count == measures.count * studies.count)
        }
        #expect(tables.count { $0.columns.prefix(2).map(\.name) == ["measure", "study"] } == 2)
    }
}
