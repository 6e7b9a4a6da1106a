import Diagnostics
import Foundation

/// What the command finds around itself: environment variables, the working directory, its own executable.
///
/// Handed over as a value, so that whatever looks for files can be tried in any surroundings.
public struct Surroundings: Sendable {
    public var variables: [String: String]
    /// Nil where it was deleted.
    public var workingDirectory: String?
    /// Path of the running executable, if the system tells it.
    public var executable: String?

    public init(variables: [String: String], workingDirectory: String?, executable: String?) {
        self.variables = variables
        self.workingDirectory = workingDirectory
        self.executable = executable
    }

    /// Those of this process.
    public static var current: Surroundings {
        Surroundings(
            variables: ProcessInfo.processInfo.environment,
            workingDirectory: WorkingDirectory.current,
            executable: try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    }

    /// A variable that is set to something.
    public subscript(variable: String) -> String? {
        variables[variable].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A path as seen from the working directory, with a leading `~` replaced by the home folder.
    ///
    /// - Throws: `NoWorkingDirectory` for a relative path where there is none.
    public func absolutePath(_ path: String) throws(NoWorkingDirectory) -> String {
        if path.hasPrefix("/") { return path }
        if path == "~" || path.hasPrefix("~/"), let home = self["HOME"] { return home + path.dropFirst() }
        guard let workingDirectory else { throw NoWorkingDirectory(path: path) }
        return "\(workingDirectory)/\(path)"
    }
}

package func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
}
