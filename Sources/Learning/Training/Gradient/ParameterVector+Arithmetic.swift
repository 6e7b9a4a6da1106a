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

    /// The Euclidean norm, summed in double precision.
    public var norm: Double { places.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot() }

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

    /// Changes each number and those of two other vectors by what a fourth has at their place.
    @inline(__always)
    public func update(
        and second: ParameterVector, _ third: ParameterVector, with other: ParameterVector,
        _ body: (inout Float, inout Float, inout Float, Float) -> Void
    ) {
        let (own, second, third, other) = (places, second.places, third.places, other.places)
        for place in own.indices { body(&own[place], &second[place], &third[place], other[place]) }
    }
}
