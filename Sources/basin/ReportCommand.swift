import Analysis
import ArgumentParser
import Datasets
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
            try writeToStandardOutput("\(report.write(into: out, as: format))\n")
        }
    }
}
