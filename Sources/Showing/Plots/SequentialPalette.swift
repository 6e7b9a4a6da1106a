/// Colours for 0...1, dark to light: Matplotlib's viridis, whose lightness rises evenly for all kinds of colour vision.
enum SequentialPalette {
    /// From 0 to 1 in equal steps.
    private static let anchors = [
        DivergingPalette.Color(red: 0x44, green: 0x01, blue: 0x54), .init(red: 0x47, green: 0x2D, blue: 0x7B),
        .init(red: 0x3B, green: 0x52, blue: 0x8B), .init(red: 0x2C, green: 0x72, blue: 0x8E),
        .init(red: 0x21, green: 0x91, blue: 0x8C), .init(red: 0x28, green: 0xAE, blue: 0x80),
        .init(red: 0x5E, green: 0xC9, blue: 0x62), .init(red: 0xAD, green: 0xDC, blue: 0x30),
        .init(red: 0xFD, green: 0xE7, blue: 0x25),
    ]

    /// The colour of `share`, clamped to 0...1.
    static func color(_ share: Double) -> DivergingPalette.Color { .between(anchors, min(max(share, 0), 1)) }
}
