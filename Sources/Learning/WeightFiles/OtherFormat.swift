/// A format of weights that Basin does not read, and how to get one that it does.
enum OtherFormat {
    /// One array of NumPy's.
    case array
    /// HDF5, as Keras's `.h5`.
    case hdf5
    /// Python's pickle, as PyTorch wrote before its archives.
    case pickle
    /// A zip archive without NumPy arrays, by its members' names.
    case archive([String])

    /// Nil for what may be safetensors or a zip archive.
    init?(_ bytes: [UInt8]) {
        if bytes.starts(with: NPYArray.magic) {
            self = .array
        } else if bytes.starts(with: [0x89] + Array("HDF\r\n".utf8)) {
            self = .hdf5
        } else if bytes.first == 0x80, bytes.count > 1, (2...5).contains(bytes[1]), bytes.last == UInt8(ascii: ".") {
            self = .pickle
        } else {
            return nil
        }
    }

    /// A predicate with the way out.
    var reason: String {
        switch self {
        case .array: "is a single NumPy array: save all of a network's with numpy.savez('w.npz', W1=W1, b1=b1)"
        case .archive where isKeras: "is a Keras file: \(Self.wayFromKeras)"
        case .hdf5: "is an HDF5 file: \(Self.wayFromKeras)"
        case .pickle: "is a pickle, which may run any program: \(Self.wayFromTorch)"
        case .archive(let names) where names.contains(where: { $0.hasSuffix("data.pkl") }):
            "is a PyTorch checkpoint, whose pickle may run any program: \(Self.wayFromTorch)"
        case .archive: "is a zip archive without NumPy arrays (.npy): weights are a safetensors file or a NumPy .npz"
        }
    }

    private var isKeras: Bool {
        if case .archive(let names) = self { names.contains { $0.hasSuffix(".weights.h5") } } else { false }
    }

    private static let wayFromTorch = "save safetensors.torch.save_file(model.state_dict(), 'w.safetensors')"
    private static let wayFromKeras = "save numpy.savez('w.npz', *model.get_weights())"
}
