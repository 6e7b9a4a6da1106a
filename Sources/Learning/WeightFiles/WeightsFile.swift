import Datasets
import Diagnostics
import Foundation
import Networks

/// A file of weights that another program wrote, and what of it is a network.
///
/// The format is told by the content: safetensors, or NumPy's `.npz`.
public struct WeightsFile: Sendable, Hashable {
    public let path: String
    public let layers: LayerTensors
    /// What follows each hidden layer.
    public let activation: Activation

    public init(path: String, layers: LayerTensors = LayerTensors(), activation: Activation) {
        self.path = path
        self.layers = layers
        self.activation = activation
    }

    /// The most bytes that a file may have, and that it may unpack to: 16 networks of the widest shape that studies
    /// train.
    public static let mostBytes = 4 << 30

    /// Reads the network.
    ///
    /// - Throws: `WeightsFileError`.
    /// - Complexity: O(bytes), all of which are in memory meanwhile.
    public func network() throws(WeightsFileError) -> Network {
        let tensors = try self.tensors()
        do {
            return try layers.network(of: tensors, activation: activation)
        } catch {
            throw WeightsFileError(path: path, tensor: error.tensor, reason: error.reason)
        }
    }

    /// All tensors of the file, as yet bytes.
    ///
    /// - Throws: `WeightsFileError` for a file that cannot be read, or is of no such format.
    public func tensors() throws(WeightsFileError) -> [StoredTensor] {
        let bytes = try bytes()
        if let other = OtherFormat(bytes) { throw failure(other.reason) }
        if bytes.starts(with: ZipArchive.magic) { return try arrays(bytes) }
        do {
            return try Safetensors(bytes).tensors
        } catch {
            throw failure(
                "these weights \(error.reason). Weights are a safetensors file or a NumPy .npz; if it is one, copy it "
                    + "again")
        }
    }

    private func failure(_ reason: String, tensor: String? = nil) -> WeightsFileError {
        WeightsFileError(path: path, tensor: tensor, reason: reason)
    }

    private func bytes() throws(WeightsFileError) -> [UInt8] {
        do {
            let file = try RegularFile(reading: path)
            guard file.length <= Self.mostBytes else { throw failure("has more than \(Self.mostBytes >> 30) GiB") }
            var bytes = [UInt8](repeating: 0, count: file.length)
            var filled = 0
            while filled < bytes.count {
                let count = try bytes.withUnsafeMutableBytes { buffer in
                    try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
                }
                if count == 0 { break }
                filled += count
            }
            bytes.removeLast(bytes.count - filled)
            return bytes
        } catch let error as WeightsFileError {
            throw error
        } catch let error as FileFailure {
            throw failure(
                "cannot be read: \(String(cString: strerror(error.code))). Its path is relative to the index that "
                    + "names it"
            )
        } catch {
            throw failure("cannot be read: \(error)")
        }
    }

    /// The arrays of a NumPy archive.
    private func arrays(_ bytes: [UInt8]) throws(WeightsFileError) -> [StoredTensor] {
        var tensors: [StoredTensor] = []
        do {
            let archive = try ZipArchive(bytes)
            guard archive.members.contains(where: { $0.name.hasSuffix(Self.ending) }) else {
                throw ZipArchive.Failure(reason: OtherFormat.archive(archive.members.map(\.name)).reason)
            }
            for member in archive.members where !member.name.hasSuffix("/") {
                let name = member.name.hasSuffix(Self.ending) ? String(member.name.dropLast(4)) : member.name
                do {
                    tensors.append(try NPYArray.tensor(try archive.bytes(of: member), name: name))
                } catch let error as NPYArray.Failure {
                    throw failure(error.reason, tensor: name)
                }
            }
        } catch let error as ZipArchive.Failure {
            throw failure(error.reason)
        } catch let error as WeightsFileError {
            throw error
        } catch {
            throw failure("\(error)")
        }
        return tensors
    }

    private static let ending = ".npy"
}
