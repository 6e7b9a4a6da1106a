import Foundation
import PackagePlugin

/// Gives a module the commit of the package's sources, as a Swift file that `scripts/embed-commit` writes.
@main
struct EmbedCommit: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let package = context.package.directoryURL
        let script = package.appending(path: "scripts/embed-commit")
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedCommit.swift")
        // A build runs a command when an input has changed since the last one. This input is another file to each
        // process, so git is asked on every build: nothing in .git, whose files come and go, is sure to change with
        // every commit, and a prebuild command is left out while the plan of the build stays. The script leaves an
        // output that still holds as it is, and nothing that reads it is compiled again.
        let differsInEachProcess = URL(filePath: "/proc/self/stat")
        return [
            .buildCommand(
                displayName: "Embed the commit", executable: URL(filePath: "/bin/sh"),
                arguments: [script.path, package.path, output.path], inputFiles: [script, differsInEachProcess],
                outputFiles: [output])
        ]
    }
}
