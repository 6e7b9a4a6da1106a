import Statistics
import Testing

@Suite struct EachAtOnceTests {
    @Test(
        "Results stand in the order of the elements, however many are worked on at a time",
        arguments: [0, 1, 1 << 20, 1 << 28, 1 << 40])
    func order(bytes: Int) {
        for count in [0, 1, 2, 57] {
            let elements = Array(0..<count)
            #expect(eachAtOnce(elements, holding: bytes) { $0 * $0 - 7 } == elements.map { $0 * $0 - 7 })
        }
    }
}
