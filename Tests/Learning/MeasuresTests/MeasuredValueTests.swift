import Measures
import Networks
import Testing

@Suite struct MeasuredValueTests {
    @Test("A finite value is ok, exact unless it says otherwise")
    func finite() {
        let value = MeasuredValue(2.5, effort: 3)
        #expect(value.value == 2.5)
        #expect(value.status == .ok)
        #expect(value.standardError == 0)
        #expect(value.effort == 3)
        #expect(value.reason == nil)
        #expect(MeasuredValue(1, standardError: 0.5, note: "a note").reason == "a note")
    }

    @Test(
        "A value or an error that is not finite becomes undefined, with its reason",
        arguments: [
            (Double.nan, 0.0), (.infinity, 0), (-.infinity, 0), (1, .nan), (1, .infinity),
        ])
    func notFinite(value: Double, error: Double) {
        let measured = MeasuredValue(value, standardError: error)
        #expect(measured.value == nil)
        #expect(measured.status == .undefined)
        #expect(measured.standardError == 0)
        #expect(measured.reason?.isEmpty == false)
    }

    @Test(
        "No measure gives a NaN, whatever is wrong with the network",
        arguments: [
            Float.nan, .infinity, -.infinity, .greatestFiniteMagnitude,
        ])
    func brokenNetworks(weight: Float) {
        let sound = Network.random([3, 4, 4, 3])
        let points = LabelledPoints.random(12, inputSize: 3, classCount: 3)
        for layer in sound.architecture.layers {
            for index in [layer.weightOffset, layer.biasOffset] {
                var network = sound
                network.parameters[index] = weight
                let subject = Subject(
                    network, training: points, test: points, unseen: .random(12, inputSize: 3, classCount: 3),
                    probes: points.inputs)
                for measure in MeasureCatalogue.population.map({ $0.init() }) {
                    let kept = [network, sound].map { other in
                        measure.keep(Subject(other, training: points, unseen: subject.unseen))
                    }
                    let members = kept.enumerated().map { PopulationMember(kept: $1, network: "\($0)") }
                    for measured in measure.evaluate(members) {
                        #expect((measured.value == nil) == (measured.status != .ok))
                        #expect(measured.value?.isFinite != false)
                    }
                }
                for measure in MeasureCatalogue.all {
                    let measured = measure.init().evaluate(subject)
                    #expect((measured.value == nil) == (measured.status != .ok), "\(measure.about.id)")
                    #expect(measured.value?.isFinite != false, "\(measure.about.id)")
                    #expect(measured.status == .ok || measured.reason?.isEmpty == false, "\(measure.about.id)")
                }
            }
        }
    }

    @Test("A network that answers NaN has no loss and no trace")
    func undefined() {
        var network = Network.random([3, 4, 3])
        network.parameters[network.architecture.layers[1].biasOffset] = .nan
        let points = LabelledPoints.random(12, inputSize: 3, classCount: 3)
        let subject = Subject(network, training: points, test: points)
        let measures: [any Measure.Type] = [
            TrainLoss.self, TestLoss.self, HessianTrace.self, HutchinsonTrace.self, WeightNormL2.self,
        ]
        for measure in measures {
            #expect(measure.init().evaluate(subject).status == .undefined, "\(measure.about.id)")
        }
    }

    @Test(
        "Every measure has a value or a reason on the smallest cases",
        arguments: [
            (widths: [3, 2], points: 12, unseen: 12), ([3, 4, 1], 5, 5), ([3, 4, 3], 1, 1), ([3, 4, 3], 0, 0),
            ([3, 4, 2], 9, 0), ([1, 1, 2], 4, 2), ([3, 4, 4, 3], 1500, 3),
        ])
    func smallest(widths: [Int], points: Int, unseen: Int) {
        let classes = widths[widths.count - 1]
        let subject = Subject(
            .random(widths), training: .random(points, inputSize: widths[0], classCount: classes),
            unseen: .random(unseen, inputSize: widths[0], classCount: classes))
        for measure in MeasureCatalogue.all {
            let measured = measure.init().evaluate(subject)
            #expect((measured.value == nil) == (measured.status != .ok), "\(measure.about.id)")
            #expect(measured.status == .ok || measured.reason?.isEmpty == false, "\(measure.about.id)")
        }
    }
}
