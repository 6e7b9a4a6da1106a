/// Memory for the length of an object's life, on cache-line boundaries, so that equal runs meet equal alignment.
///
/// For trivial element types. Hot loops read `pointer`; who made the object keeps it alive.
package final class AlignedMemory<Element> {
    package let pointer: UnsafeMutablePointer<Element>
    package let count: Int

    /// `count` copies of `value`; one is allocated even for none.
    package init(repeating value: Element, count: Int) {
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(1, count) * MemoryLayout<Element>.stride, alignment: 64)
        pointer = bytes.bindMemory(to: Element.self, capacity: max(1, count))
        pointer.initialize(repeating: value, count: max(1, count))
        self.count = count
    }

    /// Numbers whose bytes are all zero, by the system's own loop: in other modules `init(repeating:count:)` goes
    /// element by element.
    package convenience init(zeros count: Int) where Element: BitwiseCopyable {
        let size = max(1, count) * MemoryLayout<Element>.stride
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
        bytes.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        self.init(owning: bytes.bindMemory(to: Element.self, capacity: max(1, count)), count: count)
    }

    /// A copy of `values`.
    package convenience init(_ values: [Element]) where Element: BitwiseCopyable {
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(1, values.count) * MemoryLayout<Element>.stride, alignment: 64)
        self.init(owning: bytes.bindMemory(to: Element.self, capacity: max(1, values.count)), count: values.count)
        values.withUnsafeBytes {
            if let source = $0.baseAddress { bytes.copyMemory(from: source, byteCount: $0.count) }
        }
    }

    /// The same values in memory of their own.
    package func copy() -> AlignedMemory where Element: BitwiseCopyable {
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(1, count) * MemoryLayout<Element>.stride, alignment: 64)
        bytes.copyMemory(from: pointer, byteCount: max(1, count) * MemoryLayout<Element>.stride)
        return AlignedMemory(owning: bytes.bindMemory(to: Element.self, capacity: max(1, count)), count: count)
    }

    private init(owning pointer: UnsafeMutablePointer<Element>, count: Int) {
        self.pointer = pointer
        self.count = count
    }

    deinit { pointer.deallocate() }

    package func values(_ range: Range<Int>) -> [Element] {
        Array(UnsafeBufferPointer(start: pointer + range.lowerBound, count: range.count))
    }
}
