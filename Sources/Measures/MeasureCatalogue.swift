import Diagnostics

/// All measures, by id.
public enum MeasureCatalogue {
    /// In the order in which reports list them. A new measure is added here.
    public static let all: [any Measure.Type] = [
        HessianTrace.self, HutchinsonTrace.self,
        WeightNormL2.self, WeightNormL1.self,
        PairProxy.self,
        DeadUnits.self, FeatureRank.self,
        TrainLoss.self, TrainAccuracy.self, TestLoss.self, TestAccuracy.self, GeneralizationGap.self,
        Epochs.self,
    ]

    /// - Throws: `UnknownMeasure` with the nearest id.
    public static func measure(_ id: String) throws(UnknownMeasure) -> any Measure.Type {
        guard let measure = all.first(where: { $0.about.id == id }) else { throw UnknownMeasure(id: id) }
        return measure
    }
}

/// A measure id that the catalogue does not have.
public struct UnknownMeasure: RequestError {
    public let id: String

    public var description: String {
        "There is no measure '\(id)'. "
            + suggestion(for: id, among: MeasureCatalogue.all.map { $0.about.id })
    }
}
