import Definitions
import Diagnostics
import Documents

/// Reads a study file's `figures`: pictures for its report.
///
///     figures:
///       - {name: phases, title: When does it drift?, kind: heat-map, x: radius, y: step_size, value: risk,
///          boundary: critical_radius}
///       - {name: growth, kind: curves, x: steps, y: risk, by: algorithm, scale: log-log, slope: 1, where: {rho: 0}}
///       - {name: ratio, kind: scatter, x: flatness, y: risk, by: regime}
///
/// Axes are measures, settings or the seed; `by` is the regime or a setting, and `where` selects models by these.
struct FiguresReader {
    let columns: StudyColumns

    /// The figures under the key of a study file.
    func figures(_ study: MappingReader, _ key: String) -> [Figure] {
        var figures: [Figure] = []
        var names: Set<String> = []
        for entry in study.mappings(key) {
            let figure = self.figure(entry)
            if !names.insert(figure.name).inserted, !figure.name.isEmpty {
                entry.complain("name", "'\(figure.name.shortened)' is given twice")
            }
            figures.append(figure)
        }
        return figures
    }

    private func figure(_ entry: MappingReader) -> Figure {
        let kind = self.kind(entry)
        entry.require(FigureKeys.x)
        entry.require(FigureKeys.y)
        let name = self.name(entry)
        let scale = entry.choice(FigureKeys.scale) ?? Figure.Scale.linear
        let figure = Figure(
            name: name, title: entry.text(FigureKeys.title) ?? name, kind: kind ?? .scatter,
            x: columns.number(entry, FigureKeys.x.name) ?? "",
            y: columns.number(entry, FigureKeys.y.name) ?? "", value: columns.number(entry, FigureKeys.value.name),
            by: columns.group(entry, FigureKeys.by.name),
            boundary: columns.number(entry, FigureKeys.boundary.name), scale: scale,
            slope: entry.number(FigureKeys.slope),
            selection: columns.selection(entry, FigureKeys.selection.name))
        if let kind { check(entry, kind, scale) }
        entry.finish()
        return figure
    }

    /// A name is also a file's.
    private func name(_ entry: MappingReader) -> String {
        entry.require(FigureKeys.name)
        let name = entry.text(FigureKeys.name) ?? ""
        if entry.value("name") != nil, let problem = NameRule.picture.problem(with: name) {
            entry.complain("name", "'\(name.shortened)' \(problem)")
        }
        return name
    }

    private func kind(_ entry: MappingReader) -> Figure.Kind? {
        entry.require(FigureKeys.kind)
        return entry.choice(FigureKeys.kind)
    }

    /// Notes what does not go together.
    private func check(_ entry: MappingReader, _ kind: Figure.Kind, _ scale: Figure.Scale) {
        let without: [String]
        if kind == .heatMap {
            entry.require("value", "the column that is shown as colour")
            without = ["by", "slope"]
        } else {
            without = ["value", "boundary"]
            if entry.value("slope") != nil, scale != .logLog {
                entry.complain("slope", "is one on logarithmic axes: it needs 'scale: log-log'")
            }
        }
        for key in without where entry.value(key) != nil {
            entry.complain(key, "has no meaning in a figure of kind \(kind.rawValue): leave it out")
        }
    }
}

// MARK: Keys

/// The keys of an entry of `figures`.
enum FigureKeys {
    static let kind = StudyFileKey(
        "kind", .choice(Figure.Kind.words), .required(hint: Figure.Kind.words.joined(separator: ", ")),
        "what is drawn", example: "scatter")
    static let x = StudyFileKey(
        "x", .text, .required(hint: "the column along the bottom"), "a measure, a hyperparameter or seed",
        example: "hessian_trace")
    static let y = StudyFileKey(
        "y", .text, .required(hint: "the column along the side"), "likewise", example: "test_accuracy")
    static let name = StudyFileKey(
        "name", .text, .required(hint: "a word for the picture's file, as phases"),
        "the picture's file is figure-NAME.svg", example: "phases")
    static let scale = StudyFileKey(
        "scale", .choice(Figure.Scale.words), .optional(otherwise: "linear"), "which axes are logarithmic",
        example: "log-log")
    static let title = StudyFileKey(
        "title", .text, .optional(otherwise: "the name"), "one line above the picture", example: "When does it drift?")
    static let value = StudyFileKey(
        "value", .text, .optional(otherwise: "nothing: needed in a heat map"), "heat map: the column shown as colour",
        example: "population_risk")
    static let by = StudyFileKey(
        "by", .text, .optional(otherwise: "one group"), "curves, scatter: the regime, seed or hyperparameter of groups",
        example: "regime")
    static let boundary = StudyFileKey(
        "boundary", .text, .optional(otherwise: "none"), "heat map: a column with the theory's x of each y",
        example: "critical_radius")
    static let slope = StudyFileKey(
        "slope", .number(.any), .optional(otherwise: "none"), "curves, scatter: the slope expected on log-log axes",
        example: "1")
    static let selection = StudyFileKey(
        "where", .named("regime, seed or hyperparameter", .either([.scalar, .list(of: .scalar)])),
        .optional(otherwise: "all models"), "which models", example: "{regime: sam, radius: [0.1, 0.2]}")

    static let all = [name, title, kind, x, y, value, by, boundary, scale, slope, selection]
}
