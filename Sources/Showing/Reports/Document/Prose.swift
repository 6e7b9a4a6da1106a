/// A piece of running text: what it says and what it is, without any markup.
///
/// Plain text is plain: a renderer escapes what its format would read as markup.
public enum Inline: Sendable, Hashable {
    case text(String)
    /// Text that the author of a study or an experiment wrote, as its title, its limits or its source: plain, whatever
    /// marks stand in it.
    case authored(String)
    /// A name as a program has it: a measure, a study, a hyperparameter, a command.
    case code(String)
    case emphasis(String)
    /// What should catch the eye, as a verdict's word.
    case strong(String)
    /// - Parameter to: an address, or "#" and a heading's anchor.
    case link(String, to: String)
    /// A new line within the paragraph, where the format has one.
    case lineBreak
}

/// Running text, written as a string whose insertions say what they are:
///
///     let text: Prose = "\(code: "pair_proxy") is \(strong: "supported")."
public struct Prose: Sendable, Hashable {
    public private(set) var inlines: [Inline] = []

    public init() {}

    public init(_ inlines: [Inline]) {
        for inline in inlines { append(inline) }
    }

    /// Plain text.
    public init(_ text: String) { append(.text(text)) }

    public var isEmpty: Bool { inlines.isEmpty }

    /// What it says, without what it is.
    public var plainText: String {
        inlines.map { inline in
            switch inline {
            case .text(let text), .authored(let text), .code(let text), .emphasis(let text), .strong(let text),
                .link(let text, _):
                text
            case .lineBreak: " "
            }
        }.joined()
    }

    /// Neighbouring plain texts are one, and an empty one is none.
    private mutating func append(_ inline: Inline) {
        guard case .text(let text) = inline else {
            inlines.append(inline)
            return
        }
        guard !text.isEmpty else { return }
        if case .text(let before) = inlines.last {
            inlines[inlines.count - 1] = .text(before + text)
        } else {
            inlines.append(inline)
        }
    }

    public static func + (before: Prose, after: Prose) -> Prose { Prose(before.inlines + after.inlines) }

    public static func += (prose: inout Prose, after: Prose) { prose = prose + after }
}

extension Prose: ExpressibleByStringInterpolation {
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var inlines: [Inline] = []

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: String) { inlines.append(.text(literal)) }

        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            inlines.append(.text(value.description))
        }

        public mutating func appendInterpolation(_ prose: Prose) { inlines += prose.inlines }
        public mutating func appendInterpolation(authored text: String) { inlines.append(.authored(text)) }
        public mutating func appendInterpolation(code text: String) { inlines.append(.code(text)) }
        public mutating func appendInterpolation(emphasis text: String) { inlines.append(.emphasis(text)) }
        public mutating func appendInterpolation(strong text: String) { inlines.append(.strong(text)) }

        public mutating func appendInterpolation(_ text: String, link target: String) {
            inlines.append(.link(text, to: target))
        }
    }

    public init(stringLiteral text: String) { self.init(text) }

    public init(stringInterpolation: StringInterpolation) { self.init(stringInterpolation.inlines) }
}

extension Sequence<Prose> {
    public func joined(separator: Prose) -> Prose {
        var all = Prose()
        for (index, prose) in enumerated() { all += index == 0 ? prose : separator + prose }
        return all
    }
}
