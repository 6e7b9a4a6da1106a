import Randomness

/// Where the sample's bits come from.
package enum SpuriousDesign: String, CaseIterable, Sendable {
    /// Every pattern of bits once: no chance.
    case planted
    /// Random, given that exactly one coordinate is constant at the required value.
    case exactlyOne = "exactly-one"
    /// Random, given that no coordinate is constant.
    case noneConstant = "none-constant"
    /// Random.
    case independent

    /// - Parameters:
    ///   - coordinates: 0 for 2^n.
    ///   - constant: the value at which a coordinate must be constant to be spurious.
    package func sample(samples: Int, coordinates: Int, constant: Bool, seed: UInt64) -> BitSample {
        let count = coordinates == 0 ? 1 << samples : coordinates
        let stream = NativeStream(seed: seed).child("sample")
        return switch self {
        case .planted: .allPatterns(samples: samples, constant: constant)
        case .exactlyOne: .exactlyOne(samples: samples, coordinates: count, constant: constant, stream: stream)
        case .noneConstant: .noneConstant(samples: samples, coordinates: count, stream: stream)
        case .independent: .independent(samples: samples, coordinates: count, constant: constant, stream: stream)
        }
    }

    /// Throws unless the design exists with so many samples and coordinates.
    package func check(samples: Int, coordinates: Int) throws(SettingsDisagree) {
        if self == .planted, coordinates != 0, coordinates != 1 << samples {
            throw SettingsDisagree("coordinates: the planted design has 2^samples = \(1 << samples); state 0 or that")
        }
        if self == .noneConstant, samples < 2 {
            throw SettingsDisagree("samples: a coordinate of one sample is always constant; state 2 or more")
        }
    }
}
