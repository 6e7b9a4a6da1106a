import Foundation

/// Colours for -1...1: blue through white to red, ColorBrewer's RdBu, which all kinds of colour vision tell apart.
enum DivergingPalette {
    /// A colour by its three channels, 0...255.
    struct Color {
        let red, green, blue: Double

        var hex: String {
            "#"
                + [red, green, blue].map { channel in
                    let digits = String(Int(channel.rounded()), radix: 16)
                    return digits.count < 2 ? "0" + digits : digits
                }.joined()
        }

        /// Relative luminance of WCAG 2, 0...1.
        var luminance: Double {
            func linear(_ channel: Double) -> Double {
                let share = channel / 255
                return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
            }
            return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
        }

        /// The colour at a share in 0...1 of the way along some that are equally far apart.
        static func between(_ anchors: [Color], _ share: Double) -> Color {
            let place = share * Double(anchors.count - 1)
            let index = min(Int(place), anchors.count - 2)
            let rest = place - Double(index)
            let (a, b) = (anchors[index], anchors[index + 1])
            return Color(
                red: a.red + rest * (b.red - a.red), green: a.green + rest * (b.green - a.green),
                blue: a.blue + rest * (b.blue - a.blue))
        }
    }

    /// From -1 to 1 in equal steps.
    private static let anchors = [
        Color(red: 0x21, green: 0x66, blue: 0xAC), Color(red: 0x43, green: 0x93, blue: 0xC3),
        Color(red: 0x92, green: 0xC5, blue: 0xDE), Color(red: 0xD1, green: 0xE5, blue: 0xF0),
        Color(red: 0xF7, green: 0xF7, blue: 0xF7), Color(red: 0xFD, green: 0xDB, blue: 0xC7),
        Color(red: 0xF4, green: 0xA5, blue: 0x82), Color(red: 0xD6, green: 0x60, blue: 0x4D),
        Color(red: 0xB2, green: 0x18, blue: 0x2B),
    ]

    /// The colour of `value`, clamped to -1...1.
    static func color(_ value: Double) -> Color {
        .between(anchors, (min(max(value, -1), 1) + 1) / 2)
    }

    /// Black or white, whichever stands out more on `background`: their contrast is at least 4.5, as WCAG 2 asks.
    static func textColor(on background: Color) -> String {
        // Contrast to both is equal at √(1.05 · 0.05) - 0.05.
        background.luminance < 0.179 ? "#ffffff" : "#000000"
    }
}
