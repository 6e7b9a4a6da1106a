/// How a report becomes text. A format is one type that conforms to this, and its line in `ReportFormat.all`.
protocol ReportRenderer: Sendable {
    /// As a command's option has it.
    var name: String { get }
    /// What becomes of the report, behind the name, as the option's help has it.
    var summary: String { get }
    /// What the text is called in the report's folder, with the pictures beside it; nil for text that is printed.
    var fileName: String? { get }
    /// Whether pictures stand in the text itself, and not in files beside it.
    var holdsPictures: Bool { get }

    /// The whole report, ending in a line break; the same report gives the same bytes.
    func render(_ report: Report) -> String
}

/// A form in which a report can be had.
public struct ReportFormat: Sendable {
    private let renderer: any ReportRenderer

    /// Every format, by the name that a command takes.
    public static let all: [ReportFormat] = [
        markdown,
        ReportFormat(renderer: HTMLRenderer()),
        ReportFormat(renderer: TerminalRenderer()),
    ]

    /// With which text and pictures are kept in a repository.
    public static let markdown = ReportFormat(renderer: MarkdownRenderer())

    /// Nil for a name that no format has.
    public init?(named name: String) {
        guard let format = Self.all.first(where: { $0.name == name }) else { return nil }
        self = format
    }

    fileprivate init(renderer: any ReportRenderer) { self.renderer = renderer }

    public var name: String { renderer.name }

    /// "prints the text"
    public var summary: String { renderer.summary }

    /// What the text is called in the report's folder; nil where it is for printing, without pictures.
    public var fileName: String? { renderer.fileName }

    /// Whether pictures stand in the text itself, and not in files beside it.
    public var holdsPictures: Bool { renderer.holdsPictures }

    /// The whole report, ending in a line break.
    public func render(_ report: Report) -> String { renderer.render(report) }
}

extension ReportRenderer {
    var holdsPictures: Bool { false }
}
