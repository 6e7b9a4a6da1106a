/// A number with its sign, and so many decimals: +0.374. One that is 0 with these decimals has none.
package func signed(_ value: Double, digits: Int = 3) -> String {
    let text = NumberFormat.fixed(digits).string(value)
    return value > 0 && text.contains(where: { $0 != "0" && $0 != "." }) ? "+\(text)" : text
}
