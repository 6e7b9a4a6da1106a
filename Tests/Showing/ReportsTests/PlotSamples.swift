/// Numbers for made-up studies.
enum PlotSamples {
    /// A hundred numbers about 0 of size about 1, from Knuth's linear congruential generator.
    static func noise(seed: UInt64, count: Int = 100) -> [Double] {
        var state = seed
        return (0..<count).map { _ in
            (0..<12).reduce(-6.0) { sum, _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return sum + Double(state >> 11) * 0x1p-53
            }
        }
    }
}
