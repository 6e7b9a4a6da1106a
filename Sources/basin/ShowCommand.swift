import Analysis
import ArgumentParser
import Diagnostics
import Foundation
import Reports
import Results

struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "List what a results file holds: studies, versions, networks, measures, runs, space.",
        discussion: """
            With a study: its measures, how many networks have each, and what it took.

            Example: basin show
            Example: basin show pair-proxy-fashion-mnist --db fashion.sqlite
            """)

    @Argument(help: "A study of the file; all unless given.")
    var study: String?

    @OptionGroup var database: DatabaseOption
    @OptionGroup var output: TableOptions

    func run() throws {
        let store = try ResultsStore.openReadOnly(at: database.path)
        guard let study else { return try showFile(store) }
        let record = try store.study(StudyArgument.reference(to: study))
        try output.print(Population(of: record, in: store).holdings)
    }

    private func showFile(_ store: ResultsStore) throws {
        let spaces = try store.spaces()
        var table = Table([
            "study", "version", "title", "networks", "variants", "failed", "measures", "runs", "with_weights",
            .init("weights_mb", format: .fixed(1)), "created",
        ])
        table.essential = ["study", "version", "networks", "failed", "measures", "weights_mb", "runs", "title"]
        for space in spaces {
            table.append([
                .text(space.study.name), .integer(space.study.version), .text(space.study.title),
                .integer(space.trained - space.variants), .integer(space.variants), .integer(space.failed),
                .integer(space.measures), .integer(space.runs), .integer(space.withWeights),
                .real(Double(space.weightBytes) / 1e6), .text(space.study.createdAt.formatted(.iso8601)),
            ])
        }
        try output.print(table)
        let size = (try? FileManager.default.attributesOfItem(atPath: store.path)[.size] as? Int) ?? nil
        let bytes = size.map { ", \($0 / 1_000_000).\($0 / 100_000 % 10) MB" } ?? ""
        say("basin: \(store.path): \(try store.census)\(bytes)")
    }
}
