import Plots
import Statistics

extension LogLogPlot.Series {
    /// Places with the power law that fits those of them that can be drawn.
    ///
    /// - Parameters:
    ///   - x: what the axis shows, for the words where there is no fit.
    package init(name: String, fitting points: [LogLogPlot.Point], x: String, y: String) {
        let drawn = points.filter(\.canBeDrawn)
        let fit: LogLogPlot.Fit =
            switch powerLaw(Variable(y, drawn.map(\.y)), over: Variable(x, drawn.map(\.x))) {
            case .success(let law):
                .line(slope: law.exponent, standardError: law.standardError, logFactor: law.logFactor)
            case .failure(.tooFewRows): .none("too few points for a slope")
            case .failure(.constant(let variable)): .none("no slope, as \(variable) is constant")
            case .failure(.noLogarithm): .none("no slope")
            }
        self.init(name: name, points: points, fit: fit)
    }
}
