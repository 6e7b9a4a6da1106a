import Analysis
import Definitions
import Plots
import Recording
import Results

/// A figure that a study's file asks for, drawn.
struct FigurePicture {
    let picture: Picture
    /// What is drawn, of which models, for the text beside it.
    let sentence: Prose

    init(_ figure: Figure, _ factors: ModelFactors) {
        sentence = Self.sentence(figure)
        switch factors.models(figure.selection) {
        case .failure(let nothing):
            picture = Picture(sentence: nothing.description, title: figure.title)
        case .success(let places):
            let models = factors.distinct(places, by: figure.by)
            let columns = [figure.x, figure.y] + (figure.value.map { [$0] } ?? [])
            if let empty = columns.first(where: { factors.numbers($0, models).allSatisfy { $0 == nil } }) {
                let of =
                    models.count == 1
                    ? "The selected model does not have" : "None of \(models.count) selected models has"
                picture = Picture(sentence: "\(of) a number for \(empty).", title: figure.title)
                return
            }
            picture =
                switch figure.kind {
                case .heatMap: Self.heatMap(figure, factors, models)
                case .curves where figure.scale == .logLog: Self.logLog(figure, factors, models)
                case .scatter where figure.slope != nil: Self.logLog(figure, factors, models)
                case .curves: Self.curves(figure, factors, models)
                case .scatter: Self.scatter(figure, factors, models)
                }
        }
    }

    private static func sentence(_ figure: Figure) -> Prose {
        let what: Prose =
            switch figure.kind {
            case .heatMap: "\(code: figure.value ?? "") as colour over \(code: figure.x) and \(code: figure.y)"
            case .curves, .scatter: "\(code: figure.y) over \(code: figure.x)"
            }
        let groups: Prose =
            figure.by.map { figure.kind == .curves ? ", a curve for each \(code: $0)" : ", by \(code: $0)" } ?? ""
        let line: Prose = figure.boundary.map { ", with the line where theory has \(code: $0)" } ?? ""
        return
            "\(what)\(groups)\(line); \(figure.selection == .all ? "all models" : "models with \(figure.selection)")."
    }

    // MARK: Kinds

    private static func heatMap(_ figure: Figure, _ factors: ModelFactors, _ models: [Int]) -> Picture {
        let (x, y) = (factors.numbers(figure.x, models), factors.numbers(figure.y, models))
        let values = factors.numbers(figure.value ?? "", models)
        var points: [HeatMapPlot.Point] = []
        var places: [LogLogPlot.Point: Int] = [:]
        for index in models.indices {
            guard let x = x[index], let y = y[index] else { continue }
            points.append(.init(x: x, y: y, value: values[index]))
            if values[index] != nil { places[.init(x: x, y: y), default: 0] += 1 }
        }
        let boundary = figure.boundary.map { name in
            HeatMapPlot.Boundary(
                name: name,
                points: zip(factors.numbers(name, models), y).compactMap { x, y in
                    x.flatMap { x in y.map { LogLogPlot.Point(x: x, y: $0) } }
                })
        }
        let most = places.values.max() ?? 0
        return HeatMapPlot(
            title: figure.title, xLabel: figure.x, yLabel: figure.y, valueLabel: figure.value ?? "", points: points,
            boundary: boundary, isLogarithmicX: figure.scale.isLogarithmicX,
            isLogarithmicY: figure.scale.isLogarithmicY,
            notes: most > 1 ? ["Each cell is the mean over its models, up to \(most)."] : []
        ).picture()
    }

    private static func logLog(_ figure: Figure, _ factors: ModelFactors, _ models: [Int]) -> Picture {
        let groups = Groups(figure, factors, models)
        return LogLogPlot(
            title: figure.title, xLabel: figure.x, yLabel: figure.y,
            series: groups.all.map { .init(name: $0.name, fitting: $0.points, x: figure.x, y: figure.y) },
            expectedSlope: figure.slope,
            isJoined: figure.kind == .curves, notes: groups.notes + (figure.kind == .curves ? groups.meansNote : [])
        ).picture()
    }

    private static func curves(_ figure: Figure, _ factors: ModelFactors, _ models: [Int]) -> Picture {
        let groups = Groups(figure, factors, models)
        guard groups.hasPoints else { return groups.nothing(figure) }
        return CurvePlot(
            title: figure.title, xLabel: figure.x, yLabel: figure.y,
            series: groups.all.map { .init(name: $0.name, points: CurvePlot.means($0.points.map { ($0.x, $0.y) })) },
            xScale: figure.scale.isLogarithmicX ? .logarithmic : .linear,
            yScale: figure.scale.isLogarithmicY ? .logarithmic : .linear, notes: groups.notes + groups.meansNote
        ).picture()
    }

    private static func scatter(_ figure: Figure, _ factors: ModelFactors, _ models: [Int]) -> Picture {
        let groups = Groups(figure, factors, models)
        guard groups.hasPoints else { return groups.nothing(figure) }
        var plot = ScatterPlot(
            title: figure.title, xLabel: figure.x, yLabel: figure.y,
            points: groups.all.enumerated().flatMap { index, group in
                group.points.map { ScatterPlot.Point(x: $0.x, y: $0.y, group: figure.by == nil ? nil : index) }
            },
            xScale: figure.scale.isLogarithmicX ? .logarithmic : .linear,
            yScale: figure.scale.isLogarithmicY ? .logarithmic : .linear,
            groups: figure.by == nil ? [] : groups.all.map(\.name))
        plot.notes = groups.notes
        return plot.picture()
    }

    // MARK: Groups

    /// The models' places on the axes, by group.
    private struct Groups {
        /// Those with a place; one without a name where the figure has no groups.
        let all: [(name: String, points: [LogLogPlot.Point])]
        /// What is left out.
        let notes: [String]
        /// What the bars are, where there are any.
        let meansNote: [String]

        var hasPoints: Bool { all.contains { !$0.points.isEmpty } }

        init(_ figure: Figure, _ factors: ModelFactors, _ models: [Int]) {
            let (x, y) = (factors.numbers(figure.x, models), factors.numbers(figure.y, models))
            let labels = figure.by.map { factors.labels($0, models) } ?? models.map { _ in "" }
            var points: [String: [LogLogPlot.Point]] = [:]
            var (without, misplaced) = (0, 0)
            for index in models.indices {
                guard let x = x[index], let y = y[index] else {
                    without += 1
                    continue
                }
                // A plot on two logarithmic axes counts what it leaves out itself.
                let isBelow = (figure.scale.isLogarithmicX && x <= 0) || (figure.scale.isLogarithmicY && y <= 0)
                guard !isBelow || figure.isLogLogPlot else {
                    misplaced += 1
                    continue
                }
                points[labels[index] ?? "no \(figure.by ?? "group")", default: []].append(.init(x: x, y: y))
            }
            let known = figure.by.map { factors.ordered($0, labels) } ?? [""]
            let names = known + points.keys.filter { !known.contains($0) }.sorted()
            all = names.compactMap { name in
                points[name].map { (figure.by.map { by in Double(name) == nil ? name : "\(by) \(name)" } ?? name, $0) }
            }
            notes =
                (without == 0
                    ? []
                    : [
                        """
                        \(without) of \(models.count) models \
                        \(without == 1 ? "lacks a value and is" : "lack a value and are") not drawn.
                        """
                    ])
                + (misplaced == 0
                    ? []
                    : [
                        """
                        \(misplaced) of \(models.count) models \(misplaced == 1 ? "is" : "are") left out: a \
                        logarithmic axis has no place for 0 and less.
                        """
                    ])
            let hasSeveral = all.contains { Set($0.points.map(\.x)).count < $0.points.count }
            meansNote =
                hasSeveral
                ? ["Points are means over models of the same \(figure.x); bars reach from the least to the greatest."]
                : []
        }

        func nothing(_ figure: Figure) -> Picture {
            Picture(
                sentence: (["There is no model with a place on both axes, \(figure.x) and \(figure.y)."] + notes)
                    .joined(
                        separator: " "),
                title: figure.title)
        }
    }
}

extension Figure {
    fileprivate var isLogLogPlot: Bool { kind == .curves && scale == .logLog || kind == .scatter && slope != nil }
}
