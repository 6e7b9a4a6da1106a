/// The status and the header fields of an answer that a transfer needs, read line by line.
///
/// Answers that come before the last one, such as `100 Continue` and redirections, are replaced by the next.
struct ResponseHead {
    /// Most bytes of all heads of one request together; servers send some hundreds.
    static let limit = 1 << 16

    private(set) var status = 0
    /// The range that is sent, as "bytes 70000-299999/300000".
    private(set) var contentRange = ""
    private var contentLength: Substring?
    private var isChunked = false
    private var location: Substring?
    private var bytes = 0

    /// Whether the next answer is the one that counts.
    var isPreliminary: Bool { (100..<200).contains(status) || (300..<400).contains(status) && location != nil }

    /// Length of the body in bytes, if the server tells; `Int.max` for any that is larger.
    var announced: Int? {
        guard !isChunked, let digits = contentLength, !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit) else {
            return nil
        }
        return Int(digits) ?? .max
    }

    /// - Returns: whether the head ends with this line.
    /// - Throws: `MirrorFailure.endlessHead`.
    mutating func read(_ line: UnsafeRawBufferPointer) throws(MirrorFailure) -> Bool {
        bytes += line.count
        guard bytes <= Self.limit else { throw .endlessHead }
        let text = String(decoding: line, as: UTF8.self)
        let content = text.prefix { $0 != "\r\n" && $0 != "\n" && $0 != "\r" }
        if content.isEmpty { return true }
        if content.hasPrefix("HTTP/") {
            let words = content.split(separator: " ", maxSplits: 2)
            self = ResponseHead(status: words.count > 1 ? Int(words[1]) ?? 0 : 0, bytes: bytes)
            return false
        }
        guard let colon = content.firstIndex(of: ":") else { return false }
        let value = content[content.index(after: colon)...].trimmingSpaces
        switch content[..<colon].lowercased() {
        case "content-length": contentLength = value
        case "content-range": contentRange = String(value)
        case "transfer-encoding": isChunked = true
        case "location": location = value
        default: break
        }
        return false
    }

    init() {}

    private init(status: Int, bytes: Int) {
        self.status = status
        self.bytes = bytes
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var rest = drop { $0 == " " || $0 == "\t" }
        while let last = rest.last, last == " " || last == "\t" { rest = rest.dropLast() }
        return rest
    }
}
