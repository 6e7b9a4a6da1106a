/// The four files of a dataset, by the names that MNIST gave them.
public enum DatasetFile: String, CaseIterable, Sendable {
    case trainImages = "train-images-idx3-ubyte"
    case trainLabels = "train-labels-idx1-ubyte"
    case testImages = "t10k-images-idx3-ubyte"
    case testLabels = "t10k-labels-idx1-ubyte"

    /// Name of the plain file.
    public var name: String { rawValue }
    /// Name of the file packed with gzip, as mirrors serve it.
    public var packedName: String { rawValue + ".gz" }
}
