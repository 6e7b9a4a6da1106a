import Diagnostics

/// A link where a transfer would write: what it leads to may be anything.
public struct LinkedFile: RequestError, Equatable {
    public let path: String

    public init(path: String) { self.path = path }

    public var description: String {
        "\(path) is a link to another file, which would be overwritten. Remove the link."
    }
}
