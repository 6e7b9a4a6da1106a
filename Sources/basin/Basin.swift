import ArgumentParser
import Buffers
import Diagnostics
import Foundation
import Kernels
import LinearAlgebra
import Logging
import Results
import SQLFunctions
import Version

@main
struct Basin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "basin",
        abstract: "Does a measure of a trained network predict how well it generalises?",
        discussion: """
            Trains populations of small networks, measures them, correlates the measures with their accuracy and keeps \
            everything in one SQLite file.

            Example: basin run pair-proxy-fashion-mnist && basin report pair-proxy-fashion-mnist
            """,
        version: basinVersion,
        subcommands: [
            DataCommand.self, StudiesCommand.self, RunCommand.self, MeasureCommand.self, MeasuresCommand.self,
            LabsCommand.self,
            CorrelateCommand.self, VerdictCommand.self, CompareCommand.self, RobustnessCommand.self, MetaCommand.self,
            ReportCommand.self, SQLCommand.self, ShowCommand.self, ExportCommand.self, ImportCommand.self,
            DeleteCommand.self,
            CheckCommand.self, SimulateCommand.self, DoctorCommand.self,
        ])

    /// Starts the program anew once where OpenBLAS needs to be told its kernels, then runs the command.
    static func main() async {
        restartWithBetterKernels()
        FreedMemory.keep()
        takeOverStandardStreams()
        StopRequests.shared.listen()
        ConnectionFunctions.offer { registerSQLFunctions($0, $1, $2) }
        startLogging()
        do {
            let arguments = joiningValuesWithHyphens(Array(CommandLine.arguments.dropFirst()))
            if let objection = Kernels.objection(in: ProcessInfo.processInfo.environment) {
                throw ValidationError(objection)
            }
            try UnknownCommand.check(arguments)
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            try finishStandardOutput()
        } catch {
            Foundation.exit(finish(error))
        }
    }

    /// Warnings, and what `BASIN_LOG` asks for besides (trace, debug, info, …), to standard error.
    private static func startLogging() {
        let level = ProcessInfo.processInfo.environment["BASIN_LOG"].flatMap { Logger.Level(rawValue: $0.lowercased()) }
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level ?? .warning
            return handler
        }
    }

    private static func restartWithBetterKernels() {
        guard let additions = BLASKernel.environmentForRestart() else { return }
        for (name, value) in additions { setenv(name, value, 1) }
        var arguments = CommandLine.arguments.map { strdup($0) } + [nil]
        execv("/proc/self/exe", &arguments)
        // Where that is not possible the program goes on with the kernels that it has.
    }

    /// Says what went wrong and gives the exit status: 0 for help, 1 failed work, 2 a wrong request, 130 interrupted.
    private static func finish(_ error: any Error) -> Int32 {
        if error is CancellationError {
            return finish(Interruption(kept: "what was finished is kept, and the same command goes on from there"))
        }
        if let error = error as? Interruption {
            say("basin: interrupted; \(error.kept)")
            return 130
        }
        if error is QueryInterrupted {
            say("basin: \(error)")
            return 130
        }
        // Whoever reads has enough, as in `basin sql … | head`: the status is that of a program that SIGPIPE ends.
        if error is ReaderGone { return 128 + SIGPIPE }
        if let error = error as? any RequestError {
            say("basin: \(error)")
            return error.exitStatus
        }
        // Of what was asked for, known too late for the command's own usage to follow.
        if let error = error as? ValidationError {
            say("basin: \(error.message)")
            return 2
        }
        switch exitCode(for: error) {
        case .success:
            do {
                try writeToStandardOutput(fullMessage(for: error) + "\n")
                return 0
            } catch {
                return finish(error)
            }
        case .validationFailure:
            say(fullMessage(for: error))
            return 2
        default:
            say("basin: \(error)")
            return 1
        }
    }
}
