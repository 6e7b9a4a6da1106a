/// The four files of a dataset, by the names that MNIST gave them.
public enum DatasetFile: String, CaseIterable, Sendable {
    case trainImages = "train-images-idx3-ubyte"
    case trainLabels = "train-labels-idx1-ubyte"
    case testImages = "t10k-images-idx3-ubyte"
    case testLabels = "t10k-labels-idx1-ubyte"

    /// Name of the plain file.
    public var name: String { rawValue }
    /// Names of the plain file: its own, and that with a dot, which some archives give it (`train-images.idx3-ubyte`).
    var spellings: [String] { [name, name.replacing("-idx", with: ".idx")] }
    /// Name of the file packed with gzip, as mirrors serve it.
    public var packedName: String { rawValue + ".gz" }
}
