#if canImport(Glibc)
    import Glibc
#endif

extension NativeStream {
    /// A standard normal number, by Box and Muller's transform of two uniforms (Ann. Math. Stat. 29, 1958).
    public mutating func normal() -> Double {
        let (radius, angle) = (1 - unit(), unit())
        return (-2 * log(radius)).squareRoot() * cos(2 * .pi * angle)
    }
}
