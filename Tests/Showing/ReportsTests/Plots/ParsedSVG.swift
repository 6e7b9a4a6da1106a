import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// An SVG picture as a parser sees it, which knows nothing of how it was written.
struct ParsedSVG {
    struct Element {
        var name: String
        var attributes: [String: String]
        /// Attributes of the enclosing elements, the innermost winning.
        var inherited: [String: String]
        var text = ""

        func number(_ attribute: String) throws -> Double {
            try #require(attributes[attribute].flatMap(Double.init), "\(name) has no number \(attribute)")
        }
    }

    let elements: [Element]
    let width: Double
    let height: Double

    /// Fails the test if `text` is not well-formed XML.
    init(_ text: String) throws {
        let reader = Reader()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = reader
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        elements = reader.elements
        let root = try #require(elements.first)
        #expect(root.name == "svg")
        width = try root.number("width")
        height = try root.number("height")
    }

    func all(_ name: String, inClass className: String? = nil) -> [Element] {
        elements.filter { element in
            let classes = [element.attributes["class"], element.inherited["class"]]
            return element.name == name && (className == nil || classes.contains(className))
        }
    }

    var texts: [String] { all("text").map(\.text) }

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
