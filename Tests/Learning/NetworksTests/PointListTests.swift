import Networks
import Testing

@Suite struct PointListTests {
    private let list = PointList(
        pixels: [0, 51, 102, 153, 204, 255, 1, 2], labels: [7, 8, 9, 3], inputSize: 2, at: [3, 0, 2, 0])

    @Test("A block is the points of a range with their own labels, pixels as byte / 255")
    func block() {
        let block = list.block(1..<4)
        #expect(block.inputs == [0, 0.2, 0.8, 1, 0, 0.2])
        #expect(block.labels == [7, 9, 7])
        #expect(block.inputSize == 2)
        #expect(list.block(2..<2).count == 0)
    }

    @Test("The list knows its length, its labels and its images, and all points are the widest block")
    func whole() {
        #expect(list.count == 4)
        #expect(list.labels == [3, 7, 9, 7])
        #expect(list.indices == [3, 0, 2, 0])
        #expect(list.points.inputs == list.block(0..<4).inputs)
        #expect(list.points.labels == list.labels)
    }

    @Test("A pixel is its byte divided by 255 in float32, for every byte")
    func pixels() {
        let list = PointList(pixels: Array(0...255), labels: [UInt8](repeating: 1, count: 64), inputSize: 4, at: 0..<64)
        #expect(list.block(0..<64).inputs == (0...255).map { Float($0) / 255 })
    }

    @Test("A list of no points has none")
    func none() {
        #expect(PointList.none(inputSize: 3).count == 0)
        #expect(PointList.none(inputSize: 3).points.inputs.isEmpty)
    }
}
