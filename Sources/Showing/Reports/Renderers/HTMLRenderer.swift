import Diagnostics
import Typography

/// One page with everything in it: it can be mailed, opened without a network, and printed. All escaping is here and in
/// `htmlEscaped`.
///
/// It reads whole without scripts: pictures are drawn in place, tables are tables. The script adds what a reader may do
/// with them. Nothing is loaded from anywhere, and the page forbids it.
struct HTMLRenderer: ReportRenderer {
    let name = "html"
    let summary = "writes a folder with one page"
    let fileName: String? = "report.html"
    let holdsPictures = true

    func render(_ report: Report) -> String {
        let title = report.blocks.lazy.compactMap(\.title).first ?? report.name
        let content = report.sections.map { section -> String in
            "<section>\n\(section.blocks.map(text).joined())</section>\n"
        }.joined()
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
            <meta name="color-scheme" content="light dark">
            \(ReportIndex.mark(report.summary?.plainText))
            <title>\(htmlEscaped(title))</title>
            <style>
            \(Self.style)
            </style>
            </head>
            <body>
            <a class="skip" href="#content">To the report</a>
            \(contents(report))
            <main id="content">
            \(content)</main>
            <script>
            \(Self.script)
            </script>
            </body>
            </html>

            """
    }

    // Files of this folder, which the build makes part of the program.
    static let style = String(decoding: PackageResources.report_css, as: UTF8.self)
    private static let script = String(decoding: PackageResources.report_js, as: UTF8.self)

    /// Nothing from elsewhere; styles, the script and its pictures for downloads are the page's own.
    private static let policy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:"

    /// Links to the sections.
    private func contents(_ report: Report) -> String {
        let links = report.blocks.compactMap { block -> String? in
            guard case .heading(let heading) = block, heading.level == 2 else { return nil }
            return "<li><a href=\"#\(id(heading.anchor))\">\(htmlEscaped(heading.text.plainText))</a></li>\n"
        }
        guard !links.isEmpty else { return "" }
        return "<nav aria-label=\"Sections\">\n<ul>\n\(links.joined())</ul>\n</nav>"
    }

    /// Of a heading, unlike any that the page has of its own.
    private func id(_ anchor: String) -> String { "s-\(htmlEscaped(anchor))" }

    private func address(_ target: String) -> String? {
        target.hasPrefix("#") ? "#\(id(String(target.dropFirst())))" : linkAddress(target).map(htmlEscaped)
    }

    /// Ends in a line break.
    private func text(_ block: Block) -> String {
        switch block {
        case .heading(let heading):
            """
            <h\(heading.level) id="\(id(heading.anchor))">\(text(heading.text))</h\(heading.level)>

            """
        case .paragraph(let prose): "<p>\(text(prose))</p>\n"
        case .note(let prose): "<p class=\"note\">\(text(prose))</p>\n"
        case .list(let items): "<ul>\n\(items.map { "<li>\(text($0))</li>\n" }.joined())</ul>\n"
        case .table(let table): text(table)
        case .picture(let picture): text(picture)
        case .gallery(let pictures): "<div class=\"gallery\">\n\(pictures.map(text).joined())</div>\n"
        case .command(let lines):
            "<pre><code>\(lines.map(commandLine).joined(separator: "\n"))</code></pre>\n"
        case .folded(let summary, let blocks):
            "<details>\n<summary>\(text(summary))</summary>\n\(blocks.map(text).joined())</details>\n"
        case .networks(let data): text(data)
        }
    }

    private func commandLine(_ text: String) -> String { htmlEscaped(text.withVisibleControlsOnOneLine) }

    private func text(_ picture: Illustration) -> String {
        // The declaration belongs to a file of its own.
        let drawing = picture.svg.split(separator: "?>", maxSplits: 1).last.map(String.init) ?? picture.svg
        let file = htmlEscaped(picture.name)
        return """
            <figure data-file="\(file)">
            \(drawing.trimmingWhitespace)
            <figcaption>\(htmlEscaped(picture.alternativeText.withVisibleControlsOnOneLine))</figcaption>
            </figure>

            """
    }

    private func text(_ table: Table) -> String {
        let (rows, notes) = table.readableCells(escape: htmlEscaped, strong: { "<strong>\($0)</strong>" })
        let isNumber = table.alignments().map { $0 != .left }
        func kind(_ column: Int) -> String { isNumber[column] ? " class=\"number\"" : "" }
        func row(_ texts: [String], _ cells: [Cell]) -> String {
            let line = texts.enumerated().map { column, text -> String in
                let exact = cells[column].exactText.map { " data-value=\"\($0)\"" } ?? ""
                let (start, end) = column == 0 ? ("th scope=\"row\"", "th") : ("td", "td")
                return "<\(start)\(kind(column))\(exact)>\(text)</\(end)>"
            }
            return "<tr>\(line.joined())</tr>\n"
        }
        let head = table.columns.enumerated().map { column, heading -> String in
            "<th scope=\"col\"\(kind(column))>\(htmlEscaped(heading.name))</th>"
        }.joined()
        let body = zip(rows, table.rows).map(row).joined()
        let remarks: [String] =
            notes.enumerated().map { "<p class=\"note\">(\($0 + 1)) \($1)</p>\n" }
            + table.footnotes.map { "<p class=\"note\">\(htmlEscaped($0))</p>\n" }
        return """
            <div class="table" tabindex="0" role="region" aria-label="Table">
            <table>
            <thead><tr>\(head)</tr></thead>
            <tbody>
            \(body)</tbody>
            </table>
            </div>
            \(remarks.joined())\(table.query.map(query) ?? "")
            """
    }

    /// The SQL behind a table, for who asks.
    private func query(_ text: String) -> String {
        let line = commandLine("basin sql \(text.shellQuoted)")
        return "<details class=\"sql\"><summary>SQL</summary><pre><code>\(line)</code></pre></details>\n"
    }

    /// The numbers once, for the script; without it there is nothing to see here.
    private func text(_ data: NetworkData) -> String {
        """
        <div id="explorer" hidden></div>
        <script type="application/json" id="networks">\(NetworkJSON.text(data))</script>

        """
    }

    private func text(_ prose: Prose) -> String { prose.inlines.map(text).joined() }

    private func text(_ inline: Inline) -> String {
        switch inline {
        case .text(let text), .authored(let text): htmlEscaped(text)
        case .code(let text): "<code>\(htmlEscaped(text))</code>"
        case .emphasis(let text): "<em>\(htmlEscaped(text))</em>"
        case .strong(let text): "<strong>\(htmlEscaped(text))</strong>"
        case .link(let text, let target):
            address(target).map { "<a href=\"\($0)\">\(htmlEscaped(text))</a>" } ?? htmlEscaped(text)
        case .lineBreak: "<br>"
        }
    }
}

extension Block {
    /// The text of the report's title.
    fileprivate var title: String? {
        if case .heading(let heading) = self, heading.level == 1 { heading.text.plainText } else { nil }
    }
}

extension Cell {
    /// A number with all its digits, by which a table is sorted and which a file gets.
    fileprivate var exactText: String? {
        switch presentable {
        case .integer(let number): number.description
        case .real(let number): number.description
        case .text, .strong, .missing: nil
        }
    }
}

extension String {
    fileprivate var trimmingWhitespace: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
