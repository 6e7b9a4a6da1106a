import Measures
import Networks
import Parameters
import Testing

@Suite struct RegionMeasuresTests {
    private let network = Network.random([4, 12, 16, 3], seed: 8)
    private let training = PointList.random(70, inputSize: 4, classCount: 3, seed: 2).points
    /// More than one block.
    private let unseen = PointList.random(1500, inputSize: 4, classCount: 3, seed: 3)
    private var subject: Subject { Subject(network, training: training, unseen: unseen) }

    private func count(layer: Int? = nil, points: String? = nil, of subject: Subject) -> MeasuredValue {
        var options: [String: ParameterValue] = [:]
        options["layer"] = layer.map(ParameterValue.integer)
        options["points"] = points.map(ParameterValue.word)
        return ActivationPatterns(stating: options).evaluate(subject)
    }

    @Test(
        "Patterns are counted as a set of Bools is, in each layer, on unseen and on training points", arguments: [1, 2])
    func patterns(layer: Int) {
        let unseenPatterns = SlowPatterns(network, unseen.points, layer: layer).distinct.count
        let trainingPatterns = SlowPatterns(network, training, layer: layer).distinct.count
        #expect(count(layer: layer, of: subject).value == Double(unseenPatterns))
        #expect(count(layer: layer, points: "unseen", of: subject).value == Double(unseenPatterns))
        #expect(count(layer: layer, points: "training", of: subject).value == Double(trainingPatterns))
        #expect(unseenPatterns > 10 && trainingPatterns > 5 && unseenPatterns != trainingPatterns)
    }

    @Test("Without options it is the last hidden layer on the unseen points; the effort is their number")
    func defaults() {
        #expect(count(of: subject) == count(layer: 2, points: "unseen", of: subject))
        #expect(count(of: subject) != count(layer: 1, of: subject))
        #expect(count(of: subject).effort == 1500)
        #expect(count(points: "training", of: subject).effort == 70)
    }

    @Test("A layer that the network has not is undefined, and the reason has both numbers")
    func noSuchLayer() {
        #expect(count(layer: 3, of: subject).reason == "the network has no hidden layer 3, only 2")
        let linear = Subject(.random([4, 3]), training: training, unseen: unseen)
        for value in [
            count(of: linear), UnseenOnlyRegions().evaluate(linear),
            FreeParameters().evaluate(linear),
        ] {
            #expect(value.status == .undefined)
            #expect(value.reason == "the network has no hidden layer")
        }
    }

    @Test("Without points there is nothing to count")
    func noPoints() {
        let unseenless = Subject(network, training: training)
        #expect(count(of: unseenless).reason == "there are no unseen points")
        #expect(count(points: "training", of: unseenless).status == .ok)
        #expect(UnseenOnlyRegions().evaluate(unseenless).status == .undefined)
        #expect(WrongOnUnseen().evaluate(unseenless).reason == "there are no unseen points")
        let trainless = Subject(network, training: .none(inputSize: 4), unseen: unseen)
        #expect(FreeParameters().evaluate(trainless).reason == "there are no training points")
    }

    @Test("Outputs that are not finite are undefined")
    func notFinite() {
        var broken = network
        broken.parameters[broken.parameters.count - 1] = .nan
        let subject = Subject(broken, training: training, unseen: unseen)
        #expect(count(of: subject).reason?.contains("not finite") == true)
        #expect(FreeParameters().evaluate(subject).status == .undefined)
    }

    @Test("Regions without training points are the difference of the two sets")
    func unseenOnly() {
        let seen = SlowPatterns(network, training, layer: 2).distinct
        let all = SlowPatterns(network, unseen.points, layer: 2).distinct
        let value = UnseenOnlyRegions().evaluate(subject)
        #expect(value.value == Double(all.subtracting(seen).count))
        #expect(value.details == ["unseen_regions": Double(all.count), "training_regions": Double(seen.count)])
        #expect(value.effort == 1570)
        #expect(!all.isDisjoint(with: seen))
    }

    @Test("Free parameters are the regions' 3 (16 + 1) each, less their points, never below zero")
    func freeParameters() {
        let regions = SlowPatterns(network, training, layer: 2).occurrences
        let value = FreeParameters().evaluate(subject)
        #expect(value.value == Double(regions.values.reduce(0) { $0 + max(0, 51 - $1) }))
        #expect(value.details["training_regions"] == Double(regions.count))
        // With many points in one region the excess is not carried over to others.
        let crowded = PointList.random(4000, inputSize: 4, classCount: 3, seed: 2).points
        let counts = SlowPatterns(network, crowded, layer: 2).occurrences.values
        #expect(counts.contains { $0 > 51 } && counts.contains { $0 < 51 })
        #expect(
            FreeParameters.value(Subject(network, training: crowded))
                == Double(counts.reduce(0) { $0 + max(0, 51 - $1) }))
    }

    @Test("Mistakes on unseen points are those of their classification")
    func wrongOnUnseen() {
        let classification = network.classification(of: unseen.points)
        #expect(WrongOnUnseen.value(subject) == Double(classification.count - classification.correct))
        #expect(classification.correct > 0 && classification.correct < 1500)
    }
}
