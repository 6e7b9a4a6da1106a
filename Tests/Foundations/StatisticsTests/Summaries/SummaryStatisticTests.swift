import Foundation
import Statistics
import Testing

@Suite struct SummaryStatisticTests {
    private let column = Variable("x", [3, 1, 2, 8])
    private let other = Variable("y", [9, 1, 4, 64])

    private func number(_ statistic: SummaryStatistic, selected: Int = 4) -> Result<SummaryNumber, UndefinedSummary> {
        statistic.number(of: SummarySample(column, over: statistic.isOverAnother ? other : nil, selected: selected))
    }

    @Test("Each statistic is the number of its name")
    func values() throws {
        #expect(try number(.mean).get() == SummaryNumber(3.5))
        #expect(try number(.minimum).get().value == 1 && number(.maximum).get().value == 8)
        #expect(try number(.value, selected: 1).get().value == 3)
        #expect(try number(.spearman).get().value == 1)
        let slope = try number(.slope).get()
        #expect(abs(slope.value - 0.5) < 1e-12)
        #expect(try #require(slope.standardError) < 1e-6)
    }

    @Test("What has no number has the reason")
    func undefined() {
        #expect(number(.value, selected: 4) == .failure(.notOneModel(4)))
        let alone = SummarySample(column, selected: 4)
        for statistic in [SummaryStatistic.slope, .spearman, .spearmanPValue] {
            #expect(statistic.number(of: alone) == .failure(.noOtherColumn))
        }
        let huge = SummarySample(Variable("x", [1e308, 1e308]), selected: 2)
        #expect(SummaryStatistic.mean.number(of: huge) == .success(SummaryNumber(1e308)))
        let negative = SummarySample(Variable("x", [1, 2, -3]), over: Variable("y", [1, 2, 3]), selected: 3)
        #expect(
            SummaryStatistic.slope.number(of: negative)
                == .failure(.powerLaw(.noLogarithm(variable: "x", rows: 1, of: 3))))
        #expect(
            SummaryStatistic.spearman.number(of: SummarySample(column, over: Variable("y", [1, 1, 1, 1]), selected: 4))
                == .failure(.correlation(.constant(variable: "y"))))
    }

    @Test("The catalogue is told by names, which differ, and which JSON has")
    func catalogue() throws {
        let names = SummaryStatistic.allCases.map(\.rawValue)
        #expect(names == ["value", "mean", "minimum", "maximum", "slope", "spearman"])
        #expect(SummaryStatistic(rawValue: "slope") == .slope && SummaryStatistic(rawValue: "mode") == nil)
        let json = try JSONEncoder().encode(SummaryStatistic.allCases)
        #expect(String(decoding: json, as: UTF8.self) == #"["value","mean","minimum","maximum","slope","spearman"]"#)
        #expect(try JSONDecoder().decode([SummaryStatistic].self, from: json) == SummaryStatistic.allCases)
    }
}
