import Foundation

// What update rules are written with. Each is one pass over all places.

extension ParameterVector {
    /// Takes over another vector's numbers.
    public func copy(_ other: ParameterVector) {
        places.baseAddress?.update(from: other.pointer(at: 0), count: places.count)
    }

    public func clear() { places.update(repeating: 0) }

    /// Adds `factor` times another vector.
    public func add(_ factor: Float, times other: ParameterVector) {
        update(with: other) { $0 += factor * $1 }
    }

    public func scale(by factor: Float) {
        let places = places
        for place in places.indices { places[place] *= factor }
    }

    /// The Euclidean norm, summed in double precision.
    public var norm: Double {
        let strips = strips
        // Sixteen sums, so that an addition need not wait for the one before.
        var sums = SIMD16<Double>()
        for strip in 0..<places.count / 16 {
            let values = widened(strips[strip])
            sums += values * values
        }
        return sums.sum().squareRoot()
    }

    /// Changes each number by what another vector has at its place.
    @inline(__always)
    public func update(with other: ParameterVector, _ body: (inout Float, Float) -> Void) {
        let (own, other) = (places, other.places)
        for place in own.indices { body(&own[place], other[place]) }
    }

    /// Changes each number and another vector's by what a third has at their place.
    @inline(__always)
    public func update(
        and second: ParameterVector, with other: ParameterVector, _ body: (inout Float, inout Float, Float) -> Void
    ) {
        let (own, second, other) = (places, second.places, other.places)
        for place in own.indices { body(&own[place], &second[place], other[place]) }
    }

    /// Changes each number and those of two other vectors by what a fourth has at their place, sixteen at a time: for
    /// what the compiler would do one by one, as roots.
    @inline(__always)
    public func update(
        and second: ParameterVector, _ third: ParameterVector, with other: ParameterVector,
        _ body: (inout SIMD16<Float>, inout SIMD16<Float>, inout SIMD16<Float>, SIMD16<Float>) -> Void
    ) {
        let (own, second, third, other) = (strips, second.strips, third.strips, other.strips)
        for strip in 0..<places.count / 16 { body(&own[strip], &second[strip], &third[strip], other[strip]) }
    }
}

/// The same numbers in double precision. The library's own conversion of a vector is a call for each.
@inline(__always)
private func widened(_ numbers: SIMD16<Float>) -> SIMD16<Double> {
    var result = SIMD16<Double>()
    for lane in 0..<16 { result[lane] = Double(numbers[lane]) }
    return result
}
