import Foundation

/// The page over all pages of a folder: `index.html`, with a link and the finding of each.
///
/// It is made of the pages alone, so that reports of several results files stand in one. A file of that name that
/// Basin did not write stays as it is.
struct ReportIndex {
    private static let generator = "<meta name=\"generator\" content=\"Basin\">"
    private static let fileName = "index.html"

    /// What a page says of itself in its head: that Basin wrote it, and what was found.
    static func mark(_ finding: String?) -> String {
        generator + (finding.map { "\n<meta name=\"description\" content=\"\(htmlEscaped($0))\">" } ?? "")
    }

    /// Renews the page of this folder.
    ///
    /// - Throws: `POSIXError`, `CocoaError` where it cannot be read or written.
    static func renew(in folder: URL) throws {
        let place = folder.appendingPathComponent(fileName)
        if let present = head(of: place), !present.contains(generator) { return }
        let entries = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().compactMap { name in
            entry(name, in: folder)
        }
        let list = entries.isEmpty ? "<p>There is no report yet.</p>\n" : "<ul>\n\(entries.joined())</ul>\n"
        let page = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="color-scheme" content="light dark">
            \(generator)
            <title>Reports</title>
            <style>
            \(HTMLRenderer.style)
            </style>
            </head>
            <body>
            <main id="content">
            <h1>Reports</h1>
            \(list)</main>
            </body>
            </html>

            """
        try WholeFile(folder: folder, name: fileName).write(Data(page.utf8))
    }

    /// A folder's line; nil where it holds no page of Basin's.
    private static func entry(_ name: String, in folder: URL) -> String? {
        let page = folder.appendingPathComponent(name).appendingPathComponent("report.html")
        guard let head = head(of: page), head.contains(generator), let title = text(of: head, after: "<title>", to: "<")
        else { return nil }
        let finding = text(of: head, after: "<meta name=\"description\" content=\"", to: "\"")
        let found = finding.map { "<br>\($0)" } ?? ""
        let address =
            name.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(.init(charactersIn: "-_."))) ?? name
        return
            "<li><a href=\"\(htmlEscaped(address))/report.html\">\(title)</a>\(found)</li>\n"
    }

    /// As it stands in the page, escaped already.
    private static func text(of head: String, after start: String, to end: String) -> String? {
        guard let begin = head.firstRange(of: start)?.upperBound,
            let stop = head[begin...].firstRange(of: end)?.lowerBound
        else { return nil }
        let found = head[begin..<stop]
        return found.contains("<") ? nil : String(found)
    }

    /// The first bytes of a file, in which a page's head says what it is; nil where there is none.
    private static func head(of file: URL) -> String? {
        guard let handle = try? FileHandle(forReadingFrom: file) else { return nil }
        defer { try? handle.close() }
        return (try? handle.read(upToCount: 8192)).flatMap { $0 }.map { String(decoding: $0, as: UTF8.self) }
    }
}
