import Testing
import Typography

@Suite struct SignedNumberTests {
    @Test(
        "A number has its sign, and nothing has none",
        arguments: [
            (0.374, 3, "+0.374"), (-0.374, 3, "-0.374"), (0.0001, 3, "0.000"), (-0.0001, 3, "0.000"), (7, 0, "+7"),
        ])
    func signs(value: Double, digits: Int, text: String) {
        #expect(signed(value, digits: digits) == text)
    }
}
