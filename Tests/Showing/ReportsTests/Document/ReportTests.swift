import Foundation
import Plots
import Reports
import TestSupport
import Testing

@Suite struct ReportTests {
    private static let picture = Picture(sentence: "Nothing to draw.", title: "t")

    private func illustration(_ kind: PictureKind, _ parts: String...) -> Illustration {
        Illustration(kind, of: parts, saying: "words", Self.picture)
    }

    @Test("Headings of one text have different anchors, as code hosts make them")
    func anchors() {
        let names = ["The *raw* one, p < 0.05", "Same", "Same", "Same-1", "Same"]
        let report = Report(name: "r", [ReportSection(names.map { .heading(2, Prose($0)) })])
        let anchors = report.blocks.compactMap { block in
            if case .heading(let heading) = block { heading.anchor } else { nil }
        }
        #expect(anchors == ["the-raw-one-p--005", "same", "same-1", "same-1-1", "same-2"])
    }

    @Test("A section without a block is left out; pictures come in the order of the text")
    func sections() {
        let report = Report(
            name: "r",
            [
                ReportSection(), ReportSection([.gallery([illustration(.scatter, "a"), illustration(.scatter, "b")])]),
                ReportSection([.picture(illustration(.matrix)), .paragraph("x")]),
            ])
        #expect(report.sections.count == 2)
        #expect(report.pictures.map(\.name) == ["scatter-a.svg", "scatter-b.svg", "matrix.svg"])
        #expect(report == Report(name: "r", report.sections) && report != Report(name: "other", report.sections))
    }

    @Test(
        "Writing a report again removes pictures of every kind that it no longer has", arguments: PictureKind.allCases)
    func stale(kind: PictureKind) throws {
        let folder = try TemporaryFolder()
        let before = Report(name: "r", [ReportSection([.picture(illustration(kind, "gone"))])])
        _ = try before.write(into: folder.path)
        try folder.write("mine", to: "r/\(kind.rawValue).txt")
        try folder.write("mine", to: "r/my-\(kind.rawValue).svg")
        let after = Report(name: "r", [ReportSection([.picture(illustration(kind, "kept"))])])
        let path = try after.write(into: folder.path)
        #expect(path == folder("r/report.md"))
        #expect(
            Set(try FileManager.default.contentsOfDirectory(atPath: folder("r"))) == [
                "report.md", "\(kind.rawValue)-kept.svg", "\(kind.rawValue).txt", "my-\(kind.rawValue).svg",
            ])
    }
}
