import Buffers
import Testing

@Suite("Aligned memory")
struct AlignedMemoryTests {
    @Test("Memory lies on a cache line's boundary and holds its values", arguments: [0, 1, 7, 64, 1000])
    func alignment(count: Int) {
        let repeated = AlignedMemory(repeating: 2.5, count: count)
        #expect(UInt(bitPattern: repeated.pointer) % 64 == 0)
        #expect(repeated.values(0..<count) == [Double](repeating: 2.5, count: count))
        let zeros = AlignedMemory<Float>(zeros: count)
        #expect(UInt(bitPattern: zeros.pointer) % 64 == 0)
        #expect(zeros.count == count && zeros.values(0..<count).allSatisfy { $0 == 0 })
        let numbers = (0..<count).map { Int32($0) }
        let copied = AlignedMemory(numbers)
        #expect(UInt(bitPattern: copied.pointer) % 64 == 0)
        #expect(copied.count == count)
        #expect(copied.values(0..<count) == numbers)
        #expect(copied.values(count / 2..<count) == Array(numbers[(count / 2)...]))
    }
}
