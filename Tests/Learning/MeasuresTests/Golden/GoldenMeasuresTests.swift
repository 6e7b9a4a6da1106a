import Foundation
import Measures
import Networks
import Testing

/// Every measure against the golden networks.
@Suite struct GoldenMeasuresTests {
    /// Golden ids of segments are of other segments; they have a test of their own.
    private static let elsewhere: Set<String> = ["segment_regions", "segment_class_changes", "label_complexity"]

    /// What no measure computes: its value changes with the build of zlib.
    private static let absent: Set<String> = ["compressed_size"]

    private func expect(
        _ found: MeasuredValue, _ golden: GoldenMeasures.Value, within tolerance: Double, _ label: String
    ) {
        if let reason = golden.undefined {
            #expect(found.status == .undefined && found.reason == reason, "\(label): \(found)")
        } else if let value = golden.value {
            let difference = abs((found.value ?? .nan) - value)
            #expect(difference <= tolerance * max(abs(value), 1e-300), "\(label): \(found), golden \(value)")
        }
    }

    @Test("Each deterministic value is the golden one to 1e-10", arguments: ["A", "B", "C", "D", "E"])
    func deterministic(name: String) throws {
        let golden = try #require(try GoldenMeasures.load().networks[name])
        let subject = golden.subject()
        for (id, value) in golden.deterministic.sorted(by: { $0.key < $1.key }) where !Self.elsewhere.contains(id) {
            guard let measure = GoldenID(id) else {
                #expect(Self.absent.contains(id), "there is no measure \(id)")
                continue
            }
            // Eigenvalues by Lanczos end at a residual of 1e-8.
            let tolerance =
                ["hessian_top_eigenvalue", "adaptive_top_eigenvalue"].contains(id)
                ? 1e-9 : ["normalized_sharpness", "weight_norm_orbit_minimum"].contains(id) ? 1e-8 : 1e-10
            expect(measure.evaluate(subject), value, within: tolerance, "\(name) \(id)")
        }
    }

    @Test(
        "Each stochastic value and its error are the golden ones, drawn from Basin's own streams, to 1e-9",
        arguments: ["A", "B", "C", "E"])
    func stochastic(name: String) throws {
        let golden = try #require(try GoldenMeasures.load().networks[name])
        let subject = golden.subject()
        var checked = 0
        for (id, value) in try #require(golden.stochastic).sorted(by: { $0.key < $1.key }) {
            guard let measure = GoldenID(id) else { continue }
            let found = measure.evaluate(subject)
            expect(found, value, within: 1e-9, "\(name) \(id)")
            if let error = value.standardError {
                // Errors by a numerical derivative agree to its own error.
                #expect(abs(found.standardError - error) <= 1e-7 * error, "\(name) \(id): \(found), golden \(error)")
            }
            checked += 1
        }
        #expect(checked == 10)
    }

    @Test("In the gauge of the least norm each value is the golden one", arguments: ["A", "C", "E"])
    func gauge(name: String) throws {
        let golden = try #require(try GoldenMeasures.load().networks[name])
        let subject = golden.subject()
        var checked = 0
        for (id, value) in try #require(golden.gaugeNormBalanced) {
            guard let measure = GoldenID(id, gauge: true) else { continue }
            expect(measure.evaluate(subject), value, within: 1e-8, "\(name) \(id)")
            checked += 1
        }
        #expect(checked == 6)
    }

    @Test("Each undefined case has its reason, on a network of zeros and on one whose units are all off")
    func undefined() throws {
        let all = try GoldenMeasures.load()
        let golden = try #require(all.networks["A"])
        let zero = Network(
            architecture: golden.architecture, parameters: [Float](repeating: 0, count: golden.parameters.count))
        var off = golden.network
        for place in golden.architecture.layers[0].biases { off.parameters[place] -= 100 }
        for (name, network) in [("zero network", zero), ("first layer's biases lowered by 100", off)] {
            let subject = golden.subject(network)
            for (id, value) in try #require(all.undefined[name]) where !Self.elsewhere.contains(id) {
                guard let measure = GoldenID(id) else { continue }
                expect(measure.evaluate(subject), value, within: 1e-9, "\(name) \(id)")
            }
        }
    }

    @Test("Relative flatness and the Davies–Bouldin index are the golden ones at every layer")
    func layers() throws {
        for name in ["A", "B", "C", "E"] {
            let golden = try #require(try GoldenMeasures.load().networks[name])
            let subject = golden.subject()
            for (index, value) in try #require(golden.relativeFlatnessByLayer).enumerated() {
                let found = try #require(RelativeFlatness.value(subject, stating: ["layer": .integer(index + 1)]))
                #expect(abs(found - value) <= 1e-12 * value)
            }
            for (index, value) in try #require(golden.daviesBouldinByLayer).enumerated() {
                let found = try #require(DaviesBouldinIndex.value(subject, stating: ["layer": .integer(index + 1)]))
                #expect(abs(found - value) <= 1e-12 * value)
            }
        }
    }

    @Test(
        "Pieces, class changes and classes along each golden segment are the golden ones",
        arguments: ["A", "B", "C", "E"])
    func segments(name: String) throws {
        let golden = try #require(try GoldenMeasures.load().networks[name])
        let network = Float64Network(golden.network)
        var labels: [UInt8] = []
        for (k, expected) in try #require(golden.segments).enumerated() {
            let (start, end) = (golden.unseen[k].map(Double.init), golden.unseen[k + 8].map(Double.init))
            let pieces = SegmentPieces(of: network, from: start, to: end)
            #expect([pieces.count, pieces.classChanges] == expected)
            labels += network.classes(from: start, to: end, count: 10)
        }
        #expect(labels.map { "\($0)" }.joined() == golden.segmentLabels)
        let complexity = try #require(golden.deterministic["label_complexity"]?.value)
        #expect(abs(lempelZivComplexity(labels) - complexity) < 1e-12 * complexity)
    }

    @Test("Words and complexity of the golden strings are the golden ones")
    func strings() throws {
        for (text, words) in try GoldenMeasures.load().lempelZiv {
            let symbols = Array(text.utf8)
            #expect(lempelZivWords(symbols) == words.words && lempelZivWords(symbols.reversed()) == words.reversed)
            #expect(abs(lempelZivComplexity(symbols) - words.complexity) < 1e-12)
        }
    }

    @Test("The power law of the golden spectrum is the golden one")
    func tail() throws {
        let golden = try GoldenMeasures.load().heavyTail
        let spectrum = (0..<60).map { pow(Double($0 + 1), -1.7) * (1 + 0.1 * sin(Double($0))) }
        let found = try #require(PowerLawTail(spectrum))
        #expect(abs(found.exponent - golden.alpha) < 1e-10 && abs(found.distance - golden.distance) < 1e-10)
        #expect(found.first == golden.firstOfTail)
    }

    @Test("Networks disagree with the others of a population as the golden ones do, copies left out")
    func disagreement() throws {
        let all = try GoldenMeasures.load()
        let golden = try #require(all.networks["A"])
        let middle = Network(
            architecture: golden.architecture,
            parameters: zip(golden.parameters, golden.initialParameters).map { ($0 + $1) / 2 })
        let measure = Disagreement()
        let kept = [golden.network, golden.initialNetwork, middle].map { measure.keep(golden.subject($0)) }
        let members = kept.enumerated().map { PopulationMember(kept: $1, network: "\($0)") }
        #expect(measure.evaluate(members).map(\.value) == all.disagreement.values)
        let copied = members + [PopulationMember(kept: kept[0], network: "0")]
        #expect(measure.evaluate(copied).map(\.value) == all.disagreement.values + [all.disagreement.values[0]])
        #expect(measure.evaluate([members[0]])[0].reason == "the population has no other network")
        let short = PopulationMember(kept: [1, 0, 0, 0, 0, 0, 0, 0, 2], network: "3")
        #expect(measure.evaluate(members + [short])[0].reason == "different numbers of unseen points")
        var broken = golden.network
        broken.parameters[0] = .nan
        let lost = PopulationMember(kept: measure.keep(golden.subject(broken)), network: "5")
        let found = measure.evaluate(members + [lost])
        #expect(found.map(\.value) == all.disagreement.values + [nil])
        #expect(found[3].reason == "the network's outputs are not finite")
        let damaged = PopulationMember(kept: [9], network: "4")
        #expect(measure.evaluate(members + [damaged])[0].reason == "a network's kept record is damaged")
    }

    @Test("Points that all stand 60 times over several blocks leave every mean, quantile and maximum as it is")
    func blocks() throws {
        let golden = try #require(try GoldenMeasures.load().networks["A"])
        let points = golden.training
        let many = LabelledPoints(
            inputs: (0..<60).flatMap { _ in points.inputs }, labels: (0..<60).flatMap { _ in points.labels },
            inputSize: points.inputSize)
        let initial = golden.initialNetwork
        let subject = Subject(
            golden.network, training: many, seed: golden.seed, initialNetwork: { initial })
        // The others know how many points there are.
        let sized: Set<String> = [
            "mixup_error", "davies_bouldin_mixup", "effective_dimension", "laplace_evidence", "flatness_log_volume",
            "two_part_code", "occam_bound",
        ]
        var checked = 0
        for (id, value) in golden.deterministic where !sized.contains(id) && !Self.elsewhere.contains(id) {
            guard let measure = GoldenID(id), !measure.measure.about.reads.contains(.unseenInputs) else { continue }
            expect(measure.evaluate(subject), value, within: 1e-8, "\(id)")
            checked += 1
        }
        #expect(checked > 50)
    }

    @Test("In the study's own order the complexity of answers is that of their classes in a row")
    func labelComplexityInOrder() throws {
        let network = Network(architecture: Architecture(widths: [1, 2]), parameters: [0, 1, 0, -0.5])
        let bytes = (0..<300).map { UInt8($0 * $0 % 256) }
        let unseen = PointList(pixels: bytes, labels: bytes.map { _ in 0 }, inputSize: 1, at: 0..<300)
        let subject = Subject(network, training: .random(4, inputSize: 1, classCount: 2), unseen: unseen)
        func value(_ segments: Int) -> Double? {
            LabelComplexity(stating: ["order": .word("study"), "segments": .integer(segments)]).evaluate(subject).value
        }
        let classes = bytes.map { UInt8($0 > 127 ? 1 : 0) }
        #expect(value(2) == lempelZivComplexity(Array(classes.prefix(100))))
        #expect(value(200) == lempelZivComplexity(classes))
        #expect(LabelComplexity().evaluate(subject).value != value(200))
    }
}
