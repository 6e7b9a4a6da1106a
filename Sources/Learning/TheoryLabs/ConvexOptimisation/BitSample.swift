import Foundation
import Randomness

/// n samples of D fair bits, and a coordinate that is constant on all of them when there is one.
package struct BitSample: Sendable {
    package let samples: Int
    package let coordinates: Int
    /// n x D, row-major.
    package let bits: [Bool]
    /// The first coordinate with the required value in every sample: the spurious one.
    package let spurious: Int?

    /// - Parameter columns: bit k of element j is coordinate j of sample k.
    private init(samples: Int, columns: [UInt32], constant: Bool) {
        self.samples = samples
        coordinates = columns.count
        bits = (0..<samples * columns.count).map { columns[$0 % columns.count] >> ($0 / columns.count) & 1 == 1 }
        let wanted = Self.constantColumn(constant, samples: samples)
        spurious = columns.firstIndex(of: wanted)
    }

    private static func constantColumn(_ value: Bool, samples: Int) -> UInt32 { value ? (1 << UInt32(samples)) - 1 : 0 }

    /// Every pattern of n bits once, D = 2^n: coordinate 0 is constantly 0, the last one constantly 1.
    package static func allPatterns(samples: Int, constant: Bool) -> BitSample {
        BitSample(samples: samples, columns: (0..<UInt32(1) << UInt32(samples)).map { $0 }, constant: constant)
    }

    /// Fair bits, as they fall.
    package static func independent(samples: Int, coordinates: Int, constant: Bool, stream: NativeStream) -> BitSample {
        var stream = stream
        let columns = (0..<coordinates).map { _ in column(samples, &stream) }
        return BitSample(samples: samples, columns: columns, constant: constant)
    }

    /// Fair bits, given that exactly one coordinate is constant at the required value: that one is uniform, and every
    /// other one is drawn again while it is constant at this value. [O]
    package static func exactlyOne(samples: Int, coordinates: Int, constant: Bool, stream: NativeStream) -> BitSample {
        var stream = stream
        let wanted = constantColumn(constant, samples: samples)
        let planted = Int(stream.below(UInt64(coordinates)))
        let columns = (0..<coordinates).map { index in
            index == planted ? wanted : column(samples, &stream) { $0 != wanted }
        }
        return BitSample(samples: samples, columns: columns, constant: constant)
    }

    /// Fair bits, given that no coordinate is constant, at either value.
    ///
    /// - Precondition: two samples or more.
    package static func noneConstant(samples: Int, coordinates: Int, stream: NativeStream) -> BitSample {
        precondition(samples > 1)
        var stream = stream
        let ones = constantColumn(true, samples: samples)
        let columns = (0..<coordinates).map { _ in column(samples, &stream) { $0 != 0 && $0 != ones } }
        return BitSample(samples: samples, columns: columns, constant: true)
    }

    private static func column(
        _ samples: Int, _ stream: inout NativeStream, accept: (UInt32) -> Bool = { _ in true }
    ) -> UInt32 {
        while true {
            let column = stream.next32() & constantColumn(true, samples: samples)
            if accept(column) { return column }
        }
    }

    package subscript(sample: Int, coordinate: Int) -> Bool { bits[sample * coordinates + coordinate] }
}

/// How likely it is that fair bits make a spurious coordinate. [O]
package struct PlantingProbability: Sendable {
    package let samples: Int
    package let coordinates: Int

    package init(samples: Int, coordinates: Int) {
        (self.samples, self.coordinates) = (samples, coordinates)
    }

    /// 1 - (1 - 2^-n)^D: some coordinate is constant at the required value.
    package var any: Double { -expm1(Double(coordinates) * log1p(-one)) }

    /// D 2^-n (1 - 2^-n)^(D - 1): exactly one is.
    package var exactlyOne: Double { Double(coordinates) * one * exp(Double(coordinates - 1) * log1p(-one)) }

    private var one: Double { Double(sign: .plus, exponent: -samples, significand: 1) }
}
