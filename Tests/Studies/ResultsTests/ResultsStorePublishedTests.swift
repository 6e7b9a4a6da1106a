import Definitions
import Foundation
import Results
import Testing

@Suite struct ResultsStorePublishedTests {
    @Test("Each kind of published figure meets its counterpart, with difference and verdict")
    func replication() throws {
        let toy = try Toy()
        for (position, value) in [(0, 0.5), (1, 0.75), (2, 1.0)] { try toy.add(position, ["accuracy": value]) }
        try toy.store.record(
            [
                CorrelationRecord(
                    measure: "proxy", target: "accuracy", method: "spearman", estimate: 0.375, pValue: 0.125, count: 3),
                CorrelationRecord(
                    measure: "proxy", target: "accuracy", method: "spearman", given: ["epochs"], estimate: 0.9,
                    pValue: 0.9, count: 3),
                CorrelationRecord(
                    measure: "proxy", target: "accuracy", method: "kendall", estimate: 0.8, pValue: 0.8, count: 3),
            ], study: toy.study.id)
        let published: [PublishedValue] = [
            .init(
                kind: .correlation, measure: "proxy", target: "accuracy", value: 0.25, tolerance: 0.125,
                source: "Table 1"),
            .init(kind: .pValue, measure: "proxy", target: "accuracy", value: 0.0625),
            .init(kind: .model, measure: "accuracy", seed: 1, value: 0.5, tolerance: 0.125),
            .init(kind: .model, measure: "accuracy", seed: 9, value: 0.5, tolerance: 1),
            .init(kind: .mean, measure: "accuracy", value: 0.75, tolerance: 0),
            .init(kind: .minimum, measure: "accuracy", value: 0.25),
            .init(kind: .maximum, measure: "accuracy", value: 2, tolerance: 1),
            .init(kind: .correlation, measure: "norm", target: "accuracy", value: 0.5, tolerance: 1),
        ]
        try toy.store.record(published, study: toy.study.id)
        let rows = try toy.store.replication(of: toy.study)
        #expect(rows.map(\.published) == published)
        #expect(rows.map(\.measured) == [0.375, 0.125, 0.75, nil, 0.75, 0.5, 1, nil])
        #expect(rows.map(\.difference) == [0.125, 0.0625, 0.25, nil, 0, 0.25, -1, nil])
        #expect(rows.map(\.agrees) == [true, nil, false, nil, true, nil, true, nil])
    }

    @Test(
        "A difference of just the tolerance agrees, one of a little more does not",
        arguments: [
            (0.7508, 0.7503, 0.0005, true), (0.7503, 0.7508, 0.0005, true), (0.7508, 0.7502, 0.0005, false),
            (894, 894, 0, true),
            (894, 895, 0, false),
        ])
    func tolerance(published: Double, measured: Double, tolerance: Double, agrees: Bool) throws {
        let toy = try Toy()
        try toy.add(0, ["a": measured])
        try toy.store.record(
            [PublishedValue(kind: .model, measure: "a", seed: 0, value: published, tolerance: tolerance)],
            study: toy.study.id)
        #expect(try toy.store.replication(of: toy.study).map(\.agrees) == [agrees])
    }

    @Test("Figures of a regime meet that regime's models")
    func regimes() throws {
        let toy = try Toy()
        for (position, regime, value) in [(0, "small", 1.0), (1, "large", 3.0), (2, "large", 5.0)] {
            var model = NewModel.example(position)
            model.seed = 7
            model.regime = regime
            try toy.store.add(
                model, measurements: [MeasurementRecord(measure: "a", value: value)], study: toy.study.id, run: toy.run)
        }
        try toy.store.record(
            [
                PublishedValue(kind: .mean, measure: "a", regime: "large", value: 4),
                PublishedValue(kind: .model, measure: "a", regime: "small", seed: 7, value: 1),
            ], study: toy.study.id)
        #expect(try toy.store.replication(of: toy.study).map(\.measured) == [4, 1])
    }

    @Test(
        "Variants of a network are no models of their own, and a figure that several models could answer to meets none")
    func variants() throws {
        let toy = try Toy()
        let models: [(regime: String, variant: String?, value: Double)] = [
            ("small", nil, 1), ("large", nil, 3), ("large", "layer 1 x 2", 50), ("large", "layer 1 x 5", -50),
        ]
        for (position, (regime, variant, value)) in models.enumerated() {
            var model = NewModel.example(position)
            (model.seed, model.regime, model.variant) = (7, regime, variant)
            try toy.store.add(
                model, measurements: [MeasurementRecord(measure: "a", value: value)], study: toy.study.id, run: toy.run)
        }
        try toy.store.record(
            [CorrelationRecord(measure: "a", target: "t", method: "spearman", estimate: 0.5, pValue: 0.25, count: 2)],
            study: toy.study.id)
        try toy.store.record(
            [
                PublishedValue(kind: .mean, measure: "a", value: 2),
                PublishedValue(kind: .minimum, measure: "a", value: 1),
                PublishedValue(kind: .maximum, measure: "a", value: 3),
                PublishedValue(kind: .mean, measure: "a", regime: "large", value: 3),
                PublishedValue(kind: .maximum, measure: "a", regime: "large", value: 3),
                PublishedValue(kind: .minimum, measure: "a", regime: "none", value: 3),
                PublishedValue(kind: .model, measure: "a", regime: "large", seed: 7, value: 3),
                PublishedValue(kind: .model, measure: "a", regime: "small", seed: 7, value: 1),
                PublishedValue(kind: .model, measure: "a", seed: 7, value: 1),
                PublishedValue(kind: .correlation, measure: "a", target: "t", value: 0.5),
                PublishedValue(kind: .correlation, measure: "a", target: "t", regime: "large", value: 0.5),
                PublishedValue(kind: .pValue, measure: "a", target: "t", regime: "large", value: 0.5),
            ], study: toy.study.id)
        #expect(
            try toy.store.replication(of: toy.study).map(\.measured) == [2, 1, 3, 3, 3, nil, 3, 1, nil, 0.5, nil, nil])
    }

    @Test("Recording again replaces, for that study alone")
    func replaced() throws {
        let toy = try Toy()
        let other = try toy.store.enter(.example(name: "other"))
        let figure = PublishedValue(kind: .mean, measure: "a", value: 1)
        try toy.store.record([figure, figure], study: toy.study.id)
        try toy.store.record([figure], study: other.id)
        try toy.store.record([figure], study: toy.study.id)
        #expect(try toy.store.replication(of: toy.study).count == 1)
        #expect(try toy.store.replication(of: other).count == 1)
    }
}
