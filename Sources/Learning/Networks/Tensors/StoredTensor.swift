import Diagnostics

/// A named array of numbers as a file of weights holds it: bytes, until its values are asked for.
public struct StoredTensor: Sendable {
    public let name: String
    public let shape: [Int]
    /// Nil for numbers that are no weights.
    public let type: TensorType?
    /// What the file calls the type, as "F32" or "<f4".
    public let typeName: String
    /// Whether the first index runs fastest, as NumPy keeps a transposed array; else the last does.
    public let isColumnMajor: Bool
    public let isBigEndian: Bool
    private let bytes: ArraySlice<UInt8>

    /// - Parameter bytes: as many as shape and type say, where there is a type.
    public init(
        name: String, shape: [Int], type: TensorType?, typeName: String, isColumnMajor: Bool = false,
        isBigEndian: Bool = false, bytes: ArraySlice<UInt8>
    ) {
        precondition(
            type.map { bytes.count == shape.reduce($0.size, *) } ?? true, "bytes that are not those of the shape")
        self.name = name
        self.shape = shape
        self.type = type
        self.typeName = typeName
        self.isColumnMajor = isColumnMajor
        self.isBigEndian = isBigEndian
        self.bytes = bytes
    }

    /// How many bytes so many numbers take; nil for a shape that has a negative side or is too large for any file.
    public static func byteCount(shape: [Int], size: Int) -> Int? {
        var count = size
        for side in shape {
            guard side >= 0 else { return nil }
            let (product, overflows) = count.multipliedReportingOverflow(by: side)
            if overflows { return nil }
            count = product
        }
        return count
    }

    /// Its numbers, row-major, whatever they are.
    ///
    /// - Precondition: it has a type.
    func numbers() -> [Float] {
        guard let type else { preconditionFailure("'\(name)' holds no numbers that are weights") }
        let count = shape.reduce(1, *)
        let numbers = bytes.withUnsafeBytes { type.numbers($0, count: count, isBigEndian: isBigEndian) }
        guard isColumnMajor, shape.count == 2 else { return numbers }
        return Self.transposed(numbers, rows: shape[1], columns: shape[0])
    }

    /// Its numbers, row-major, each of which a network can compute with.
    ///
    /// - Throws: `TensorError` for another type, and with the place of the first number that is not finite in float32.
    func weights() throws(TensorError) -> [Float] {
        guard type != nil else {
            throw TensorError(
                tensor: name,
                "holds \(typeName): weights are \(TensorType.allCases.map(\.rawValue).joined(separator: ", ")). "
                    + "Convert it before saving, as with .float() in PyTorch or .astype('float32') in NumPy")
        }
        let numbers = numbers()
        guard let place = numbers.firstIndex(where: { !$0.isFinite }) else { return numbers }
        let number = numbers[place]
        let isRounded = type == .float64 && !number.isNaN
        let what =
            isRounded
            ? "a number that is infinite in float32, in which networks compute," : number.isNaN ? "NaN" : "\(number)"
        throw TensorError(
            tensor: name,
            "holds \(what) at \(index(of: place)): a network of such weights computes nothing. Leave "
                + "it out")
    }

    /// A matrix with rows and columns changed.
    static func transposed(_ numbers: [Float], rows: Int, columns: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: numbers.count) { result, filled in
            for row in 0..<rows {
                for column in 0..<columns {
                    result.initializeElement(at: column * rows + row, to: numbers[row * columns + column])
                }
            }
            filled = numbers.count
        }
    }

    /// Where a number stands, by its place: [3, 5].
    private func index(of place: Int) -> [Int] {
        var (rest, index) = (place, [Int]())
        for side in shape.reversed() {
            index.insert(rest % side, at: 0)
            rest /= side
        }
        return index
    }
}
