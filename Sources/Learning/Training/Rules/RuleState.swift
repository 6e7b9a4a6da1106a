/// What an update rule remembers of one network's training; all zero at the beginning.
public final class RuleState {
    private let memory: RuleMemory
    private let vectors: [String: ParameterVector]
    private var numbers: [String: Double]

    init(_ memory: RuleMemory, layout: TrainingLayout) {
        self.memory = memory
        vectors = Dictionary(
            uniqueKeysWithValues: (memory.vectors + memory.scratch).map { ($0, ParameterVector(zeros: layout)) })
        numbers = Dictionary(uniqueKeysWithValues: memory.numbers.map { ($0, 0) })
    }

    /// - Precondition: the rule's memory has a vector of this name, to remember or as scratch.
    public func vector(_ name: String) -> ParameterVector {
        guard let vector = vectors[name] else { preconditionFailure("the rule remembers no vector '\(name)'") }
        return vector
    }

    /// - Precondition: the rule's memory has a number of this name.
    public subscript(_ name: String) -> Double {
        get {
            guard let number = numbers[name] else { preconditionFailure("the rule remembers no number '\(name)'") }
            return number
        }
        set {
            precondition(numbers[name] != nil, "the rule remembers no number '\(name)'")
            numbers[name] = newValue
        }
    }

    // MARK: Bytes

    /// Everything remembered, little-endian: numbers as float64, then vectors as float32 in the network's own layout,
    /// each in the order in which the rule names them. Empty for a rule that remembers nothing.
    func bytes(in layout: TrainingLayout) -> [UInt8] {
        var bytes: [UInt8] = []
        for name in memory.numbers { append(self[name].bitPattern, to: &bytes) }
        for name in memory.vectors {
            for value in layout.parameters(of: vector(name)) { append(value.bitPattern, to: &bytes) }
        }
        return bytes
    }

    /// Takes over what `bytes(in:)` gave for a network of the same architecture.
    ///
    /// - Precondition: as many bytes as `RuleMemory.byteCount(of:)` says.
    func restore(_ bytes: [UInt8], in layout: TrainingLayout) {
        precondition(bytes.count == memory.byteCount(of: layout.architecture), "the state is another rule's")
        var rest = bytes[...]
        for name in memory.numbers { self[name] = Double(bitPattern: take(UInt64.self, from: &rest)) }
        for name in memory.vectors {
            let values = (0..<layout.architecture.parameterCount).map { _ in
                Float(bitPattern: take(UInt32.self, from: &rest))
            }
            vector(name).copy(layout.vector(of: values))
        }
    }

    private func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    private func take<Value: FixedWidthInteger>(_ type: Value.Type, from bytes: inout ArraySlice<UInt8>) -> Value {
        let size = MemoryLayout<Value>.size
        defer { bytes = bytes.dropFirst(size) }
        return bytes.prefix(size).reversed().reduce(0) { $0 << 8 | Value($1) }
    }
}
