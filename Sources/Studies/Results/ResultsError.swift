import Diagnostics
import Digests
import Foundation
import GRDB

/// What a user can mend about a results file: its path, its folder, its disk, its schema.
public enum ResultsError: RequestError, Equatable {
    /// There is no file to read.
    case missing(path: String)
    case folderMissing(path: String)
    case isFolder(path: String)
    /// A pipe, a socket or a device.
    case notRegular(path: String)
    /// A file without content, as a run leaves it that was killed at its very first write.
    case empty(path: String)
    /// The file was renamed, removed or replaced while it was open.
    case moved(path: String)
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
    /// Rows that are not what was written, or not all of it.
    case damagedRows(path: String, Damage)
    /// The weights of one model do not read as a network.
    case damagedWeights(path: String, study: String, label: String, reason: String)
    /// A model stands at a position that its study does not have.
    case beyondPlan(path: String, study: String, label: String, position: Int, count: Int)
    /// A run that goes on was found dead by another one, which may work on its positions now.
    case runEnded(path: String, run: RunRecord.ID)
    case unknownStudy(name: String, path: String, suggestion: String)
    /// A study file whose definition is that of no version in the results file.
    case neverRun(file: String, study: String, path: String, versions: Int)
    case unknownVersion(study: String, version: Int, newest: Int)
    /// A measure's name that the view `models` uses for something else.
    case measureName(String, reason: String)

    public var exitStatus: Int32 {
        switch self {
        case .moved, .diskFull, .diskFailed, .busy, .damaged, .damagedRows, .damagedWeights, .beyondPlan, .runEnded: 1
        default: 2
        }
    }

    public var description: String {
        switch self {
        case .missing(let path):
            "There is no results file '\(path)'. 'basin run STUDY' makes one; --db or BASIN_DB names another."
        case .folderMissing(let path):
            "The folder of '\(path)' does not exist. Make it first, or name another file with --db."
        case .isFolder(let path):
            "'\(path)' is a folder; --db takes a file."
        case .notRegular(let path):
            "'\(path)' is a pipe, a socket or a device; --db takes a file."
        case .empty(let path):
            "'\(path)' is empty: no study has been run into it. 'basin run STUDY --db FILE' does that."
        case .moved(let path):
            "'\(path)', or the log beside it, was moved, removed or replaced while this command wrote to it. What was "
                + "recorded before is in the file that lay there, wherever it is now; nothing was written to what lies "
                + "there instead. Put the file back, or name it with --db, and run the same command again to continue."
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
            "'\(path)' is damaged (\(message)). Take it from a copy; 'sqlite3 FILE .dump' prints what still reads."
        case .damagedRows(let path, let damage):
            "'\(path)' is damaged, or was changed by another program: \(damage.description). Nothing was computed from "
                + "it. Take the file from a copy; 'basin check --db FILE' lists all such rows, and says how to go on."
        case .damagedWeights(let path, let study, let label, let reason):
            "The weights of '\(label)' of the study '\(study)' in '\(path)' are damaged: \(reason). Take the "
                + "file from a copy, or let 'basin check --db FILE' remove what is damaged."
        case .beyondPlan(let path, let study, let label, let position, let count):
            "'\(path)' has a model '\(label)' at position \(position) of '\(study)', which has \(count) models, from 0 "
                + "to \(count - 1). Another program wrote it, or the file is damaged: take it from a copy, or run the "
                + "study into a new one (--db)."
        case .runEnded(let path, let run):
            "Run \(run) in '\(path)' did not report for \(Int(ResultsStore.heartbeatLimit)) seconds and was "
                + "taken for dead. What it recorded is kept; run the same command again to continue."
        case .unknownStudy(let name, let path, let suggestion):
            "'\(path)' holds no study '\(name)'. \(suggestion)"
        case .neverRun(let file, let study, let path, 0):
            "'\(path)' holds no study '\(study)': '\(file)' was never run into it. 'basin run \(file)' does that."
        case .neverRun(let file, let study, let path, let versions):
            "'\(path)' holds \(versions == 1 ? "another definition" : "\(versions) other definitions") of the study "
                + "'\(study)' than '\(file)', which was never run into it. 'basin run \(file)' does that; "
                + "'\(study)' without a path means the newest that was run."
        case .unknownVersion(let study, let version, let newest):
            "The study '\(study)' has no version \(version); its versions go from 1 to \(newest)."
        case .measureName(let name, let reason):
            "A measure cannot be called '\(name)': \(reason)."
        }
    }

    /// What SQLite's error means to a user, or the error itself when it is a fault of this program.
    static func translate(_ error: any Error, path: String) -> any Error {
        if let error = error as? RowDecodingError {
            return ResultsError.damaged(path: path, message: "\(error)")
        }
        if let error = error as? UnusableRow {
            return ResultsError.damaged(path: path, message: error.description)
        }
        if let error = error as? UnreadableJSON {
            return ResultsError.damaged(path: path, message: error.description)
        }
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
        case .SQLITE_ERROR, .SQLITE_SCHEMA, .SQLITE_MISMATCH, .SQLITE_CONSTRAINT, .SQLITE_TOOBIG, .SQLITE_FORMAT:
            // Basin's own statements fit its tables; so the tables are others, or hold what they must not hold.
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
