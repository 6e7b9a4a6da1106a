/// Colours of what measures are judged to be: Okabe and Ito's, told apart by all kinds of colour vision, and darker
/// ones for words, which reach a contrast of 4.5 on white.
public enum JudgementPalette {
    public enum Tone: Sendable, Hashable, CaseIterable {
        /// It holds.
        case good
        /// It holds with a reservation.
        case fair
        /// It cannot be told, or depends.
        case unclear
        /// It shows under a condition alone.
        case hidden
        /// It does not hold.
        case bad
        /// There is nothing to hold.
        case nothing

        var colour: String {
            switch self {
            case .good: "#009e73"
            case .fair: "#56b4e9"
            case .unclear: "#e69f00"
            case .hidden: "#cc79a7"
            case .bad: "#d55e00"
            case .nothing: "#8c959f"
            }
        }

        var ink: String {
            switch self {
            case .good: "#00694c"
            case .fair: "#0b6090"
            case .unclear: "#7a5300"
            case .hidden: "#94386c"
            case .bad: "#a34700"
            case .nothing: "#59636e"
            }
        }
    }
}
