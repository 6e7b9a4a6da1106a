import Diagnostics

/// An element of an SVG picture with its attributes in the order given, so that equal pictures have equal bytes.
struct SVGElement {
    private let name: String
    private let attributes: KeyValuePairs<String, any SVGAttribute>
    private let text: String?
    /// A whole element as it is written, in place of all others.
    private var drawn: String?
    private let children: [SVGElement]

    init(_ name: String, _ attributes: KeyValuePairs<String, any SVGAttribute> = [:], _ children: [SVGElement] = []) {
        self.name = name
        self.attributes = attributes
        self.text = nil
        self.children = children
    }

    init(_ name: String, _ attributes: KeyValuePairs<String, any SVGAttribute> = [:], text: String) {
        self.name = name
        self.attributes = attributes
        self.text = text
        self.children = []
    }

    /// An element that was written before.
    init(drawn: String) {
        self.init("")
        self.drawn = drawn
    }

    /// Whether there is nothing inside.
    var isEmpty: Bool { children.isEmpty && text == nil && drawn == nil }

    /// Writes the element and its children, each on a line of its own.
    func write(to output: inout String) {
        if let drawn {
            output += drawn
            return
        }
        output += "<\(name)"
        for (key, value) in attributes { output += " \(key)=\"\(value.svgText)\"" }
        if let text {
            output += ">\(xmlEscaped(text))</\(name)>\n"
        } else if children.isEmpty {
            output += "/>\n"
        } else {
            output += ">\n"
            for child in children { child.write(to: &output) }
            output += "</\(name)>\n"
        }
    }
}

/// What an attribute's value may be.
protocol SVGAttribute {
    /// Ready to stand between double quotes.
    var svgText: String { get }
}

extension String: SVGAttribute {
    var svgText: String { xmlEscaped(self) }
}

extension Int: SVGAttribute {
    var svgText: String { description }
}

extension Double: SVGAttribute {
    /// At most two decimals, the same on every machine; a hundredth of a pixel is below what anyone sees.
    ///
    /// A number beyond ±1e12, or none, is no place in a picture: it is written as the nearest that is (0 for NaN), so
    /// that a fault in one element leaves the rest of a picture whole.
    var svgText: String {
        let place = isNaN ? 0 : min(max(self, -1e12), 1e12)
        let hundredths = Int((place * 100).rounded())
        let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
        let sign = hundredths < 0 ? "-" : ""
        switch rest {
        case 0: return "\(sign)\(whole)"
        case _ where rest % 10 == 0: return "\(sign)\(whole).\(rest / 10)"
        default: return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
        }
    }
}

/// `text` for XML 1.0, in content or between double quotes: what XML forbids, and whatever else could command a reader,
/// is spelt out.
package func xmlEscaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.replacing("\r\n", with: " ").replacing("\r", with: " ").withVisibleControls.unicodeScalars {
        switch scalar {
        case "&": escaped += "&amp;"
        case "<": escaped += "&lt;"
        case ">": escaped += "&gt;"
        case "\"": escaped += "&quot;"
        case "\t", "\n": escaped += " "
        default: escaped.unicodeScalars.append(scalar)
        }
    }
    return escaped
}
