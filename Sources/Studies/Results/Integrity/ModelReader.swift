import Digests
import GRDBSQLite

/// Makes models of rows that have the checked columns of `model` and their checksum, and holds each against it.
///
/// Every column is read once, as the kind that the table allows; another kind does not verify.
struct ModelReader {
    /// Counts what was taken.
    private(set) var seal = Seal()
    private let checksum = Checksum()

    /// The model on whose row the statement stands; nil where it does not verify.
    mutating func take(_ row: OpaquePointer) -> ModelRecord? {
        let id = integer(row, 0)
        let study = integer(row, 1)
        let run = integer(row, 2)
        let position = integer(row, 3)
        let label = text(row, 4)
        let digest = text(row, 5)
        let trainingDigest = text(row, 6)
        let variant = text(row, 7)
        let seed = integer(row, 8)
        let regime = text(row, 9)
        let hyperparameters = text(row, 10)
        _ = text(row, 11)
        let reason = text(row, 12)
        let epochs = integer(row, 13)
        let seconds = sqlite3_column_double(row, 14)
        checksum.append(seconds)
        let weightsDigest = text(row, 15)
        _ = integer(row, 16)
        let written = sqlite3_column_int64(row, 17)
        guard checksum.finish() == written, let id, let study, let run, let position, let label, let digest,
            let hyperparameters
        else { return nil }
        seal = seal + Seal(rows: 1, checksum: written)
        return ModelRecord(
            id: .init(id), studyID: .init(study), runID: .init(run), position: Int(position), label: label,
            digest: digest, trainingDigest: trainingDigest ?? digest, variant: variant,
            seed: seed.map(UInt64.init(bitPattern:)), regime: regime, hyperparameters: hyperparameters,
            outcome: reason.map { .failed(reason: $0) } ?? .trained, epochs: epochs.map(Int.init), seconds: seconds,
            weightsDigest: weightsDigest)
    }

    private func integer(_ row: OpaquePointer, _ column: CInt) -> Int64? {
        guard sqlite3_column_type(row, column) != SQLITE_NULL else {
            checksum.appendNull()
            return nil
        }
        let value = sqlite3_column_int64(row, column)
        checksum.append(value)
        return value
    }

    private func text(_ row: OpaquePointer, _ column: CInt) -> String? {
        guard let start = sqlite3_column_text(row, column) else {
            checksum.appendNull()
            return nil
        }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(row, column)))
        checksum.append(text: bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
