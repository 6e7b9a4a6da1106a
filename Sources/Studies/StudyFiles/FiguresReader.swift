import Definitions
import Documents

/// Reads a study file's `figures`: pictures for its report.
///
///     figures:
///       - {name: phases, title: When does it drift?, kind: heat-map, x: radius, y: step_size, value: risk, boundary: critical_radius}
///       - {name: growth, kind: curves, x: steps, y: risk, by: algorithm, scale: log-log, slope: 1, where: {rho: 0}}
///       - {name: ratio, kind: scatter, x: flatness, y: risk, by: regime}
///
/// Axes are measures, settings or the seed; `by` is the regime or a setting, and `where` selects models by these.
struct FiguresReader {
    let columns: StudyColumns

    /// The figures under the key of a study file.
    func figures(_ study: MappingReader, _ key: String) -> [Figure] {
        var figures: [Figure] = []
        for entry in study.mappings(key) {
            let figure = self.figure(entry)
            if figures.contains(where: { $0.name == figure.name }), !figure.name.isEmpty {
                entry.complain("name", "'\(figure.name)' is given twice")
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
        if entry.value("name") != nil, name.wholeMatch(of: /[a-z0-9]+([-_][a-z0-9]+)*/) == nil {
            entry.complain("name", "'\(name)' is no name of a picture: use lower-case letters, digits, hyphens")
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
