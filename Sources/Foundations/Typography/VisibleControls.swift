/// `text` with control characters spelt out, so that it can neither break its line nor command the terminal.
public func visibleControls(_ text: String) -> String {
    var visible = ""
    for scalar in text.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator:
            visible += scalar.escaped(asASCII: true)
        default:
            visible.unicodeScalars.append(scalar)
        }
    }
    return visible
}
