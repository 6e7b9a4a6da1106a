import Diagnostics

// A study in another arithmetic: the same networks from the same seeds, but that their initial weights were moved by at
// most one unit in the last place. It is a study of its own, with a name and a digest of its own, so that none of its
// networks is ever taken for one of the study's.

extension StudySpecification.Definition {
    /// The number of the arithmetic in which its models are made; 0 for a study as it is.
    public var rounding: Int { configurations.first?.model.kind.rounding ?? 0 }

    /// The same models in another arithmetic, without rescaled copies and snapshots; nil where the models are of a kind
    /// that has no other arithmetic.
    public func rounded(_ number: Int) -> StudySpecification.Definition? {
        var other = self
        other.configurations = []
        for var configuration in configurations where configuration.variant == nil {
            guard let kind = configuration.model.kind.rounded(number) else { return nil }
            configuration.model = ModelSpecification(kind)
            other.configurations.append(configuration)
        }
        return other.configurations.isEmpty ? nil : other
    }
}

extension StudySpecification {
    /// The study in the arithmetic of this number, from 1. What is claimed or published of the study is no part of it.
    ///
    /// - Throws: `NoOtherArithmetic`.
    public func rounded(_ number: Int) throws(NoOtherArithmetic) -> StudySpecification {
        precondition(number > 0, "arithmetic 0 is the study's own")
        guard definition.rounding == 0 else { throw NoOtherArithmetic(study: name, reason: .isOne) }
        guard let definition = definition.rounded(number) else {
            throw NoOtherArithmetic(study: name, reason: .untrained(unit: definition.kind.unit))
        }
        let name = RoundedName(study: self.name, number: number).text
        guard name.utf8.count <= NameRule.mostCharacters else {
            throw NoOtherArithmetic(study: self.name, reason: .longName(name))
        }
        var other = self
        other.name = name
        other.title = "\(title), initial weights moved by rounding (\(number))"
        other.definition = definition
        (other.published, other.figures, other.claims) = ([], [], [])
        return other
    }
}

/// What a study is called in another arithmetic: "pair-proxy-mnist-rounding-3". No study file may take such a name.
public struct RoundedName: Sendable, Hashable {
    public let study: String
    /// From 1.
    public let number: Int

    /// Stands between the study's name and the number.
    public static let infix = "-rounding-"

    public init(study: String, number: Int) {
        self.study = study
        self.number = number
    }

    /// Nil for any other name.
    public init?(_ name: String) {
        guard let found = name.wholeMatch(of: /(.+)-rounding-([1-9][0-9]*)/), let number = Int(found.2) else {
            return nil
        }
        self.init(study: String(found.1), number: number)
    }

    public var text: String { "\(study)\(Self.infix)\(number)" }
}

/// A study that cannot be run in other arithmetics.
public struct NoOtherArithmetic: RequestError, Equatable {
    public enum Reason: Sendable, Equatable {
        /// Its models are not trained, or by another program.
        case untrained(unit: String)
        /// It is a study in another arithmetic itself.
        case isOne
        /// This name would be longer than names can be.
        case longName(String)
    }

    public let study: String
    public let reason: Reason

    public var description: String {
        switch reason {
        case .untrained(let unit):
            "The \(unit) of '\(study)' are not trained by 'basin run', so there are no initial weights that rounding "
                + "could move: leave out --rounding."
        case .isOne:
            "'\(study)' is a study in another arithmetic itself. Name the study that it is made of, or leave out "
                + "--rounding."
        case .longName(let name):
            "'\(study)' would be called '\(name)' in another arithmetic, and a name has at most "
                + "\(NameRule.mostCharacters) characters. Give the study a shorter one."
        }
    }
}
