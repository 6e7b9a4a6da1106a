import Networks
import Testing

@Suite struct LabelledPointsTests {
    @Test("A pixel is its byte divided by 255 in float32, for every byte")
    func pixels() {
        let points = LabelledPoints(
            pixels: Array(0...255), labels: [UInt8](repeating: 1, count: 64), inputSize: 4, at: 0..<64)
        #expect(points.inputs == (0...255).map { Float($0) / 255 })
    }

    @Test("Points come in the order asked for, each with its own label")
    func indices() {
        let points = LabelledPoints(
            pixels: [0, 51, 102, 153, 204, 255], labels: [7, 8, 9], inputSize: 2, at: [2, 0, 2])
        #expect(points.inputs == [0.8, 1, 0, 0.2, 0.8, 1])
        #expect(points.labels == [9, 7, 9])
        #expect(points.count == 3)
    }

    @Test("Selected points come in the order asked for, each with its own label")
    func selected() {
        let points = LabelledPoints(inputs: [1, 2, 3, 4, 5, 6], labels: [7, 8, 9], inputSize: 2).selected([2, 0, 2])
        #expect(points.inputs == [5, 6, 1, 2, 5, 6])
        #expect(points.labels == [9, 7, 9])
    }
}
