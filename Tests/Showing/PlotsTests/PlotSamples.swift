import Plots

/// A population as a study has it: 100 models, measures of very different scale, and an accuracy they partly predict.
enum PlotSamples {
    static let measureNames = [
        "hessian_trace_exact", "hessian_trace_hutchinson", "pair_proxy", "weight_norm_l2", "weight_norm_l1",
        "dead_units",
        "feature_rank", "train_loss", "train_accuracy", "test_loss", "generalization_gap", "epochs_trained",
        "margin_median", "path_norm_normalised_by_margin", "spectral_complexity",
    ]

    static let accuracy = noise(seed: 1).map { 0.756 + 0.011 * $0 }

    static let strengths = [-0.5, -0.3, 0.6, 0.02, 0.1, -0.4, 0.35, -0.2, 0.2, -0.9, -0.8, 0.05, 0.3, -0.25, 0.0]

    /// One column a measure: some heavily tied, some over several decades.
    static let measures: [[Double]] = measureNames.indices.map { index in
        let signal = zip(noise(seed: 1), noise(seed: UInt64(index + 2))).map { strengths[index] * $0 + $1 }
        switch measureNames[index] {
        case "hessian_trace_exact", "hessian_trace_hutchinson", "train_loss": return signal.map { exponential(3 * $0) }
        case "dead_units", "epochs_trained": return signal.map { ($0 * 1.2 + 2).rounded() }.map { max($0, 0) }
        default: return signal
        }
    }

    static func scatter(_ name: String, marked: Bool = false, scale: AxisScale = .automatic) -> ScatterPlot {
        let column = measures[measureNames.firstIndex(of: name) ?? 0]
        return ScatterPlot(
            title: "\(name) against test accuracy", xLabel: name, yLabel: "test_accuracy",
            points: zip(column, accuracy).enumerated().map {
                .init(x: $1.0, y: $1.1, isMarked: marked && $0.isMultiple(of: 7))
            },
            xScale: scale, subtitle: "ρ = 0.374, n = 100, p = 0.00012",
            classNames: marked ? ("memorised", "not memorised") : nil)
    }

    static var ranking: RankingPlot {
        RankingPlot(
            title: "Rank correlation with test accuracy",
            entries: zip(measureNames, strengths).map { name, strength in
                .init(
                    name: name, coefficient: strength, interval: max(-1, strength - 0.2)...min(1, strength + 0.2),
                    pValue: 0.1 - abs(strength) / 10, adjustedPValue: min(1, 1.5 * (1 - abs(strength))), count: 100)
            }, legend: ("Intervals: 95 %, bootstrap percentiles of 200 resamples.", nil))
    }

    static var matrix: MatrixPlot {
        MatrixPlot(
            title: "Rank correlations between measures", names: measureNames,
            values: strengths.indices.map { row in
                strengths.indices.map { $0 == row ? 1 : strengths[row] * strengths[$0] }
            })
    }

    /// Two regimes over the number of training points, with standard errors and one point missing.
    static var curves: CurvePlot {
        let sizes = [500.0, 2000, 6000, 12000, 24000, 60000]
        func series(_ name: String, _ values: [Double?], error: Double) -> CurvePlot.Series {
            .init(
                name: name,
                points: zip(sizes, values).map { size, value in
                    .init(x: size, y: value, interval: value.map { $0 - error...$0 + error })
                })
        }
        return CurvePlot(
            title: "test_accuracy over the number of training points", xLabel: "training_points",
            yLabel: "test_accuracy",
            series: [
                series("small-batch", [0.853, 0.9043, 0.9396, 0.9595, 0.97, 0.9802], error: 0.006),
                series("large-batch", [0.8651, 0.92, nil, 0.9647, 0.9708, 0.9804], error: 0.003),
            ],
            notes: ["Bars are one standard error of the mean over the networks of a regime."])
    }

    /// Two groups over five decades, one with several models at each x, and a point without a logarithm.
    static var slopes: LogLogPlot {
        let steps = (2...12).map { Double(1 << $0) }
        let spread = noise(seed: 9)
        return LogLogPlot(
            title: "Growth of the risk", xLabel: "steps", yLabel: "risk",
            series: [
                .init(
                    name: "descent",
                    points: steps.map { .init(x: $0, y: 0.01 * $0.squareRoot()) } + [.init(x: 8192, y: 0)],
                    fit: .line(slope: 0.5, standardError: 0, logFactor: -4.605170185988091)),
                .init(
                    name:
                        "sharpness-aware minimisation with a name that takes more than its line of the legend, by far",
                    points: steps.enumerated().flatMap { index, x in
                        (0..<3).map { .init(x: x, y: 0.001 * x * (1 + 0.2 * spread[3 * index + $0])) }
                    }, fit: .line(slope: 1, standardError: 0.02, logFactor: -6.907755278982137)),
            ], expectedSlope: 0.5)
    }

    /// A grid whose value is 0 up to a line and grows over decades beyond it; a row is missing at one place.
    static func heatMap(hasBoundary: Bool = false) -> HeatMapPlot {
        let (radii, steps) = ([0.01, 0.02, 0.05, 0.1, 0.2, 0.5], [0.0625, 0.125, 0.25, 0.5, 1])
        let points = steps.flatMap { step in
            radii.map { radius in
                let excess = radius - 0.03 / step
                return HeatMapPlot.Point(
                    x: radius, y: step, value: radius == 0.5 && step == 1 ? nil : excess > 0 ? excess * excess : 0)
            }
        }
        return HeatMapPlot(
            title: "Where the risk begins", xLabel: "radius", yLabel: "step_size", valueLabel: "population_risk",
            points: points,
            boundary: hasBoundary
                ? .init(name: "critical_radius", points: steps.map { .init(x: 0.03 / $0, y: $0) }) : nil,
            isLogarithmicX: true, isLogarithmicY: true)
    }

    /// Three groups of points, some of them hollow.
    static var grouped: ScatterPlot {
        var plot = scatter("pair_proxy", marked: true)
        plot.groups = ["small-batch", "large-batch", "large-batch, cooled"]
        for index in plot.points.indices { plot.points[index].group = index % 3 }
        return plot
    }

    /// A hundred numbers about 0 of size about 1, from Knuth's linear congruential generator.
    static func noise(seed: UInt64, count: Int = 100) -> [Double] {
        var state = seed
        return (0..<count).map { _ in
            (0..<12).reduce(-6.0) { sum, _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return sum + Double(state >> 11) * 0x1p-53
            }
        }
    }

    private static func exponential(_ x: Double) -> Double {
        (1...40).reversed().reduce(1) { 1 + $0 * x / Double($1) }
    }
}
