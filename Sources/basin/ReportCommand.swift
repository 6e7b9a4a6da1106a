import ArgumentParser
import Reports
import Results

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a study's report, with its plots, from the results file alone.",
        discussion: "Example: basin report pair-proxy-fashion-mnist --out reports")

    @OptionGroup var study: StudyArgument
    @OptionGroup var database: DatabaseOption

    @Option(name: .long, help: "The folder in which the report's folder is made.")
    var out = "reports"

    func run() throws {
        let store = try ResultsStore.openReadOnly(at: database.path)
        let population = try Population(of: store.study(named: study.name), in: store)
        let report = try StudyReport(of: population, in: store)
        print(try report.write(into: out))
    }
}
