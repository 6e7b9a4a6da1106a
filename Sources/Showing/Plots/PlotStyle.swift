/// Colours and sizes that all plots share.
enum PlotStyle {
    static let fontFamily = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, 'DejaVu Sans', sans-serif"
    /// Drawn by each picture itself, so that it reads the same on a light and on a dark page.
    static let background = "#ffffff"
    static let ink = "#1f2328"
    static let mutedInk = "#59636e"
    static let grid = "#e4e8ec"
    static let frame = "#8c959f"
    static let stripe = "#f6f8fa"
    /// Blue and vermilion of Okabe and Ito's palette, which all kinds of colour vision tell apart.
    static let plain = "#0072b2"
    static let marked = "#d55e00"

    static let titleSize = 17.0
    static let labelSize = 14.0
    static let textSize = 13.0
}
