import Diagnostics

/// All measures, by id.
public enum MeasureCatalogue {
    /// Measures of one network, in the order in which reports list them. A new measure is added here.
    public static let all: [any Measure.Type] = [
        HessianTrace.self, HutchinsonTrace.self, HessianTraceOrbitMinimum.self,
        WeightNormL2.self, WeightNormL1.self,
        PairProxy.self, ActivationPatterns.self, UnseenOnlyRegions.self, FreeParameters.self,
        DeadUnits.self, FeatureRank.self,
        TrainLoss.self, TrainAccuracy.self, TestLoss.self, TestAccuracy.self, GeneralizationGap.self,
        WrongOnUnseen.self,
        Epochs.self,
        MixupError.self, InputMargin.self, MarginPercentile.self,
        PACBayesMagFlatness.self, PACBayesFlatness.self, PACBayesOrig.self, SharpnessMagFlatness.self,
        AdaptiveSharpnessAverage.self, AdaptiveSharpnessWorst.self, AdaptiveHessianTrace.self, FisherRaoNorm.self,
        RelativeFlatness.self, HessianTopEigenvalue.self, EffectiveDimension.self, LaplaceEvidence.self,
        JacobianNorm.self, SegmentRegions.self, PredictionEntropy.self, DaviesBouldinIndex.self,
        EmpiricalFisherTrace.self, PathNormL2.self, LogProductSpectralOverMargin.self, StableRankSum.self,
        LogSpectralComplexityOverMargin.self, DistanceFromInitialization.self, PrunableFraction.self,
        QuantizationBits.self, CodeLength.self,
        LabellingCount.self, ExtensionCount.self, VersionSpaceVolume.self, FunctionVolume.self,
        DaviesBouldinMixup.self, AverageConfidence.self, TrainingEntropy.self, NuclearNormConfidence.self,
        GeometricComplexity.self, UnseenInputMargin.self, HiddenMargin.self, InverseSquaredMargin.self,
        PathNormL2OverMargin.self, SegmentClassChanges.self, LabelComplexity.self, FeatureLabelAlignment.self,
        TangentKernelAlignment.self, FeatureCollapse.self, EffectiveRankFeatures.self, EffectiveRankWeights.self,
        SVDRankNeeded.self, FisherRaoNormEmpirical.self, NormalizedSharpness.self, MinimumSharpness.self,
        HessianFrobeniusNorm.self, GaussNewtonTopEigenvalue.self, GaussNewtonFrobeniusNorm.self, SpectralEntropy.self,
        FlatnessLogVolume.self, ASAMSharpness.self, SAMSharpness.self, KeskarSharpness.self, SharpnessFlatness.self,
        PACBayesInit.self, PACBayesMagOrig.self, PACBayesMagInit.self, BasinRadius.self, LocalLearningCoefficient.self,
        GradientNorm.self, GradientNoise.self, GradientCoherence.self, TakeuchiRatio.self, GradientSignalToNoise.self,
        PathNormL1.self, WeightNormOrbitMinimum.self, LogProductSpectral.self, LogProductFrobenius.self,
        LogProductFrobeniusOverMargin.self, LogSpectralOrigMain.self, LogSpectralInitMain.self,
        LogSpectralComplexity.self, SpectralDistance.self, QuantizedLossIncrease.self, TwoPartCode.self,
        OccamBound.self, HeavyTailAlpha.self, ParameterCount.self, CleanTrainAccuracy.self, NoiseMemorised.self,
        EpochsToLoss.self, TrainingSpeed.self, LateGradientNoise.self,
    ]

    /// Measures of a network among others.
    public static let population: [any PopulationMeasure.Type] = [EnsembleAgreement.self, Disagreement.self]

    /// What all measures state of themselves: those of one network, then those of a population.
    public static let descriptions: [MeasureDescription] = all.map { $0.about } + population.map { $0.about }

    /// What the measures with a role state of themselves, in the order of the lists.
    public static func descriptions(with role: MeasureDescription.Role) -> [MeasureDescription] {
        descriptions.filter { $0.roles.contains(role) }
    }

    /// Columns of training and of the network itself that may stand behind a correlation.
    public static let confounders = (descriptions(with: .trainingConfounder) + descriptions(with: .networkConfounder))
        .map(\.id)

    /// The measure of one network with this id.
    ///
    /// - Throws: `UnknownMeasure` with the nearest id.
    public static func measure(_ id: String) throws(UnknownMeasure) -> any Measure.Type {
        guard let measure = all.first(where: { $0.about.id == id }) else {
            throw UnknownMeasure(id: id, known: descriptions.map(\.id))
        }
        return measure
    }

    /// The measure of a population with this id, or nil.
    public static func populationMeasure(_ id: String) -> (any PopulationMeasure.Type)? {
        population.first { $0.about.id == id }
    }
}

/// A measure id that there is not, or only as a population's.
public struct UnknownMeasure: RequestError {
    public let id: String
    /// Ids that would do.
    public let known: [String]

    public init(id: String, known: [String]) {
        self.id = id
        self.known = known
    }

    public var description: String {
        guard MeasureCatalogue.populationMeasure(id) == nil else {
            return "'\(id)' is a measure of a population, not of one network."
        }
        return "There is no measure '\(id)'. " + suggestion(for: id, among: known)
    }
}
