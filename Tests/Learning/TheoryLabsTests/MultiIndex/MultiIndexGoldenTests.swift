import LinearAlgebra
import Randomness
import Testing
import TheoryLabs

/// X_ij = 1.3 sin(.61 (i+1) (j+1) + .4 i), d = 6, n = 5, teacher e1 and e2: values computed apart in NumPy.
///
/// The quadratic teacher's S_5 is stated as 52.817117783 elsewhere; in 40 digits its formula gives 52.8171177927369.
@Suite struct MultiIndexGoldenTests {
    struct Golden: Sendable {
        let activation: HomogeneousActivation
        let memoriserTrace, memoriserOrbit, teacherOrbit, memoriserSplit, teacherSplit, memoriserRisk: Double
    }

    static let table = [
        Golden(
            activation: .relu, memoriserTrace: 22.372094914854, memoriserOrbit: 10.906376470165,
            teacherOrbit: 11.551835557874,
            memoriserSplit: 10.906376470165, teacherSplit: 11.551835557874, memoriserRisk: 169.36975437),
        Golden(
            activation: .squaredReLU, memoriserTrace: 105.82203847530, memoriserOrbit: 45.689937212831,
            teacherOrbit: 43.112595600343, memoriserSplit: 40.347861007, teacherSplit: 31.573924785,
            memoriserRisk: 9129.759209),
        Golden(
            activation: .quadratic, memoriserTrace: 259.09291767053, memoriserOrbit: 84.561589169684,
            teacherOrbit: 71.689034520676, memoriserSplit: 78.201944018, teacherSplit: 52.817117792737,
            memoriserRisk: 8162.218349),
    ]

    @Test(
        "The instance of sines has its published traces, orbit minima, splittings and population losses",
        arguments: table)
    func values(_ golden: Golden) throws {
        let problem = MultiIndexProblem(
            golden.activation, inputs: .sines, dimension: 6, samples: 5, indices: 2, stream: NativeStream(seed: 0))
        let memoriser = try problem.memoriser()
        let (own, teacher) = (
            NeuronTraces(memoriser, on: problem.inputs), NeuronTraces(problem.teacher, on: problem.inputs)
        )
        #expect(relativeDifference(own.trace, golden.memoriserTrace) < 1e-12)
        #expect(
            relativeDifference(memoriser.riskTrace(problem.inputs, labels: problem.labels), golden.memoriserTrace)
                < 1e-12)
        #expect(relativeDifference(own.orbitTrace, golden.memoriserOrbit) < 1e-12)
        #expect(relativeDifference(teacher.orbitTrace, golden.teacherOrbit) < 1e-12)
        #expect(relativeDifference(own.splitTrace(width: 5), golden.memoriserSplit) < 1e-10)
        #expect(relativeDifference(teacher.splitTrace(width: 5), golden.teacherSplit) < 1e-10)
        #expect(relativeDifference(memoriser.gaussianRisk(against: problem.teacher), golden.memoriserRisk) < 1e-9)
    }

    @Test("The constants are 4 and 3.77976")
    func constants() {
        let inputs = normalMatrix(3, 2, "inputs")
        func constant(_ activation: HomogeneousActivation) -> Double {
            NeuronTraces(normalNetwork(activation, width: 1, dimension: 2), on: inputs).constant
        }
        #expect(constant(.relu) == 4)
        #expect(abs(constant(.quadratic) - 3.77976) < 5e-6)
        #expect(constant(.squaredReLU) == constant(.quadratic))
    }
}
