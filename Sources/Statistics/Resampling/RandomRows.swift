import CGSL

/// Random row numbers and orders from GSL's `mt19937`.
///
/// GSL seeds it with 32 bits: the two halves of the seed combined by exclusive or, so a seed below 2³² is taken as it
/// is.
package struct RandomRows: ~Copyable {
    private let generator: UnsafeMutablePointer<gsl_rng>
    private let state: UnsafeMutableRawPointer?
    private let next: (@convention(c) (UnsafeMutableRawPointer?) -> UInt)

    package init(seed: UInt64) {
        precondition(GSL.handlesErrorsQuietly)
        generator = gsl_rng_alloc(basin_gsl_mt19937())
        gsl_rng_set(generator, UInt(truncatingIfNeeded: (seed ^ seed >> 32) & 0xFFFF_FFFF))
        state = generator.pointee.state
        next = generator.pointee.type.pointee.get
    }

    deinit { gsl_rng_free(generator) }

    /// Fills `rows` with numbers in 0 ..< `count`, with replacement, as `gsl_rng_uniform_int` draws them.
    package mutating func draw(below count: Int, into rows: inout [Int32]) {
        precondition(count > 0 && count <= Int(Int32.max), "\(count) rows to draw from")
        let bound = UInt32(count)
        let scale = UInt32.max / bound
        for position in rows.indices {
            var row: UInt32
            repeat { row = word() / scale } while row >= bound
            rows[position] = Int32(bitPattern: row)
        }
    }

    /// Brings elements into a random order, each order alike: Durstenfeld's algorithm (CACM 7, 1964, no. 235), last
    /// place first, with places drawn by `below`.
    /// - Complexity: O(n), one word of the generator an element.
    package mutating func shuffle<Element: BitwiseCopyable>(_ elements: UnsafeMutableBufferPointer<Element>) {
        var last = elements.count - 1
        while last > 0 {
            let place = below(UInt32(last + 1))
            let element = elements[last]
            elements[last] = elements[place]
            elements[place] = element
            last -= 1
        }
    }

    /// A number in 0 ..< `bound` by Lemire's multiplication (ACM TOMACS 29, 2019), which seldom divides.
    private mutating func below(_ bound: UInt32) -> Int {
        var product = UInt64(word()) * UInt64(bound)
        if UInt32(truncatingIfNeeded: product) < bound {
            let unfair = (0 &- bound) % bound
            while UInt32(truncatingIfNeeded: product) < unfair { product = UInt64(word()) * UInt64(bound) }
        }
        return Int(product >> 32)
    }

    private mutating func word() -> UInt32 { UInt32(truncatingIfNeeded: next(state)) }
}
