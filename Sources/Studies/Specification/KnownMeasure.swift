/// What a study file may say of a measure: its id and its options.
public struct KnownMeasure: Sendable, Equatable {
    public struct Option: Sendable, Equatable {
        public enum Kind: Sendable, Equatable {
            case integer(atLeast: Int)
            case choice([String])
        }

        public let name: String
        public let kind: Kind

        public init(_ name: String, _ kind: Kind) {
            self.name = name
            self.kind = kind
        }
    }

    public let id: String
    public let options: [Option]

    public init(id: String, options: [Option] = []) {
        self.id = id
        self.options = options
    }
}
