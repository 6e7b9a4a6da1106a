import Foundation

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
    /// More header fields than any server has to say.
    case endlessHead
    case tooSlow(bytes: Int, seconds: Double)
    case wrongContent(FileCheck)

    /// Whether the bytes kept from an earlier transfer may be to blame, because they belong to another file.
    var isAboutContent: Bool {
        switch self {
        case .status(416), .wrongRange, .tooLong, .wrongContent: true
        default: false
        }
    }

    /// Whether to go on from the same mirror where it stopped.
    var isInterruption: Bool {
        if case .interrupted = self { true } else { false }
    }

    var description: String {
        switch self {
        case .wrongAddress: "not a web address"
        case .status(let code): "HTTP status \(code)"
        case .interrupted(let reason): reason
        case .wrongRange: "sent another range than was asked for"
        case .tooLong(let limit): "sent more than the \(limit) bytes that the file can have"
        case .endlessHead: "sent more than \(ResponseHead.limit) bytes before the file"
        case .tooSlow(let bytes, let seconds):
            "too slow: \(bytes) bytes of the file in \(seconds.formatted()) seconds"
        case .wrongContent(let check): "sent wrong bytes: \(check.explanation)"
        }
    }
}
