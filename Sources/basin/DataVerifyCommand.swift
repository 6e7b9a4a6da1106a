import ArgumentParser
import Datasets
import Reports

struct DataVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compare a dataset's files with the sizes and digests of the catalogue.",
        discussion: "Example: basin data verify fashion-mnist")

    @OptionGroup var dataset: DatasetArgument
    @OptionGroup var dataFolder: DataFolderOptions
    @OptionGroup var output: TableOptions

    func run() throws {
        let locator = DatasetLocator(dataFolder: dataFolder.folder)
        let entry = try locator.entry(named: dataset.name)
        let verification = DatasetVerification(try locator.locate(dataset.name), against: entry)
        var table = Table(["file", "state", "path"])
        for finding in verification.findings {
            table.append([
                .text(finding.file.name), .text(finding.check == .intact ? "intact" : "damaged"), .text(finding.path),
            ])
        }
        try output.print(table)
        try verification.requireIntact(knowing: locator.catalogue)
    }
}
