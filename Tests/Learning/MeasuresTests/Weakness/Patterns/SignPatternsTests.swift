import Measures
import Networks
import Randomness
import Testing

@Suite struct SignPatternsTests {
    @Test(
        "A unit's bit is set where its output is above zero, in words of 64 units", arguments: [1, 3, 63, 64, 65, 130])
    func bits(width: Int) {
        var stream = NativeStream(seed: UInt64(width))
        let outputs = stream.uniforms(count: 5 * width, low: -1, high: 1).map { max(0, $0) }
        var patterns = SignPatterns(width: width)
        patterns.append(Array(outputs.prefix(2 * width)))
        patterns.append(Array(outputs.dropFirst(2 * width)))
        #expect(patterns.count == 5)
        #expect(patterns.size == (width + 63) / 64)
        for point in 0..<5 {
            for unit in 0..<patterns.size * 64 {
                let isSet = patterns.words[point * patterns.size + unit / 64] >> UInt64(unit % 64) & 1 == 1
                #expect(isSet == (unit < width && outputs[point * width + unit] > 0))
            }
        }
    }

    @Test("Zero, negative zero and NaN are off; the smallest number above zero is on")
    func edges() {
        var patterns = SignPatterns(width: 5)
        patterns.append([0, -0.0, .nan, .leastNonzeroMagnitude, .infinity])
        #expect(patterns.words == [0b11000])
    }
}
