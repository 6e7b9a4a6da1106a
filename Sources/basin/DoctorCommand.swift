import ArgumentParser
import Datasets
import Diagnostics
import Foundation
import Kernels
import LinearAlgebra
import Reports
import Results
import Running
import Version

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what is installed, which data is found, and how fast this machine is.",
        discussion: "Example: basin doctor")

    @OptionGroup var output: TableOptions
    @OptionGroup var database: DatabaseOption
    @OptionGroup var dataFolder: DataFolderOptions

    func run() throws {
        var table = Table(["item", "state"])
        func row(_ item: String, _ state: String) { table.append([.text(item), .text(state)]) }
        let machine = Provenance.ofThisMachine(
            basinVersion: basinVersion, blasLibrary: BLASKernel.library, blasKernel: BLASKernel.name)
        let commit = SourceCommit.ofThisBuild
        row(
            "basin",
            """
            \(basinVersion), commit \
            \(commit.map { $0.hash.prefix(12) + ($0.isDirty ? " with changes" : "") } ?? "unknown")
            """
        )
        row("build", "\(machine.buildKind.rawValue), \(machine.compiler)")
        row("processor", "\(machine.cpuModel), \(counted(machine.coreCount, "core"))")
        row("operating system", machine.operatingSystem)
        row("BLAS", machine.blasLibrary)
        row("BLAS kernels", blasKernels)
        row("kernels", kernels)
        row(
            "BLAS speed, one thread", String(format: "%.0f GFLOP/s in single precision", BLASKernel.measuredGigaflops())
        )
        let locator = DatasetLocator(dataFolder: dataFolder.folder)
        for summary in locator.summaries() { row("dataset \(summary.name)", state(of: summary)) }
        row("dataset folders", locator.searchFolders.joined(separator: ", "))
        row("study folders", PackageFolder(named: "studies").paths.joined(separator: ", "))
        row("results file", resultsFile)
        try output.print(table)
    }

    private func state(of dataset: DatasetSummary) -> String {
        if dataset.state == .absent { return "not found; basin data fetch \(dataset.name)" }
        let place = dataset.folder.map { "\($0.path), " } ?? ""
        return place + dataset.state.rawValue + (dataset.problem.map { ": \($0)" } ?? "")
    }

    private var kernels: String {
        let used = Kernels.current.set.rawValue
        if ProcessInfo.processInfo.environment[Kernels.choiceVariable].map({ !$0.isEmpty }) == true {
            return "\(used), for \(Kernels.choiceVariable)"
        }
        let all = Kernels.available.map(\.set.rawValue).joined(separator: ", ")
        return "\(used), the fastest of \(all) (\(Kernels.choiceVariable) overrides)"
    }

    private var blasKernels: String {
        let environment = ProcessInfo.processInfo.environment
        let running = BLASKernel.name
        if let chosen = environment[BLASKernel.choiceVariable] {
            return "\(running), for \(BLASKernel.choiceVariable)=\(chosen)"
        }
        guard BLASKernel.hasAVX512(BLASKernel.processorFlags()) else { return "\(running), chosen by OpenBLAS" }
        return "\(running), as this processor has AVX-512 (\(BLASKernel.choiceVariable) overrides)"
    }

    private var resultsFile: String {
        do {
            let path = try database.path
            guard FileManager.default.fileExists(atPath: path) else { return "\(path): none yet" }
            let studies = try ResultsStore.openReadOnly(at: path).studies()
            return "\(path): \(counted(studies.count, "study version"))"
        } catch {
            return "\(error)"
        }
    }
}
