/// The look of one of several groups: a colour and a shape of its own, so that neither alone has to tell groups apart.
///
/// Colours are those of Okabe and Ito (Color Universal Design, 2008) without their yellow, which is too faint on white.
/// Seven colours and five shapes make 35 looks before one returns.
struct Marker: Sendable, Hashable {
    /// Counts from 0; the first two look as the plain and the marked points of one group do.
    let index: Int

    private static let colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"]

    var color: String { Self.colors[index % Self.colors.count] }

    /// The symbol around a place, without its colours.
    func symbol(_ x: Double, _ y: Double) -> SVGElement {
        func path(_ dx: Double, _ dy: Double, _ rest: String) -> SVGElement {
            SVGElement("path", ["d": "M\((x + dx).svgText) \((y + dy).svgText)\(rest)z"])
        }
        return switch index % 5 {
        case 0: SVGElement("circle", ["cx": x, "cy": y, "r": 4.2])
        case 1: path(0, -4.8, "l4.6 8h-9.2")
        case 2: path(-3.8, -3.8, "h7.6v7.6h-7.6")
        case 3: path(0, -5.4, "l5.4 5.4l-5.4 5.4l-5.4 -5.4")
        default: path(0, 4.8, "l4.6 -8h-9.2")
        }
    }

    /// Symbols in the group's colours: filled, or hollow for those that differ in something else.
    func group(_ symbols: [SVGElement], isHollow: Bool = false, className: String) -> SVGElement {
        isHollow
            ? SVGElement(
                "g",
                [
                    "class": className, "fill": PlotStyle.background, "fill-opacity": 0.6, "stroke": color,
                    "stroke-width": 1.6,
                ], symbols)
            : SVGElement(
                "g",
                [
                    "class": className, "fill": color, "fill-opacity": 0.65, "stroke": PlotStyle.background,
                    "stroke-width": 0.75,
                ], symbols)
    }
}
