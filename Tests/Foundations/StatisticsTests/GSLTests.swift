import Statistics
import Testing

@Suite struct GSLTests {
    @Test("The version of GSL is known")
    func version() {
        #expect(gslVersion.first?.isNumber == true)
    }
}
