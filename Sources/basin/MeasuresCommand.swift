import ArgumentParser
import Measures
import Reports
import TheoryLabs

struct MeasuresCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measures",
        abstract: "List the measures, or say all about one.",
        discussion: """
            Without an id the measures of networks; those of theory labs with --labs.

            Example: basin measures pair_proxy
            """)

    @Argument(help: "A measure's id.")
    var id: String?

    @Flag(help: "Print all about every measure as a page of Markdown: docs/measures.md.")
    var reference = false

    @Flag(help: "List the columns of theory labs, too.")
    var labs = false

    @OptionGroup var output: TableOptions

    func validate() throws {
        if reference, id != nil { throw ValidationError("--reference is about all measures: leave the id out.") }
    }

    func run() throws {
        if reference {
            try writeToStandardOutput(MeasureReference().markdown)
        } else if let id {
            let about = try MeasureDescription.measure(id)
            var table = Table(["property", "value"])
            for (name, value) in about.properties { table.append([.text(name), .text(value)]) }
            try output.print(table)
        } else {
            var table = Table(["id", "title", "family", "predicts", "reads", "invariant to"])
            let shown = labs ? MeasureDescription.all : MeasureCatalogue.descriptions
            table.essential = ["id", "title", "family", "predicts"]
            for about in shown {
                table.append([
                    .text(about.id), .text(about.title), .text(about.family), .text(about.predictedSign.rawValue),
                    .text(about.readingList), .text(about.invarianceList),
                ])
            }
            let left = MeasureDescription.all.count - shown.count
            if left > 0 {
                table.footnotes.append("\(left) columns of theory labs are not listed; --labs lists them, too.")
            }
            try output.print(table)
        }
    }
}
