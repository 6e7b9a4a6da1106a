import Parameters

/// A number computed from each trained network of a population in the light of the others.
///
/// Networks are not held side by side: of each one a small record is kept when it is measured, and the values are
/// computed from all records together.
public protocol PopulationMeasure: Sendable {
    /// What is computed, for the catalogue and for the reader of a report.
    static var about: MeasureDescription { get }

    /// - Parameter options: the values of `about.options`, stated or default.
    init(options: ParameterValues)

    /// What the results file keeps of one network: its layout is the measure's own, fixed for good.
    func keep(_ subject: Subject) -> [UInt8]

    /// One value a member, in their order.
    ///
    /// Never throws and never gives a NaN: what cannot be computed has a status and a reason.
    func evaluate(_ members: [PopulationMember]) -> [MeasuredValue]
}

extension PopulationMeasure {
    /// The measure with some options stated and defaults for the others.
    ///
    /// - Precondition: `about.options.problem(with: stated)` is nil.
    public init(stating stated: [String: ParameterValue] = [:]) {
        self.init(options: ParameterValues(Self.about.options, stated: stated))
    }

    public var id: String { Self.about.id }
}

/// One member of a population as a population measure sees it.
public struct PopulationMember: Sendable, Hashable {
    /// What the measure kept of it.
    public let kept: [UInt8]
    /// Which trained network it is. Copies of one network, such as rescaled ones, share it, and are no "others" to each
    /// other.
    public let network: String

    public init(kept: [UInt8], network: String) {
        self.kept = kept
        self.network = network
    }
}
