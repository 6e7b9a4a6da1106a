import Foundation
import Reports
import SyntheticStudies
import Testing

/// Reports of made-up studies, which are the same each time, beside those that lie in `Fixtures`. A change of words or
/// looks shows as a difference of these files, to be read before it is committed:
///
///     BASIN_RENEW_SNAPSHOTS=1 swift test --filter SnapshotTests
@Suite struct SnapshotTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures")

    /// What stands in the page; its style and script are files of their own.
    private static func body(_ page: String) -> String {
        guard let start = page.range(of: "<nav"), let end = page.range(of: "</main>") else { return page }
        return String(page[start.lowerBound..<end.upperBound]) + "\n"
    }

    private static func compare(_ text: String, to name: String) throws {
        let file = folder.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["BASIN_RENEW_SNAPSHOTS"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        let kept = try String(contentsOf: file, encoding: .utf8)
        guard text != kept else { return }
        let (now, then) = (text.split(separator: "\n"), kept.split(separator: "\n"))
        let place =
            zip(now, then).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(now.count, then.count)
        func line(_ lines: [Substring]) -> Substring {
            lines.indices.contains(place) ? lines[place].prefix(300) : "(no line)"
        }
        Issue.record(
            """
            \(name) differs from line \(place + 1) on.
            kept: \(line(then))
            now:  \(line(now))
            If that is what you meant, renew it: BASIN_RENEW_SNAPSHOTS=1.
            """)
    }

    @Test("A study's report is the one that was read and kept, as Markdown and as a page", arguments: ["md", "html"])
    func study(form: String) throws {
        let archive = try Archive()
        let report = try StudyReport(of: archive.population(FamilySamples.studies()[0]), in: archive.store).report
        let format = try #require(ReportFormat(named: form == "md" ? "markdown" : "html"))
        try Self.compare(Self.body(format.render(report)), to: "study.\(form)")
    }

    @Test("A family's report is the one that was read and kept, as Markdown and as a page", arguments: ["md", "html"])
    func family(form: String) throws {
        let report = try FamilySamples.report().report
        let format = try #require(ReportFormat(named: form == "md" ? "markdown" : "html"))
        try Self.compare(Self.body(format.render(report)), to: "family.\(form)")
    }
}
