import Measures
import Networks
import Parameters
import Testing

@Suite struct AdaptiveSharpnessWorstTests {
    private let network = Network.random([4, 6, 3], seed: 11)
    private let points = LabelledPoints.random(25, inputSize: 4, classCount: 3, seed: 3)

    private func worst(_ points: LabelledPoints, _ options: [String: ParameterValue] = [:]) throws -> Double {
        try #require(AdaptiveSharpnessWorst.value(Subject(network, training: points), stating: options))
    }

    @Test("In batches it is the mean of what each batch has alone, and more than all have together")
    func batches() throws {
        for norm in ["linf", "l2"] {
            let norm: [String: ParameterValue] = ["norm": .word(norm)]
            let found = try worst(points, norm.merging(["batch": .integer(10)]) { $1 })
            let alone = try [0..<10, 10..<20, 20..<25].map { part in
                try Double(part.count) * worst(points.part(part), norm)
            }
            #expect(abs(found - alone.reduce(0, +) / 25) < 1e-12)
            #expect(try found > worst(points, norm))
        }
    }

    @Test("A batch of all points, or of more, is none")
    func whole() throws {
        for batch in [25, 26] { #expect(try worst(points, ["batch": .integer(batch)]) == worst(points)) }
    }
}
