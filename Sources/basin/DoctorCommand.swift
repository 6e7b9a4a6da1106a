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
    @Flag(
        help: """
            How fast the loops of networks and verdicts run, with each instruction set, beside this machine's matrix \
            product and memory; takes seconds.
            """)
    var kernels = false

    func run() throws {
        try output.print(kernels ? speeds : overview)
    }

    private var overview: Table {
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
        row("kernels", kernelsInUse)
        row(
            "BLAS speed, one thread", String(format: "%.0f GFLOP/s in single precision", BLASKernel.measuredGigaflops())
        )
        let locator = DatasetLocator(dataFolder: dataFolder.folder)
        for summary in locator.summaries() { row("dataset \(summary.name)", state(of: summary)) }
        row("dataset folders", locator.searchFolders.joined(separator: ", "))
        row("study folders", PackageFolder(named: "studies").paths.joined(separator: ", "))
        row("results file", resultsFile)
        return table
    }

    /// Each loop's speed, and how far it is from what the machine can.
    private var speeds: Table {
        let product = [
            LoopSpeed.Operation.single: BLASKernel.measuredGigaflops(),
            .double: BLASKernel.measuredGigaflops(inDouble: true),
        ]
        var table = Table([
            "loop", "kernels", .init("billions_per_second", format: .fixed(1)), "of",
            .init("share_of_product", format: .fixed(2)), .init("gigabytes_per_second", format: .fixed(0)),
        ])
        for (operation, name) in [(LoopSpeed.Operation.single, "sgemm"), (.double, "dgemm")] {
            table.append([
                .text(name), .text(BLASKernel.name), .init(product[operation]), .text(operation.rawValue), .real(1),
                .missing,
            ])
        }
        table.append([
            "memory, c = a + b", .text(""), .missing, .text(""), .missing, .real(measuredMemoryTraffic()),
        ])
        for kernels in Kernels.available {
            for speed in kernels.speeds() {
                table.append([
                    .text(speed.loop), .text(speed.set.rawValue), .real(speed.speed), .text(speed.operation.rawValue),
                    .init(product[speed.operation].map { speed.speed / $0 }), .real(speed.traffic),
                ])
            }
        }
        table.footnotes = [
            """
            Best of some runs on one thread. single, double: products and sums, a billion of which are a GFLOP; \
            words: of 32 random bits; entries: of points' inputs. Bytes are those loaded and stored, mostly from the \
            first two caches.
            """
        ]
        return table
    }

    private func state(of dataset: DatasetSummary) -> String {
        if dataset.state == .absent { return "not found; basin data fetch \(dataset.name)" }
        let place = dataset.folder.map { "\($0.path), " } ?? ""
        return place + dataset.state.rawValue + (dataset.problem.map { ": \($0)" } ?? "")
    }

    private var kernelsInUse: String {
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
