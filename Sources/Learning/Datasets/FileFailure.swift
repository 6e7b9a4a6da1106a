import Diagnostics
import Foundation

/// The operating system refused something to do with a file: no such file, a full disk, a read-only folder.
public struct FileFailure: RequestError, Equatable {
    public enum Operation: String, Sendable {
        case read, write, lock
        case createFolder = "create the folder"
    }

    public let operation: Operation
    public let path: String
    /// The `errno` of the call that failed.
    public let code: Int32

    public init(_ operation: Operation, _ path: String, code: Int32 = errno) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    public var description: String {
        let advice =
            switch (operation, code) {
            case (.lock, EWOULDBLOCK): " Another process is at work there; wait until it is done."
            case (_, ENOSPC), (_, EDQUOT): " Free some space, or choose another folder."
            case (.write, EROFS), (.write, EACCES), (.createFolder, EROFS), (.createFolder, EACCES):
                " Choose a folder that you may write to."
            default: ""
            }
        return "Cannot \(operation.rawValue) \(path): \(String(cString: strerror(code))).\(advice)"
    }
}

/// Creates a folder and the folders above it where they are missing.
package func createFolder(_ path: String) throws {
    guard mkdir(path, 0o777) != 0 else { return }
    let code = errno
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
        guard isFolder.boolValue else { throw FileFailure(.createFolder, path, code: ENOTDIR) }
        return
    }
    let parent = (path as NSString).deletingLastPathComponent
    guard code == ENOENT, !parent.isEmpty, parent != path else {
        throw FileFailure(.createFolder, path, code: code)
    }
    try createFolder(parent)
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw FileFailure(.createFolder, path) }
}
