/// A drawn picture: a whole SVG file, its size in pixels, and its words for readers who cannot see it.
///
/// It has no scripts, no style sheet and nothing from elsewhere, which is what code hosts let through.
public struct Picture: Sendable, Hashable {
    public let title: String
    public let width: Double
    public let height: Double
    public let svg: String
}

/// What can be drawn.
public protocol Plot: Sendable {
    /// The same plot gives the same picture always.
    func picture() -> Picture
}

extension Plot {
    /// The picture's file.
    public func svg() -> String { picture().svg }
}

extension Picture {
    /// The elements on a background of their own.
    init(width: Double, height: Double, title: String, _ elements: [SVGElement]) {
        let root = SVGElement(
            "svg",
            [
                "xmlns": Self.nameSpace, "width": width, "height": height,
                "viewBox": "0 0 \(width.svgText) \(height.svgText)", "role": "img", "font-family": PlotStyle.fontFamily,
                "font-size": PlotStyle.textSize, "fill": PlotStyle.ink,
            ],
            [
                SVGElement("title", text: title),
                SVGElement("rect", ["width": width, "height": height, "fill": PlotStyle.background]),
            ] + elements)
        var text = Self.declaration
        root.write(to: &text)
        self.init(title: title, width: width, height: height, svg: text)
    }

    private static let nameSpace = "http://www.w3.org/2000/svg"
    private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

    /// The same picture with a sentence below it, over as many lines as it takes: what has to be known of it wherever
    /// it is shown.
    public func noted(_ sentence: String) -> Picture {
        let (margin, size, lineHeight) = (20.0, PlotStyle.textSize, 18.0)
        let lines = PlotText.wrapped(sentence, to: width - 2 * margin, size: size)
        guard !lines.isEmpty else { return self }
        let texts = lines.enumerated().map { index, line in
            SVGElement(
                "text",
                [
                    "x": margin, "y": height + lineHeight * Double(index) + size, "font-size": size,
                    "fill": PlotStyle.mutedInk,
                ], text: line)
        }
        // The name space is that of the picture around it.
        let inner = String(svg.dropFirst(Self.declaration.count))
            .replacing(" xmlns=\"\(Self.nameSpace)\"", with: "", maxReplacements: 1)
        return Picture(
            width: width, height: height + lineHeight * Double(lines.count) + 8, title: title,
            [SVGElement(drawn: inner)] + texts)
    }

    /// A picture that says in a sentence why there is nothing to draw.
    public init(sentence: String, title: String, width: Double = 600) {
        let margin = 20.0
        let size = PlotStyle.labelSize
        let heading = Heading(title, x: margin, width: width - 2 * margin)
        var baseline = heading.baseline + 8
        let lines = PlotText.wrapped(sentence, to: width - 2 * margin, size: size).map { line in
            baseline += 22
            return SVGElement(
                "text", ["x": margin, "y": baseline, "font-size": size, "fill": PlotStyle.mutedInk], text: line)
        }
        self.init(width: width, height: baseline + 20, title: title, heading.elements + lines)
    }
}

/// The title at the top of a picture, over as many lines as it takes.
struct Heading {
    let elements: [SVGElement]
    /// That of the last line.
    let baseline: Double

    init(_ title: String, x: Double, width: Double) {
        let size = PlotStyle.titleSize
        let lines = PlotText.wrapped(title, to: width, size: size, bold: true)
        elements = lines.enumerated().map { index, line in
            SVGElement(
                "text", ["x": x, "y": 30 + 22 * Double(index), "font-size": size, "font-weight": "bold"], text: line)
        }
        baseline = 30 + 22 * Double(max(lines.count - 1, 0))
    }
}
