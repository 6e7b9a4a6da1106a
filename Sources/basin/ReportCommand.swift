import Analysis
import ArgumentParser
import Datasets
import Foundation
import Reports
import Results

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a study's report, with its plots, from the results file alone.",
        discussion: """
            Several studies, or a pattern with * that names them, make one report over all of them: quote the pattern, \
            so that the shell leaves it alone. With --where the folder has a name of its own, which the condition \
            determines.

            Example: basin report pair-proxy-fashion-mnist --out reports
            Example: basin report 'pair-proxy-*'
            With --format html one page, that can be mailed, and index.html beside its folder over all pages there.

            Example: basin report pair-proxy-mnist --format html --open
            Example: basin report pair-proxy-mnist --format terminal
            """)

    @Argument(help: "Names of studies (see 'basin studies'), paths of study files, or patterns with *.")
    var studies: [String]

    @OptionGroup var database: DatabaseOption
    @OptionGroup var selection: RestrictionOption

    @Option(name: .long, help: "The folder in which the report's folder is made.")
    var out = "reports"

    @Option(
        name: .long,
        help: "What a report over several studies is called; what stands before the * unless given. No study's name.")
    var name: String?

    @Option(
        name: .long,
        help: "\(ReportFormat.all.map { "\($0.name) \($0.summary)" }.joined(separator: "; ")); markdown unless given.",
        completion: .list(ReportFormat.all.map(\.name)),
        transform: word(among: ReportFormat.all.map(\.name)) { ReportFormat(named: $0) })
    var format = ReportFormat.markdown

    @Flag(name: .long, help: "Open the page when it is written: with --format html.")
    var open = false

    func validate() throws {
        if open, !format.holdsPictures {
            throw ValidationError("--open shows a page: add --format html.")
        }
    }

    func run() throws {
        let store = try ResultsStore.openReadOnly(at: database.path)
        let stated = DatasetCatalogue().statedDigests
        let names = try studies.map { try StudyArgument.reference(to: $0) }
        if names.count == 1, !names[0].name.contains("*"), name == nil {
            let population = try selection.population(of: store.study(names[0]), in: store)
            try show(StudyReport(of: population, in: store, statedDigests: stated).report)
        } else {
            let family = try FamilySelection(matching: names, name: name, in: store)
            let members = try family.studies.map { try selection.population(of: $0, in: store) }
            try show(FamilyReport(of: members, name: family.name, in: store, statedDigests: stated).report)
        }
    }

    private func show(_ report: Report) throws {
        if format.fileName == nil {
            try writeToStandardOutput(format.render(report))
        } else {
            let path = try report.write(into: out, as: format)
            try writeToStandardOutput("\(path)\n")
            if open { openInBrowser(path) }
        }
    }
}

/// Hands a file to the program that the desktop opens it with. A report that nobody can show is written all the same.
private func openInBrowser(_ path: String) {
    let opener = Process()
    opener.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    opener.arguments = ["xdg-open", path]
    opener.standardOutput = FileHandle.nullDevice
    opener.standardError = FileHandle.nullDevice
    do {
        try opener.run()
        opener.waitUntilExit()
        if opener.terminationStatus == 0 { return }
    } catch {}
    say("basin: nothing here opens pages (xdg-open): open \(path) in a browser")
}
