import ArgumentParser
import Reports
import TheoryLabs

struct LabsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "labs",
        abstract: "List the theory labs' experiments, or say all about one: its settings and measures.",
        discussion: "Example: basin labs sco-sa-gd")

    @Argument(help: "An experiment's id.")
    var id: String?

    @OptionGroup var output: TableOptions

    func run() throws {
        guard let id else { return try output.print(Self.list) }
        guard let experiment = LabCatalogue.experiment(id) else { throw UnknownExperiment(id: id) }
        try output.print(Self.properties(of: experiment))
    }

    private static var list: Table {
        var table = Table(["experiment", "title", "source", "settings", "measures"])
        for experiment in LabCatalogue.experiments {
            let about = experiment.about
            table.append([
                .text(about.id), .text(about.title), .text(about.source),
                .text(about.settings.map(\.name).joined(separator: ", ")),
                .text(experiment.measureDescriptions.map(\.id).joined(separator: ", ")),
            ])
        }
        return table
    }

    private static func properties(of experiment: any Experiment.Type) -> Table {
        let about = experiment.about
        var table = Table(["property", "value"])
        let facts = [
            ("id", about.id), ("title", about.title), ("source", about.source), ("a model is", about.model),
            ("limits", about.limits),
        ]
        for (name, value) in facts { table.append([.text(name), .text(value)]) }
        for setting in about.settings { table.append([.text("setting \(setting.name)"), .text(setting.text)]) }
        for measure in experiment.measureDescriptions {
            table.append([.text("measure \(measure.id)"), .text("\(measure.title): \(measure.formula)")])
        }
        return table
    }
}
