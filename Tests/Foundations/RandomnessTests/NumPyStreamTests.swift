import Randomness
import Testing

@Suite struct NumPyStreamTests {
    @Test("numpy choice(60000, 24000) with seed 42 is NumPy's, element for element")
    func choice() throws {
        let vector = try Vectors.torch().numpy_choice_60000_24000_seed42
        var stream = NumPyStream(seed: 42)
        let chosen = Array(stream.permutation(of: 60_000).prefix(24_000))
        #expect(Array(chosen.prefix(16)) == vector.first16)
        #expect(Vectors.digest(chosen.map(Int64.init)) == vector.sha256_int64_le)
    }
}
