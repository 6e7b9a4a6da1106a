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
    /// place first.
    ///
    /// One word of the generator gives two places where both fit in it, since the generator takes most of the time.
    /// - Complexity: O(n).
    package mutating func shuffle<Element: BitwiseCopyable>(_ elements: UnsafeMutableBufferPointer<Element>) {
        var size = elements.count
        func exchange(_ place: Int) {
            size -= 1
            let element = elements[size]
            elements[size] = elements[place]
            elements[place] = element
        }
        while size > 1 << 16 { exchange(below(UInt32(size), 1).first) }
        while size > 2 {
            let places = below(UInt32(size), UInt32(size - 1))
            exchange(places.first)
            exchange(places.second)
        }
        if size == 2 { exchange(below(2, 1).first) }
    }

    /// Independent numbers below each of two bounds, whose product has to fit in 32 bits, out of one word: by Lemire's
    /// multiplication (ACM TOMACS 29, 2019), batched (Brackett-Rozinsky and Lemire, arXiv 2408.06213). It seldom
    /// divides.
    private mutating func below(_ bound: UInt32, _ other: UInt32) -> (first: Int, second: Int) {
        let both = bound * other
        while true {
            let first = UInt64(word()) * UInt64(bound)
            let second = (first & 0xFFFF_FFFF) * UInt64(other)
            let rest = UInt32(truncatingIfNeeded: second)
            if rest >= both || rest >= (0 &- both) % both { return (Int(first >> 32), Int(second >> 32)) }
        }
    }

    private mutating func word() -> UInt32 { UInt32(truncatingIfNeeded: next(state)) }
}
