import Foundation
import Reports
import TestSupport
import Testing

@Suite struct ReportIndexTests {
    private func report(_ name: String, finding: Prose?) -> Report {
        Report(name: name, summary: finding, [ReportSection([.heading(1, "About \(name) & more"), .paragraph("x")])])
    }

    @Test("The page over a folder's pages has a link to each, with what it found")
    func index() throws {
        let folder = try TemporaryFolder()
        let html = try #require(ReportFormat(named: "html"))
        _ = try report("one", finding: "Of \"2\" measures <none> holds.").write(into: folder.path, as: html)
        _ = try report("two", finding: nil).write(into: folder.path, as: html)
        try folder.write("<html><title>not Basin's</title></html>", to: "three/report.html")
        let index = try String(contentsOfFile: folder("index.html"), encoding: .utf8)
        #expect(index.contains("<a href=\"one/report.html\">About one &amp; more</a>"))
        #expect(index.contains("Of &quot;2&quot; measures &lt;none&gt; holds."))
        #expect(index.contains("<a href=\"two/report.html\">") && !index.contains("three"))
        _ = try report("two", finding: nil).write(into: folder.path, as: html)
        #expect(try String(contentsOfFile: folder("index.html"), encoding: .utf8) == index)
    }

    @Test("A page of that name that somebody else wrote stays")
    func foreign() throws {
        let folder = try TemporaryFolder()
        try folder.write("mine", to: "index.html")
        _ = try report("one", finding: nil).write(into: folder.path, as: try #require(ReportFormat(named: "html")))
        #expect(try String(contentsOfFile: folder("index.html"), encoding: .utf8) == "mine")
    }
}
