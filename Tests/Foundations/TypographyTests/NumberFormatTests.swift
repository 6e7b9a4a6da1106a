import Typography
import Testing

@Suite struct NumberFormatTests {
    @Test(
        "Significant digits count from the first that is not zero",
        arguments: [
            (0.374, "0.3740"), (-0.2264, "-0.2264"), (12.3456, "12.35"), (1234567.4, "1234567"),
            (0.00012345, "0.0001234"),
            (9.9996, "10.00"), (99999996.0, "1.000e8"), (1.2344e-30, "1.234e-30"), (0, "0"), (-0.0, "0"), (1, "1.000"),
            (.leastNonzeroMagnitude, "4.941e-324"), (0.000099999, "0.0001000"),
        ])
    func significant(number: Double, text: String) {
        #expect(NumberFormat.significant(4).string(number) == text)
    }

    @Test(
        "Fixed digits line up, and what rounds to zero has no sign",
        arguments: [
            (0.374, "0.374"), (-0.0004, "0.000"), (-0.0006, "-0.001"), (10, "10.000"), (-0.0, "0.000"),
        ])
    func fixed(number: Double, text: String) {
        #expect(NumberFormat.fixed(3).string(number) == text)
    }

    @Test(
        "The exact notation reads back as the same number",
        arguments: [0.1, 1.0 / 3, .leastNonzeroMagnitude, -1.7976931348623157e308])
    func exact(number: Double) {
        #expect(Double(NumberFormat.exact.string(number)) == number)
    }

    @Test("A digit count out of range is clamped")
    func clamped() {
        #expect(NumberFormat.significant(0).string(0.26) == "0.3")
        #expect(NumberFormat.fixed(-3).string(2.7) == "3")
    }
}
