import Analysis
import Definitions
import Statistics
import SyntheticStudies
import Testing

@Suite struct ReplicationTests {
    /// Three networks of a small regime, two of a large one, and two variants of the last.
    private static let networks: [SyntheticStudy.Network] =
        [("small", 1.0, 4.0), ("small", 2, 5), ("small", 3, 3), ("large", 4, 9), ("large", 5, 7)].enumerated().map {
            SyntheticStudy.Network(regime: $1.0, columns: ["a": $1.1, "t": $1.2], seed: UInt64($0 % 3))
        } + [
            .init(regime: "large", columns: ["a": 50, "t": 7], seed: 1, copyOf: 4, variant: "layer 1 x 2"),
            .init(regime: "large", columns: ["a": -50, "t": 7], seed: 1, copyOf: 4, variant: "layer 1 x 5"),
        ]

    private func evaluations(
        _ published: [PublishedValue], _ networks: [SyntheticStudy.Network] = networks
    ) throws -> [ReplicationEvaluation] {
        Replication(published, of: try Archive().population(SyntheticStudy(networks: networks, target: "t")))
            .evaluations
    }

    private func measured(_ published: PublishedValue) throws -> Double? {
        try evaluations([published])[0].measured.value
    }

    @Test("Each kind of published figure meets its counterpart, with its verdict where it has a tolerance")
    func kinds() throws {
        let published: [PublishedValue] = [
            .init(kind: .correlation, measure: "a", target: "t", value: 0.5, tolerance: 0.3),
            .init(kind: .pValue, measure: "a", target: "t", value: 0.1),
            .init(kind: .model, measure: "a", seed: 2, value: 3.5, tolerance: 0.25),
            .init(kind: .model, measure: "a", seed: 9, value: 4, tolerance: 1),
            .init(kind: .mean, measure: "a", value: 3, tolerance: 0),
            .init(kind: .minimum, measure: "a", value: 0.5),
            .init(kind: .maximum, measure: "a", value: 6, tolerance: 1),
            .init(kind: .mean, measure: "b", value: 0.5, tolerance: 1),
        ]
        let found = try evaluations(published)
        let rho = correlate(Variable("a", [1, 2, 3, 4, 5]), Variable("t", [4, 5, 3, 9, 7]))
        #expect(found.map(\.published) == published)
        #expect(found.map(\.measured.value) == [rho.estimate, rho.pValue, 3, nil, 3, 1, 5, nil])
        #expect(found.map(\.agrees) == [true, nil, false, nil, true, nil, true, nil])
        #expect(found.map(\.measured.count) == [5, 5, 1, 0, 5, 5, 5, 0])
    }

    @Test("Figures of a regime meet that regime's models, correlations too")
    func regimes() throws {
        #expect(try measured(.init(kind: .mean, measure: "a", regime: "large", value: 4)) == 4.5)
        #expect(try measured(.init(kind: .model, measure: "a", regime: "small", seed: 1, value: 1)) == 2)
        let within = try evaluations([
            .init(kind: .correlation, measure: "a", target: "t", regime: "small", value: 0),
            .init(kind: .minimum, measure: "a", regime: "none", value: 0),
        ])
        #expect(abs(try #require(within[0].measured.value) + 0.5) < 1e-12)
        #expect(within[0].measured.count == 3)
        guard
            case .failure(.nothingSelected(.noModelWith(let name, let values, let known))) = within[1].measured.outcome
        else {
            Issue.record("a regime that no model has selects some")
            return
        }
        #expect(name == "regime" && values == [.word("none")] && known == ["small", "large"])
    }

    @Test("Variants of a network are no models of their own, and a figure of one meets that variant")
    func variants() throws {
        #expect(try measured(.init(kind: .maximum, measure: "a", value: 5)) == 5)
        for (variant, value) in [("layer 1 x 2", 50.0), ("layer 1 x 5", -50)] {
            #expect(try measured(.init(kind: .model, measure: "a", seed: 1, variant: variant, value: 0)) == value)
        }
        #expect(try measured(.init(kind: .model, measure: "a", seed: 2, variant: "layer 1 x 2", value: 0)) == nil)
        #expect(try measured(.init(kind: .model, measure: "a", seed: 1, variant: "layer 2 x 2", value: 0)) == nil)
    }

    @Test("A figure that several models could answer to meets none")
    func ambiguous() throws {
        let found = try evaluations([.init(kind: .model, measure: "a", seed: 1, value: 1)])[0]
        guard case .failure(.undefined(.notOneModel(2))) = found.measured.outcome else {
            Issue.record("\(found.measured.outcome)")
            return
        }
    }

    @Test("A model that a study has at two positions counts once")
    func repeated() throws {
        var networks = Self.networks
        for index in networks.indices { networks[index].digest = "\(index % 5 == 4 ? 3 : index)" }
        #expect(try evaluations([.init(kind: .mean, measure: "a", value: 0)], networks)[0].measured.value == 2.5)
    }

    @Test("Large seeds are told apart")
    func seeds() throws {
        let seeds: [UInt64] = [.max, .max - 1]
        let networks = seeds.enumerated().map { index, seed in
            SyntheticStudy.Network(columns: ["a": Double(index)], seed: seed)
        }
        let found = try evaluations(
            seeds.map { .init(kind: .model, measure: "a", seed: $0, value: 0) }, networks)
        #expect(found.map(\.measured.value) == [0, 1])
    }

    @Test(
        "A difference of just the tolerance agrees, one of a little more does not",
        arguments: [
            (0.7508, 0.7503, 0.0005, true), (0.7503, 0.7508, 0.0005, true), (0.7508, 0.7502, 0.0005, false),
            (894, 894, 0, true), (894, 895, 0, false), (0, 0.1 + 0.2, 0.3, true), (0, 0.301, 0.3, false),
        ])
    func tolerance(published: Double, measured: Double, tolerance: Double, agrees: Bool) throws {
        let found = try evaluations(
            [.init(kind: .model, measure: "a", seed: 0, value: published, tolerance: tolerance)],
            [.init(columns: ["a": measured], seed: 0)])
        #expect(found.map(\.agrees) == [agrees])
    }

    @Test("A published figure is judged as the same number is that a study claims")
    func asClaims() throws {
        let population = try Archive().population(SyntheticStudy(networks: Self.networks, target: "t"))
        for (kind, statistic) in [(PublishedValue.Kind.mean, Claim.Statistic.mean), (.correlation, .spearman)] {
            let figure = PublishedValue(kind: kind, measure: "a", target: "t", value: 0.7, tolerance: 0.05)
            let claim = Claim(
                claim: "So it is.", origin: .paper, statistic: statistic, measure: "a",
                over: statistic.isOverAnother ? "t" : nil, expected: 0.7, tolerance: 0.05)
            let (published, claimed) = (
                Replication([figure], of: population).evaluations[0], Claims([claim], of: population).evaluations[0]
            )
            #expect(published.measured == claimed.measured && published.agrees == claimed.agrees)
        }
    }
}
