import Statistics
import Testing

@Suite struct CentringTests {
    @Test("A column less its mean has no mean, where the mean is a billion times what varies, and ranks lose nothing")
    func centring() {
        for count in [1, 7, 8, 9, 1003] {
            let varied = (0..<count).map { 1e9 + Double(($0 * 37) % 101) / 128 }
            let exact = varied.map { $0 - 1e9 }
            let mean = exact.reduce(0, +) / Double(count)
            for (found, value) in zip(centred(varied), exact) { #expect(abs(found - (value - mean)) < 2e-7) }
            let ranks = (1...count).map(Double.init)
            #expect(centred(ranks) == ranks.map { $0 - Double(count + 1) / 2 })
        }
        #expect(centred([]) == [])
    }
}
