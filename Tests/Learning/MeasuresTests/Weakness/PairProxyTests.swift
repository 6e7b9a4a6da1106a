import Measures
import Networks
import Testing

@Suite struct PairProxyTests {
    /// Features handed over as they are: without a hidden layer they are the inputs.
    private func measured(
        width: Int, classes: Int, features: [Float], labels: [Int], probes: [Float]
    ) -> MeasuredValue {
        let training = LabelledPoints(inputs: features, labels: labels.map { UInt8($0) }, inputSize: width)
        return PairProxy().evaluate(
            Subject(.random([width, classes]), training: training, probes: probes))
    }

    @Test("The value is the number of feasible pairs, with none undecided", arguments: LabellingFixtures.problems)
    func counts(fixture: LabellingFixtures.Problem) {
        let value = measured(
            width: fixture.width, classes: fixture.classes, features: fixture.features.map { Float($0) / 16 },
            labels: fixture.labels, probes: fixture.probes.map { Float($0) / 16 })
        let pairs = fixture.feasible.joined()
        #expect(value.status == .ok)
        #expect(value.value == Double(pairs.count { $0 == "1" }))
        #expect(value.effort == pairs.count / fixture.classes)
        if !fixture.separable { #expect(value.standardError == 0 && value.details["between_halves"] == 0) }
        #expect(value.details["undecided"] == 0)
        if fixture.separable {
            #expect(value.details["infeasible"] == Double(pairs.count { $0 == "0" }))
            #expect(value.reason == nil)
        }
    }

    @Test("Training points that no classifier separates count zero, and the reason says so")
    func inseparable() {
        let value = measured(width: 1, classes: 2, features: [1, 2, 3], labels: [0, 1, 0], probes: [0, 5])
        #expect(value.value == 0)
        #expect(value.status == .ok)
        #expect(value.reason?.contains("not linearly separable") == true)
    }

    @Test("Features are those after the last hidden ReLU")
    func features() {
        // One hidden unit, max(0, x): all of class 0 lies at 0 and class 1 at 2, so probes below 0 can only be class 0.
        let network = Network(architecture: Architecture(widths: [1, 1, 2]), parameters: [1, 0, 1, -1, 0, 0])
        let training = LabelledPoints(inputs: [-5, 0, 2], labels: [0, 0, 1], inputSize: 1)
        let value = PairProxy.value(Subject(network, training: training, probes: [-9, -1, 0, 1, 3]))
        #expect(value == 6)
    }

    @Test("More than 64 units are undefined with a reason; 64 are not")
    func width() {
        func measured(width: Int) -> MeasuredValue {
            let features = (0..<2).flatMap { point in (0..<width).map { Float($0 == point ? 1 : 0) } }
            return self.measured(width: width, classes: 2, features: features, labels: [0, 1], probes: features)
        }
        #expect(measured(width: 64).value == 2)
        let wide = measured(width: 65)
        #expect(wide.status == .undefined)
        #expect(wide.value == nil)
        #expect(wide.reason?.contains("65") == true)
        #expect(wide.reason?.contains("64") == true)
    }

    @Test("Without probes it is undefined, and the reason says what to add")
    func noProbes() {
        let value = measured(width: 1, classes: 2, features: [1, 2], labels: [0, 1], probes: [])
        #expect(value.status == .undefined)
        #expect(value.reason?.contains("probes") == true)
    }

    @Test("Features that are not finite are undefined", arguments: [Float.nan, .infinity])
    func notFinite(value: Float) {
        #expect(
            measured(width: 1, classes: 2, features: [1, value], labels: [0, 1], probes: [1]).status == .undefined)
        #expect(
            measured(width: 1, classes: 2, features: [1, 2], labels: [0, 1], probes: [value]).status == .undefined)
    }
}
