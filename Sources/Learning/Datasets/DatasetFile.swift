/// The four files of a dataset, by the names that MNIST gave them.
public enum DatasetFile: String, CaseIterable, Sendable {
    case trainImages = "train-images-idx3-ubyte"
    case trainLabels = "train-labels-idx1-ubyte"
    case testImages = "t10k-images-idx3-ubyte"
    case testLabels = "t10k-labels-idx1-ubyte"

    /// Name of the plain file.
    public var name: String { rawValue }
    /// Names of the plain file in a folder: its own, that with `test` for `t10k`, either behind the folder's name (as
    /// EMNIST's `emnist-letters-test-images-idx3-ubyte`); and each with a dot, as some archives have it
    /// (`train-images.idx3-ubyte`).
    func spellings(in folder: String) -> [String] {
        let names = [name] + (name.hasPrefix("t10k") ? [name.replacing("t10k", with: "test")] : [])
        return (names + names.map { "\(folder)-\($0)" }).flatMap { [$0, $0.replacing("-idx", with: ".idx")] }
    }
    /// Name of the file packed with gzip, as mirrors serve it.
    public var packedName: String { rawValue + ".gz" }
}
