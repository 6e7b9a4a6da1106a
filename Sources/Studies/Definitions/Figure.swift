/// A figure that a study file asks of its report: a row of `figure`.
public struct Figure: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// `value` as the colour of a cell for each `x` and `y`.
        case heatMap = "heat-map"
        /// `y` over `x`, a line for each group.
        case curves
        /// A point a model.
        case scatter
    }

    /// Which axes are logarithmic.
    public enum Scale: String, Sendable, Codable, CaseIterable {
        case linear
        case logX = "log-x"
        case logY = "log-y"
        case logLog = "log-log"

        public var isLogarithmicX: Bool { self == .logX || self == .logLog }
        public var isLogarithmicY: Bool { self == .logY || self == .logLog }
    }

    /// Also the picture's file name, after "figure-".
    public var name: String
    public var title: String
    public var kind: Kind
    /// Columns: measures or hyperparameters.
    public var x: String
    public var y: String
    /// Of a heat map.
    public var value: String?
    /// What tells the groups of curves and points apart: the regime or a hyperparameter.
    public var by: String?
    /// Of a heat map: a column with the theory's x of each y, drawn as a line.
    public var boundary: String?
    public var scale: Scale
    /// The slope that is expected on logarithmic axes.
    public var slope: Double?
    public var selection: ModelSelection

    public init(
        name: String, title: String, kind: Kind, x: String, y: String, value: String? = nil, by: String? = nil,
        boundary: String? = nil, scale: Scale = .linear, slope: Double? = nil, selection: ModelSelection = .all
    ) {
        self.name = name
        self.title = title
        self.kind = kind
        self.x = x
        self.y = y
        self.value = value
        self.by = by
        self.boundary = boundary
        self.scale = scale
        self.slope = slope
        self.selection = selection
    }
}
