import Foundation
import Glibc
import Plots
import Reports
import TestSupport
import Testing

/// Where a report's files come to lie, whatever the studies, measures and figures of a results file are called.
@Suite struct ReportFolderTests {
    static let names = [
        "..", ".", "", "a/b", "../x", "/etc/x", "published", "Published", "published/x", "a\u{0}b", "..\u{0}", "x\ny",
        "\u{1B}[2J", ".hidden", "~", "a%2Fb", "a\\b", "CON", "é b", String(repeating: "n", count: 300),
        String(repeating: "é", count: 300), "pair-proxy-mnist",
    ]

    private func report(_ name: String, _ figures: String...) -> Report {
        Report(
            name: name,
            [
                ReportSection(
                    figures.map { figure in
                        .picture(
                            Illustration(.figure, of: [figure], saying: figure, Picture(sentence: "x", title: figure)))
                    })
            ])
    }

    @Test("A report is written into a folder of its own within the one that is named, whatever it is called")
    func within() throws {
        let outer = try TemporaryFolder()
        try outer.write("older", to: "reports/published/report.md")
        for name in Self.names { _ = try report(name, name).write(into: outer("reports")) }
        let made = try FileManager.default.contentsOfDirectory(atPath: outer("reports"))
        #expect(made.count == Self.names.count + 1, "\(made)")
        for folder in made where folder != "published" {
            let files = try FileManager.default.contentsOfDirectory(atPath: outer("reports/\(folder)")).sorted()
            #expect(files.count == 2 && files[0].hasPrefix("figure-") && files[1] == "report.md", "\(folder): \(files)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: outer.path) == ["reports"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: outer("reports/published")) == ["report.md"])
        #expect(try String(contentsOfFile: outer("reports/published/report.md"), encoding: .utf8) == "older")
    }

    @Test("A study's usual name is its folder's, and the path that comes back is that of the text")
    func usual() throws {
        let outer = try TemporaryFolder()
        #expect(try report("pair-proxy-mnist").write(into: outer.path) == outer("pair-proxy-mnist/report.md"))
        let path = try report("..", "a/../b").write(into: outer.path)
        #expect(FileManager.default.fileExists(atPath: path) && !path.contains("/../"))
    }

    @Test("Pictures of one name, capitals aside, are different files, and the text shows each")
    func distinct() throws {
        let outer = try TemporaryFolder()
        let names = ["a", "A", "a", "a-2", "x/y", "x%2Fy", "p q(r)"]
        let found = Report(
            name: "r",
            names.map { name in
                ReportSection([
                    .picture(Illustration(.figure, of: [name], saying: name, Picture(sentence: name, title: name)))
                ])
            })
        #expect(Set(found.pictures.map { $0.name.lowercased() }).count == names.count)
        let text = try String(contentsOfFile: found.write(into: outer.path), encoding: .utf8)
        for picture in found.pictures {
            #expect(try String(contentsOfFile: outer("r/\(picture.name)"), encoding: .utf8) == picture.svg)
        }
        // Each address, read as one, names a file.
        let addresses = text.matches(of: /\]\((.*?)\)/).compactMap { String($0.1).removingPercentEncoding }
        #expect(addresses == found.pictures.map(\.name))
    }

    @Test("What a killed report left behind is gone after the next one of the same study")
    func leftovers() throws {
        let outer = try TemporaryFolder()
        for file in [".report.md.part", ".figure-a.svg.part", ".figure-gone.svg.part"] {
            try outer.write("half", to: "r/\(file)")
        }
        // One that a program writes at this moment is left alone, and so is a user's.
        try outer.write("busy", to: "r/.figure-busy.svg.part")
        try outer.write("mine", to: "r/.notes.part")
        let busy = open(outer("r/.figure-busy.svg.part"), O_WRONLY)
        defer { close(busy) }
        #expect(flock(busy, LOCK_EX | LOCK_NB) == 0)
        _ = try report("r", "a").write(into: outer.path)
        #expect(
            try Set(FileManager.default.contentsOfDirectory(atPath: outer("r"))) == [
                "report.md", "figure-a.svg", ".figure-busy.svg.part", ".notes.part",
            ])
    }

    @Test("A link or a pipe where a file is begun is not followed")
    func links() throws {
        let outer = try TemporaryFolder()
        try outer.write("theirs", to: "target")
        try outer.write("", to: "r/x")
        #expect(symlink(outer("target"), outer("r/.report.md.part")) == 0)
        #expect(mkfifo(outer("r/.figure-a.svg.part"), 0o600) == 0)
        #expect(symlink(outer("target"), outer("r/report.md")) == 0)
        let path = try report("r", "a").write(into: outer.path)
        #expect(try String(contentsOfFile: outer("target"), encoding: .utf8) == "theirs")
        #expect(try String(contentsOfFile: path, encoding: .utf8).contains("figure-a.svg"))
        #expect(
            try Set(FileManager.default.contentsOfDirectory(atPath: outer("r"))) == ["x", "report.md", "figure-a.svg"])
    }

    @Test("Writers of one report at the same time leave one whole report")
    func together() async throws {
        let outer = try TemporaryFolder()
        let path = outer.path
        let texts = (0..<8).map { index in
            Report(name: "r", [ReportSection([.paragraph(Prose(String(repeating: "\(index)", count: 200_000)))])])
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for text in texts { group.addTask { _ = try text.write(into: path) } }
            try await group.waitForAll()
        }
        let found = try String(contentsOfFile: outer("r/report.md"), encoding: .utf8)
        #expect(found.count == 200_001 && Set(found.dropLast()).count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: outer("r")) == ["report.md"])
    }
}
