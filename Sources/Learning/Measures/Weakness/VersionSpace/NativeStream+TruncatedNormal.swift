import Foundation
import Randomness

extension NativeStream {
    /// A standard normal number given that it lies between two bounds, by rejection (Robert, Statistics and Computing
    /// 5, 1995): from the normal law, the uniform one, or an exponential one in the tail, whichever takes few tries.
    ///
    /// - Precondition: `low` < `high`; either may be infinite.
    package mutating func normal(from low: Double, to high: Double) -> Double {
        if low > 0 { return tail(from: low, to: high) }
        if high < 0 { return -tail(from: -high, to: -low) }
        if high - low > 2.5 {
            while true {
                let value = normal()
                if value > low, value < high { return value }
            }
        }
        while true {
            let value = low + (high - low) * unit()
            if unit() < exp(-value * value / 2) { return value }
        }
    }

    /// The same with 0 < `low`.
    private mutating func tail(from low: Double, to high: Double) -> Double {
        if (high - low) * (high + low) < 2 {
            while true {
                let value = low + (high - low) * unit()
                if unit() < exp((low * low - value * value) / 2) { return value }
            }
        }
        let rate = (low + (low * low + 4).squareRoot()) / 2
        let share = -expm1(-rate * (high - low))
        while true {
            let value = low - log1p(-unit() * share) / rate
            if unit() < exp(-(value - rate) * (value - rate) / 2), value < high { return value }
        }
    }
}
