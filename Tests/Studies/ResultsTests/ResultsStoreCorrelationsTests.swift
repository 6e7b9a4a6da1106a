import Foundation
import Results
import Testing

@Suite struct ResultsStoreCorrelationsTests {
    private let date = Date(timeIntervalSince1970: 1_700_000_000)

    @Test("Correlations come back as recorded; the same one again takes the old one's place")
    func roundTrip() throws {
        let toy = try Toy()
        let old = CorrelationRecord(
            measure: "a", target: "t", method: "spearman", estimate: 0.1, pValue: 0.9, count: 3, computedAt: date)
        let raw = CorrelationRecord(
            measure: "a", target: "t", method: "spearman", estimate: 0.374, pValue: 1e-4, interval: 0.2...0.5,
            level: 0.95,
            count: 100, computedAt: date)
        let partial = CorrelationRecord(
            measure: "a", target: "t", method: "spearman", given: ["y", "x"], estimate: 0.1, pValue: 0.5, count: 100,
            computedAt: date)
        let undefined = CorrelationRecord(
            measure: "b", target: "t", method: "spearman", status: .undefined, reason: "the measure is constant",
            count: 100,
            computedAt: date)
        try toy.store.record([old], study: toy.study.id)
        try toy.store.record([raw, partial, undefined], study: toy.study.id)
        // ["x","y"] sorts before [].
        #expect(try toy.store.correlations(of: toy.study.id) == [partial, raw, undefined])
        #expect(partial.given == ["x", "y"])
    }

    @Test("An estimate that is not finite is undefined, and leaves no other number behind")
    func notFinite() throws {
        let toy = try Toy()
        let record = CorrelationRecord(
            measure: "a", target: "t", method: "spearman", estimate: .nan, pValue: 0.5, interval: 0...1, level: 0.95,
            count: 3,
            computedAt: date)
        #expect(record.status == .undefined)
        #expect(record.reason == "the estimate is nan")
        #expect(
            [record.estimate, record.pValue, record.intervalLow, record.intervalHigh, record.level] == [
                nil, nil, nil, nil, nil,
            ])
        try toy.store.record([record], study: toy.study.id)
        #expect(try toy.store.correlations(of: toy.study.id) == [record])
    }

    @Test("A p value or an interval that is not finite is left out, the estimate stays")
    func partlyFinite() {
        let record = CorrelationRecord(
            measure: "a", target: "t", method: "spearman", estimate: 1, pValue: .nan, interval: -(.infinity)...1,
            level: 0.95,
            count: 3)
        #expect(record.status == .ok && record.estimate == 1)
        #expect(record.pValue == nil && record.intervalLow == nil && record.intervalHigh == nil && record.level == nil)
    }
}
