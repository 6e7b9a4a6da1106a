import Diagnostics
import Foundation
import GRDB

/// What a user can mend about a results file: its path, its folder, its disk, its schema.
public enum ResultsError: RequestError, Equatable {
    /// There is no file to read.
    case missing(path: String)
    case folderMissing(path: String)
    case isFolder(path: String)
    /// The file's first bytes are not SQLite's.
    case notSQLite(path: String)
    /// An SQLite database, but another program's.
    case foreign(path: String)
    /// Written by a newer Basin.
    case newer(path: String, schema: Int, known: Int)
    /// Written by an older Basin, and only reading was asked for.
    case older(path: String, schema: Int, known: Int)
    /// The file or its folder cannot be written.
    case readOnly(path: String)
    case unreadable(path: String)
    /// The folder is read-only and holds a write-ahead log that SQLite cannot join from there.
    case pendingLog(path: String)
    case diskFull(path: String)
    case diskFailed(path: String, message: String)
    /// Another process kept the file locked for longer than the time limit.
    case busy(path: String)
    case damaged(path: String, message: String)
    /// The weights of one model do not read as a network.
    case damagedWeights(path: String, study: String, label: String, reason: String)
    /// A run that goes on was found dead by another one, which may work on its positions now.
    case runEnded(path: String, run: RunRecord.ID)
    case unknownStudy(name: String, path: String, suggestion: String)
    case unknownVersion(study: String, version: Int, newest: Int)
    /// A measure's name that the view `models` uses for something else.
    case measureName(String, reason: String)

    public var description: String {
        switch self {
        case .missing(let path):
            "There is no results file '\(path)'. 'basin run STUDY' makes one; --db or BASIN_DB names another."
        case .folderMissing(let path):
            "The folder of '\(path)' does not exist. Make it first, or name another file with --db."
        case .isFolder(let path):
            "'\(path)' is a folder; --db takes a file."
        case .notSQLite(let path):
            "'\(path)' is no SQLite database: its first 16 bytes are not 'SQLite format 3'. It was left as it is."
        case .foreign(let path):
            "'\(path)' is a database of another program. It was left as it is; name another file with --db."
        case .newer(let path, let schema, let known):
            "'\(path)' has schema \(schema), made by a newer Basin; this one knows schemas up to \(known). "
                + "It was left as it is: use the newer program or name another file with --db."
        case .older(let path, let schema, let known):
            "'\(path)' has schema \(schema), made by an older Basin; this one reads schema \(known). Any "
                + "command that writes brings it up to date and keeps all that is in it: 'basin run STUDY --db "
                + "FILE', on the file itself or on a copy in a folder that can be written."
        case .readOnly(let path):
            "'\(path)' or its folder cannot be written. Make them writable, or name another file with --db."
        case .unreadable(let path):
            "'\(path)' cannot be read. Check its permissions."
        case .pendingLog(let path):
            "'\(path)' was not closed by its last run, and its folder cannot be written, which SQLite needs to "
                + "read the rest from '\(path)-wal'. Copy both files to a folder that can be written and read them "
                + "there."
        case .diskFull(let path):
            "The disk that holds '\(path)' is full. Every model recorded before is kept; make room and run the same "
                + "command again to continue."
        case .diskFailed(let path, let message):
            "The disk that holds '\(path)' failed (\(message)). Every model recorded before is kept; once the "
                + "disk works, run the same command again to continue."
        case .busy(let path):
            "'\(path)' is locked by another process. Wait until it is done and run the same command again: nothing "
                + "recorded is lost."
        case .damaged(let path, let message):
            "'\(path)' is damaged (\(message)). 'sqlite3 FILE .recover' may save its rows into a new file."
        case .damagedWeights(let path, let study, let label, let reason):
            "The weights of '\(label)' of the study '\(study)' in '\(path)' are damaged (\(reason)). Take the "
                + "file from a copy, or run the study into a new results file (--db)."
        case .runEnded(let path, let run):
            "Run \(run) in '\(path)' did not report for \(Int(ResultsStore.heartbeatLimit)) seconds and was "
                + "taken for dead. What it recorded is kept; run the same command again to continue."
        case .unknownStudy(let name, let path, let suggestion):
            "'\(path)' holds no study '\(name)'. \(suggestion)"
        case .unknownVersion(let study, let version, let newest):
            "The study '\(study)' has no version \(version); its versions go from 1 to \(newest)."
        case .measureName(let name, let reason):
            "A measure cannot be called '\(name)': \(reason)."
        }
    }

    /// What SQLite's error means to a user, or the error itself when it is a fault of this program.
    static func translate(_ error: any Error, path: String) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        let message = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_FULL:
            return ResultsError.diskFull(path: path)
        case .SQLITE_IOERR:
            return hasRoom(path)
                ? ResultsError.diskFailed(path: path, message: message) : ResultsError.diskFull(path: path)
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            return ResultsError.readOnly(path: path)
        case .SQLITE_CANTOPEN:
            return access(path, R_OK) == 0 ? ResultsError.readOnly(path: path) : ResultsError.unreadable(path: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL:
            return ResultsError.busy(path: path)
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            return ResultsError.damaged(path: path, message: message)
        default:
            return error
        }
    }

    /// Whether the file's disk has room for a page of shared memory and a few of data. SQLite reports some writes that
    /// fail for lack of room as plain input/output errors.
    private static func hasRoom(_ path: String) -> Bool {
        var disk = statvfs()
        let folder = (path as NSString).deletingLastPathComponent
        guard statvfs(path, &disk) == 0 || statvfs(folder, &disk) == 0 else { return true }
        return UInt64(disk.f_bavail) * UInt64(disk.f_frsize) >= 1 << 16
    }
}
