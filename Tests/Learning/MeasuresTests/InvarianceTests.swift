import Measures
import Networks
import Parameters
import Testing

/// What each measure claims of itself, measured: a claimed invariance must hold on every changed network, and one that
/// is not claimed must fail on some; of a random network and of golden ones.
@Suite struct InvarianceTests {
    private typealias Invariance = MeasureDescription.Invariance

    private struct Case {
        let name: String
        let network: Network
        let subject: (Network) -> Subject
    }

    /// The random network, and the golden ones that have hidden layers and are right on all their points.
    private func cases() throws -> [Case] {
        let golden = try GoldenMeasures.load().networks
        // Wide enough for the tail of a spectrum.
        let wide = LabelledPoints.random(20, inputSize: 52, classCount: 3, seed: 8)
        return try [
            Case(name: "random", network: .random([4, 6, 6, 3], seed: 11), subject: subject),
            Case(
                name: "leaky", network: .random([4, 6, 6, 3], seed: 11, .leakyReLU(slope: 0.2)), subject: subject),
            Case(name: "wide", network: .random([52, 56, 3], seed: 13)) { Subject($0, training: wide) },
        ]
            + ["A", "C", "E"].map { name in
                let golden = try #require(golden[name])
                return Case(name: name, network: golden.network) { golden.subject($0) }
            }
    }

    /// A network, training points that it separates by its own choice of labels, and others.
    private func subject(_ network: Network) -> Subject {
        let original = Network.random([4, 6, 6, 3], seed: 11, network.architecture.activation)
        let points = LabelledPoints.random(60, inputSize: 4, classCount: 3, seed: 3)
        let logits = original.featuresAndLogits(of: points).logits
        let labels = points.labels.indices.map { point in
            let scores = Array(logits[point * 3..<(point + 1) * 3])
            return UInt8(scores.firstIndex(of: scores.max() ?? 0) ?? 0)
        }
        return Subject(
            network, training: LabelledPoints(inputs: points.inputs, labels: labels, inputSize: 4),
            cleanLabels: labels.enumerated().map { $0 % 3 == 0 ? ($1 + 1) % 3 : $1 },
            test: .random(50, inputSize: 4, classCount: 3, seed: 4),
            unseen: .random(300, inputSize: 4, classCount: 3, seed: 6),
            probes: LabelledPoints.random(15, inputSize: 4, classCount: 3, seed: 5).inputs, epochs: 30,
            history: .example,
            // Near by, so that another order of units is far away.
            initialNetwork: {
                var network = original
                for place in network.parameters.indices { network.parameters[place] += place % 2 == 0 ? 0.01 : -0.01 }
                return network
            })
    }

    /// Networks of the same function, or of the same decisions, as `network`. Factors are powers of two: exact in
    /// float32.
    private func changed(_ network: Network, by invariance: Invariance) -> [Network] {
        let layers = network.architecture.layers
        let hidden = Array(layers.indices.dropLast())
        switch invariance {
        case .layerRescaling:
            return hidden.flatMap { layer in
                [2, 0x1p-5].map { network.rescaled(layer: layer + 1, by: $0) }
            }
        case .neuronRescaling:
            return hidden.flatMap { layer in
                (0..<layers[layer].outputs).flatMap { unit in
                    [0x1p3, 0x1p30].map { network.scaling(unit: unit, of: layer, by: $0) }
                }
            }
        case .permutation:
            return hidden.map { layer in
                network.permutingUnits(of: layer, order: (0..<layers[layer].outputs).reversed())
            }
        case .outputScaling:
            return [4, 0x1p-4].map { network.scalingLogits(by: $0) }
        }
    }

    @Test("Each claimed invariance holds, and none is forgotten", arguments: MeasureCatalogue.all.map { $0.about.id })
    func claims(id: String) throws {
        let measure = try MeasureCatalogue.measure(id)
        // Probes enough for an estimate to show a change; of those that are points, as many as there are.
        let options = [["probes": 1000], ["probes": 10], [:]]
            .first { measure.about.options.problem(with: $0) == nil }
        var broken: [Invariance: [String]] = [:]
        var tried = 0
        for found in try cases() {
            func evaluate(_ network: Network) -> MeasuredValue {
                measure.init(stating: options ?? [:]).evaluate(found.subject(network))
            }
            let before = evaluate(found.network)
            guard let value = before.value else { continue }
            tried += 1
            for invariance in Invariance.allCases {
                for other in changed(found.network, by: invariance) {
                    let after = evaluate(other)
                    // An estimate keeps its value up to four standard errors, others up to rounding; what is not
                    // claimed shows from two on.
                    let errors: Double = measure.about.invariances.contains(invariance) ? 4 : 2
                    let doubt = errors * (before.standardError + after.standardError) + 1e-5 * abs(value)
                    if !(after.value.map { abs($0 - value) <= doubt } ?? false) {
                        broken[invariance, default: []].append(
                            "\(found.name): \(value) becomes \(after.value.map { "\($0)" } ?? after.reason ?? "")")
                    }
                }
            }
        }
        #expect(tried > 0)
        for invariance in Invariance.allCases {
            let examples = broken[invariance] ?? []
            #expect(
                examples.isEmpty == measure.about.invariances.contains(invariance),
                "\(invariance.rawValue): \(examples.first ?? "nothing breaks it")")
        }
    }

    @Test(
        "With adaptive yes rescaling a neuron changes nothing, with adaptive no it does",
        arguments: MeasureCatalogue.all.filter { $0.about.options.contains { $0.name == "adaptive" } }.map {
            $0.about.id
        })
    func adaptive(id: String) throws {
        for isAdaptive in [true, false] {
            let measure = try MeasureCatalogue.measure(id).init(stating: ["adaptive": .flag(isAdaptive)])
            var (tried, changes) = (0, 0)
            for found in try cases() {
                guard let value = measure.evaluate(found.subject(found.network)).value else { continue }
                tried += 1
                for other in changed(found.network, by: .neuronRescaling).prefix(3) {
                    let after = measure.evaluate(found.subject(other)).value
                    if !(after.map { abs($0 - value) <= 1e-5 * abs(value) } ?? false) { changes += 1 }
                }
            }
            #expect(tried > 0 && (changes == 0) == isAdaptive)
        }
    }

    @Test(
        "In the gauge of the least norm rescaling a neuron changes nothing",
        arguments: MeasureCatalogue.all.filter { $0.about.options.contains { $0.name == "gauge" } }.map { $0.about.id })
    func gauge(id: String) throws {
        let measure = try MeasureCatalogue.measure(id).init(stating: ["gauge": .word("norm-balanced")])
        var tried = 0
        for found in try cases() {
            let before = measure.evaluate(found.subject(found.network))
            guard let value = before.value else { continue }
            tried += 1
            for other in changed(found.network, by: .neuronRescaling).prefix(3) {
                let after = measure.evaluate(found.subject(other))
                let doubt = 4 * before.standardError + 1e-5 * abs(value)
                #expect(after.value.map { abs($0 - value) <= doubt } == true, "\(found.name): \(value), \(after)")
            }
        }
        #expect(tried > 0)
    }

    @Test(
        "Each claimed invariance of a population's measure holds for a network among others, and none is forgotten",
        arguments: MeasureCatalogue.population.map { $0.about.id })
    func populationClaims(id: String) throws {
        let measure = try #require(MeasureCatalogue.populationMeasure(id)).init()
        let others = [21, 22, 23].map { Network.random([4, 6, 6, 3], seed: $0) }
        func evaluate(_ network: Network) -> MeasuredValue {
            measure.evaluate(
                ([network] + others).enumerated().map { index, network in
                    PopulationMember(kept: measure.keep(subject(network)), network: "\(index)")
                })[0]
        }
        let network = Network.random([4, 6, 6, 3], seed: 11)
        let value = try #require(evaluate(network).value)
        #expect(value > 0)
        #expect(evaluate(.random([4, 6, 6, 3], seed: 12)).value != value)
        for invariance in Invariance.allCases {
            let kept = changed(network, by: invariance).allSatisfy { other in
                evaluate(other).value.map { abs($0 - value) <= 1e-5 * abs(value) } ?? false
            }
            #expect(kept == type(of: measure).about.invariances.contains(invariance), "\(invariance.rawValue)")
        }
    }

    @Test("The changed networks have the same features' signs and the same decisions, so the comparison is fair")
    func fairness() {
        let network = Network.random([4, 6, 6, 3], seed: 11)
        let points = LabelledPoints.random(60, inputSize: 4, classCount: 3, seed: 3)
        let logits = network.featuresAndLogits(of: points).logits
        for invariance in Invariance.allCases {
            for other in changed(network, by: invariance) {
                #expect(other != network)
                let last = network.parameters.count - 1
                let scale = invariance == .outputScaling ? other.parameters[last] / network.parameters[last] : 1
                let found = other.featuresAndLogits(of: points).logits
                for (a, b) in zip(found, logits) { #expect(abs(a / scale - b) < 1e-5) }
            }
        }
    }
}

extension Network {
    /// (c w, c b) for one unit of a hidden layer, and the weights that read it divided by c.
    fileprivate func scaling(unit: Int, of layer: Int, by factor: Float) -> Network {
        var result = self
        let (own, next) = (architecture.layers[layer], architecture.layers[layer + 1])
        for i in 0..<own.inputs { result.parameters[own.weightOffset + unit * own.inputs + i] *= factor }
        result.parameters[own.biasOffset + unit] *= factor
        for j in 0..<next.outputs { result.parameters[next.weightOffset + j * next.inputs + unit] /= factor }
        return result
    }

    /// Unit u of a hidden layer becomes what `order[u]` was.
    fileprivate func permutingUnits(of layer: Int, order: [Int]) -> Network {
        var result = self
        let (own, next) = (architecture.layers[layer], architecture.layers[layer + 1])
        for (unit, old) in order.enumerated() {
            let (row, oldRow) = (own.weightOffset + unit * own.inputs, own.weightOffset + old * own.inputs)
            for i in 0..<own.inputs { result.parameters[row + i] = parameters[oldRow + i] }
            result.parameters[own.biasOffset + unit] = parameters[own.biasOffset + old]
            for j in 0..<next.outputs {
                let column = next.weightOffset + j * next.inputs
                result.parameters[column + unit] = parameters[column + old]
            }
        }
        return result
    }

    fileprivate func scalingLogits(by factor: Float) -> Network {
        var result = self
        let last = architecture.layers[architecture.layers.count - 1]
        for index in last.weightOffset..<parameters.count { result.parameters[index] *= factor }
        return result
    }
}
