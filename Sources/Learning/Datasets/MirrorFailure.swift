/// Why one mirror did not deliver a file.
enum MirrorFailure: Error, Equatable, CustomStringConvertible {
    case wrongAddress
    /// An HTTP status other than success.
    case status(Int)
    /// The connection failed, or ended before the announced length.
    case interrupted(reason: String)
    /// The server sent another range than was asked for.
    case wrongRange
    /// More bytes than the packed file can have.
    case tooLong(limit: Int)
    case wrongContent(FileCheck)

    /// Whether the bytes kept from an earlier transfer may be to blame, because they belong to another file.
    var isAboutContent: Bool {
        switch self {
        case .status(416), .wrongRange, .tooLong, .wrongContent: true
        default: false
        }
    }

    var description: String {
        switch self {
        case .wrongAddress: "not a web address"
        case .status(let code): "HTTP status \(code)"
        case .interrupted(let reason): reason
        case .wrongRange: "sent another range than was asked for"
        case .tooLong(let limit): "sent more than the \(limit) bytes that the file can have"
        case .wrongContent(let check): "sent wrong bytes: \(check.explanation)"
        }
    }
}
