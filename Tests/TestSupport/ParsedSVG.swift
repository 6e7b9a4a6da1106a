import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// An SVG picture as a parser sees it, which knows nothing of how it was written.
public struct ParsedSVG {
    public struct Element {
        public var name: String
        public var attributes: [String: String]
        /// Attributes of the enclosing elements, the innermost winning.
        public var inherited: [String: String]
        public var text = ""

        public func number(_ attribute: String) throws -> Double {
            guard let number = attributes[attribute].flatMap(Double.init) else {
                throw Malformed(description: "\(name) has no number \(attribute)")
            }
            return number
        }
    }

    public let elements: [Element]
    public let width: Double
    public let height: Double

    /// What a picture lacks.
    public struct Malformed: Error, CustomStringConvertible {
        public let description: String
    }

    /// - Throws: `Malformed` if `text` is no SVG in well-formed XML.
    public init(_ text: String) throws {
        let reader = Reader()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = reader
        guard parser.parse(), let root = reader.elements.first, root.name == "svg" else {
            throw Malformed(description: "\(parser.parserError.map(String.init(describing:)) ?? "no SVG")")
        }
        elements = reader.elements
        width = try root.number("width")
        height = try root.number("height")
    }

    public func all(_ name: String, inClass className: String? = nil) -> [Element] {
        elements.filter { element in
            let classes = [element.attributes["class"], element.inherited["class"]]
            return element.name == name && (className == nil || classes.contains(className))
        }
    }

    public var texts: [String] { all("text").map(\.text) }

    private final class Reader: NSObject, XMLParserDelegate {
        var elements: [Element] = []
        private var open: [Int] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            let inherited = open.last.map { elements[$0].inherited.merging(elements[$0].attributes) { $1 } } ?? [:]
            open.append(elements.count)
            elements.append(Element(name: name, attributes: attributes, inherited: inherited))
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            if let index = open.last { elements[index].text += string }
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) {
            open.removeLast()
        }
    }
}
