import Measures
import Networks
import Parameters
import Testing

/// What each measure says that it reads, tried: all else is poisoned, and its value stays bit for bit.
@Suite struct ReadingTests {
    private typealias Reading = MeasureDescription.Reading

    private struct Material {
        var training = LabelledPoints.random(40, inputSize: 4, classCount: 3, seed: 3)
        var unseen = PointList.random(15, inputSize: 4, classCount: 3, seed: 6)
        var probes = LabelledPoints.random(8, inputSize: 4, classCount: 3, seed: 5).inputs
        var initial: Network? = .random([4, 6, 6, 3], seed: 12)
        var epochs = 30
        var history = TrainingHistory.example
        /// Some of the training points have another label than their own.
        var cleanLabels = LabelledPoints.random(40, inputSize: 4, classCount: 3, seed: 3).labels.enumerated().map {
            $0 % 3 == 0 ? ($1 + 1) % 3 : $1
        }

        /// One that gives unseen points all classes.
        static let network: Network = {
            let points = Material().unseen.points
            let seeds = (1...2000 as ClosedRange<UInt64>).lazy.map { Network.random([4, 6, 6, 3], seed: $0) }
            return seeds.first { network in
                let logits = network.featuresAndLogits(of: points).logits
                let classes = (0..<points.count).map { point in
                    (0..<3).max { logits[3 * point + $0] < logits[3 * point + $1] } ?? 0
                }
                return (0..<3).allSatisfy { label in classes.count { $0 == label } > 2 }
            } ?? .random([4, 6, 6, 3])
        }()

        var subject: Subject {
            let network = Self.network
            // The test points are unseen points, too.
            return Subject(
                network, training: training, cleanLabels: cleanLabels, test: unseen.points, unseen: unseen,
                probes: probes, epochs: epochs, history: history,
                initialNetwork: initial.map { initial in { initial } })
        }

        /// Points with the labels that the network gives them, and probes enough for any count.
        static let separable: Material = {
            var material = Material()
            let logits = network.featuresAndLogits(of: material.training).logits
            let labels = (0..<material.training.count).map { point in
                UInt8((0..<3).max { logits[3 * point + $0] < logits[3 * point + $1] } ?? 0)
            }
            material.training = LabelledPoints(inputs: material.training.inputs, labels: labels, inputSize: 4)
            material.probes = LabelledPoints.random(25, inputSize: 4, classCount: 3, seed: 5).inputs
            return material
        }()

        /// Other values, no numbers where that is possible, in place of what a reading is of.
        ///
        /// - Parameter factor: NaN, or a number that training inputs are multiplied by.
        mutating func poison(_ reading: Reading, factor: Float = .nan) {
            let others = PointList.random(15, inputSize: 4, classCount: 3, seed: 77)
            switch reading {
            case .trainingInputs:
                training = LabelledPoints(
                    inputs: training.inputs.map { factor * $0 }, labels: training.labels, inputSize: 4)
            case .trainingLabels:
                // Those of other points: as many of each class.
                let labels = training.labels
                training = LabelledPoints(
                    inputs: training.inputs, labels: labels.indices.map { labels[$0 * 11 % 40] }, inputSize: 4)
            case .unseenInputs:
                unseen = PointList(
                    pixels: others.pixels, labels: unseen.labels.flatMap { [0, $0] }, inputSize: 4, at: unseen.indices)
                probes = probes.map { _ in .nan }
            case .unseenLabels:
                unseen = PointList(
                    pixels: unseen.pixels, labels: unseen.labels.flatMap { [0, ($0 + 1) % 3] }, inputSize: 4,
                    at: unseen.indices)
            case .initialWeights: initial = nil
            case .trainingHistory:
                epochs = -1
                history = TrainingHistory(
                    history.entries.map { .init(epoch: $0.epoch, values: $0.values.mapValues { _ in .nan }) })
            case .construction: cleanLabels = cleanLabels.map { ($0 + 1) % 3 }
            }
        }
    }

    @Test("A measure reads nothing but what it says", arguments: MeasureCatalogue.all.map { $0.about.id })
    func readsNothingElse(id: String) throws {
        let measure = try MeasureCatalogue.measure(id)
        for original in [Material(), .separable] {
            let before = measure.init().evaluate(original.subject)
            for reading in Reading.allCases where !measure.about.reads.contains(reading) {
                var material = original
                material.poison(reading)
                let after = measure.init().evaluate(material.subject)
                #expect(after == before, "\(reading.rawValue)")
            }
        }
    }

    @Test(
        "A measure depends on what it says that it reads", arguments: MeasureCatalogue.all.map { $0.about.id })
    func readsAll(id: String) throws {
        let measure = try MeasureCatalogue.measure(id)
        // Some read by what an option says.
        let words = measure.about.options.flatMap { option -> [[String: ParameterValue]] in
            guard case .choice(let words) = option.kind else { return [] }
            return words.map { [option.name: .word($0)] }
        }
        func values(_ material: Material) -> [MeasuredValue] {
            let subject = material.subject
            return ([[:]] + words).map { measure.init(stating: $0).evaluate(subject) }
        }
        let original = [Material(), .separable].first { values($0).contains { $0.value != nil } }
        // A tail needs a wider network.
        guard let original else { return #expect(["heavy_tail_alpha"].contains(id)) }
        let before = values(original)
        for reading in measure.about.reads {
            // A count may be the same of other points, once.
            let others = [Float(0.001), -9, 30].map { factor in
                var material = original
                material.poison(reading, factor: factor)
                return values(material)
            }
            #expect(others.contains { $0 != before }, "\(reading.rawValue)")
        }
    }

    @Test(
        "A population's measure reads nothing but what it says",
        arguments: MeasureCatalogue.population.map { $0.about.id })
    func populations(id: String) throws {
        let measure = try #require(MeasureCatalogue.populationMeasure(id)).init()
        let before = measure.keep(Material().subject)
        for reading in Reading.allCases {
            var material = Material()
            material.poison(reading)
            let isRead = type(of: measure).about.reads.contains(reading)
            #expect((measure.keep(material.subject) != before) == isRead, "\(reading.rawValue)")
        }
    }
}
