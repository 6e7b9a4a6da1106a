import Foundation
import Plots
import Reports
import Testing

@Suite struct HTMLRendererTests {
    private func page(_ blocks: [Block]) throws -> String {
        try #require(ReportFormat(named: "html")).render(Report(name: "r", [ReportSection(blocks)]))
    }

    /// What stands between the page's head and its script.
    private func content(_ blocks: [Block]) throws -> String {
        let page = try page(blocks)
        let start = try #require(page.range(of: "<main id=\"content\">"))
        let end = try #require(page.range(of: "</main>", options: .backwards))
        return String(page[start.upperBound..<end.lowerBound])
    }

    @Test(
        "Each kind of text has its element, and what is plain is escaped",
        arguments: [
            (.text("a<b> & \"c\" 'd'"), "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;"), (.authored("<i>"), "&lt;i&gt;"),
            (.code("a<b"), "<code>a&lt;b</code>"), (.emphasis("a"), "<em>a</em>"), (.strong("a"), "<strong>a</strong>"),
            (.link("a", to: "#there"), "<a href=\"#s-there\">a</a>"), (.lineBreak, "<br>"),
            (.link("a", to: "https://x.org/?a=b&c"), "<a href=\"https://x.org/?a=b&amp;c\">a</a>"),
            (.link("a", to: "javascript:alert(1)"), "a"), (.link("a", to: "//evil.org"), "a"),
            (.text("\u{1B}[31m"), "\\u{1B}[31m"),
        ] as [(Inline, String)])
    func inlines(inline: Inline, html: String) throws {
        #expect(try content([.paragraph(Prose([inline]))]).contains("<p>\(html)</p>"))
    }

    @Test("What an author writes is text wherever it stands", arguments: MarkdownRendererTests.hostile)
    func authored(text author: String) throws {
        let data = NetworkData(
            study: author, target: author, chosen: author, seeds: [1],
            factors: [.init(name: author, labels: [author], places: [0])],
            columns: [.init(name: author, isPredictor: true, word: author, values: [1])], collapsed: [], total: 1)
        let html = try content([
            .heading(1, "\(authored: author)"), .paragraph("\(authored: author)"), .note(Prose(author)),
            .list(["\(authored: author)"]), .command([author]),
            .folded("\(authored: author)", [.paragraph(Prose(author))]),
            .table(Table([.init(author)], rows: [[.text(author)], [.strong(author)], [.missing(author)]])),
            .picture(Illustration(.scatter, of: [author], saying: author, Picture(sentence: author, title: author))),
            .networks(data),
        ])
        // Of elements there are those of the page alone, with attributes that the page gives them.
        for forbidden in ["<script>", "<img", "<b>", "onerror=y>", "<!--", "javascript:alert(1)\""] {
            #expect(!html.contains(forbidden))
        }
        for scalar in html.unicodeScalars where scalar.value < 32 && scalar != "\n" || scalar == "\u{202E}" {
            Issue.record("a control character \(scalar.value) is left")
        }
        // The data are JSON that ends where its element does.
        let start = try #require(html.range(of: "id=\"networks\">"))
        let json = html[start.upperBound..<(try #require(html.range(of: "</script>"))).lowerBound]
        let read = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        #expect(read?["total"] as? Int == 1)
    }

    @Test("A table has headers for columns and rows, all digits for sorting, and its notes below")
    func table() throws {
        var table = Table(
            ["name", .init("value", format: .fixed(1))], rows: [["a", 0.123456], ["b", .missing("gone")]])
        table.footnotes = ["of <all>"]
        let html = try content([.table(table)])
        #expect(html.contains("<th scope=\"col\">name</th><th scope=\"col\" class=\"number\">value</th>"))
        #expect(html.contains("<tr><th scope=\"row\">a</th><td class=\"number\" data-value=\"0.123456\">0.1</td></tr>"))
        #expect(
            html.contains("<p class=\"note\">(1) gone</p>") && html.contains("<p class=\"note\">of &lt;all&gt;</p>"))
    }

    @Test("Pictures are drawn in the page, with their words, and the page loads nothing")
    func whole() throws {
        let page = try page([.heading(1, "T <1>"), .heading(2, "One"), .picture(MarkdownRendererTests.illustration)])
        #expect(page.contains("<title>T &lt;1&gt;</title>") && page.contains("<a href=\"#s-one\">One</a>"))
        #expect(
            page.contains("<figcaption>a &lt;against&gt; b</figcaption>")
                && !page.contains("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg"))
        #expect(page.contains("default-src 'none'"))
        for loading in ["src=\"", "<link", "@import", "url("] { #expect(!page.contains(loading)) }
    }

    @Test("The page is one file in the report's folder, and leaves pictures of Markdown alone")
    func folder() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("html-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let report = Report(name: "r", [ReportSection([.picture(MarkdownRendererTests.illustration)])])
        _ = try report.write(into: folder.path)
        let path = try report.write(into: folder.path, as: #require(ReportFormat(named: "html")))
        #expect(path == "\(folder.path)/r/report.html")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("r").path)
        #expect(files.sorted() == ["report.html", "report.md", "scatter-a.svg"])
    }

    @Test("Numbers of networks keep six digits, and what is no number is none")
    func numbers() throws {
        let data = NetworkData(
            study: "s", target: "t", chosen: "t", seeds: [1, nil], factors: [],
            columns: [
                .init(name: "t", isPredictor: false, word: nil, values: [0.123456789, nil, .nan, 12, 1e300, -2.5e-7])
            ],
            collapsed: [1], total: 9)
        let html = try content([.networks(data)])
        #expect(html.contains("\"values\":[0.123457,null,null,12,1e+300,-2.5e-07]"))
        #expect(html.contains("\"seeds\":[\"1\",null]") && html.contains("\"collapsed\":[1]"))
    }
}
