import Glibc

/// The folder from which relative paths are seen.
public enum WorkingDirectory {
    /// A path as seen from the working directory.
    ///
    /// - Throws: `NoWorkingDirectory` for a relative path where the working directory was deleted: whatever the system
    ///   would take in its place, such as the root folder, is not what was meant.
    public static func absolutePath(_ path: String) throws(NoWorkingDirectory) -> String {
        if path.hasPrefix("/") { return path }
        guard let current else { throw NoWorkingDirectory(path: path) }
        return "\(current)/\(path)"
    }

    /// Its path; nil where there is none.
    public static var current: String? {
        guard let found = getcwd(nil, 0) else { return nil }
        defer { free(found) }
        let path = String(cString: found)
        return path.hasPrefix("/") ? path : nil
    }
}

/// A relative path in a working directory that is gone.
public struct NoWorkingDirectory: RequestError, Equatable {
    public let path: String

    public init(path: String) { self.path = path }

    public var description: String {
        """
        '\(path)' is looked for in the working directory, and there is none: it was deleted. Go to another folder, or \
        give a path that begins with /.
        """
    }
}
