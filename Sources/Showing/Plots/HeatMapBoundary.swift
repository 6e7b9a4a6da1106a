/// A boundary's line over the cells of a heat map.
struct HeatMapBoundary {
    let elements: [SVGElement]
    /// What of it cannot be seen.
    let note: String?

    init(_ boundary: HeatMapPlot.Boundary, _ frame: GridFrame) {
        // One x for each y, as the rows have it; the mean where there are several.
        let places = Dictionary(grouping: boundary.points.filter { $0.x.isFinite && $0.y.isFinite }, by: \.y)
            .sorted { $0.key < $1.key }
            .compactMap { y, points -> (x: Double, y: Double)? in
                let middle = mean(points.map(\.x))
                guard let column = frame.x.place(middle), let row = frame.y.place(y) else { return nil }
                return (frame.pixel(column: column), frame.pixel(row: row))
            }
        var pieces = zip(places, places.dropFirst()).map { Segment(x1: $0.x, y1: $0.y, x2: $1.x, y2: $1.y) }
        // A line needs two rows; one is crossed upright.
        if let only = places.first, places.count == 1 {
            pieces = [
                Segment(x1: only.x, y1: only.y - frame.cellHeight / 2, x2: only.x, y2: only.y + frame.cellHeight / 2)
            ]
        }
        let path = pieces.compactMap { $0.clipped(frame.horizontal, frame.vertical)?.path }.joined()
        elements =
            path.isEmpty
            ? []
            : Self.strokes.map { color, width in
                SVGElement(
                    "path",
                    [
                        "class": "boundary", "d": path, "fill": "none", "stroke": color, "stroke-width": width,
                        "stroke-linecap": "round",
                    ])
            }
        note = path.isEmpty ? "\(boundary.name) has no place within the figure." : nil
    }

    /// Black within white stands out on every colour.
    private static let strokes = [("#ffffff", 5.0), ("#000000", 2.2)]

    static func symbol(_ x: Double, _ y: Double) -> [SVGElement] {
        [SVGElement("line", ["x1": x - 8, "y1": y, "x2": x + 8, "y2": y, "stroke": "#000000", "stroke-width": 2.2])]
    }
}
