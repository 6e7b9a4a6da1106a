import Networks
import Randomness
import Testing

@Suite struct RoundingTests {
    private let network = Network.random([40, 30, 20, 4], seed: 3)

    private func moved(_ network: Network, seed: UInt64 = 8) -> Network {
        var stream = NativeStream(seed: seed)
        return network.movedByRounding(&stream)
    }

    /// How many float32 numbers lie from one number to the next but one of the same sign.
    private func steps(from before: Float, to after: Float) -> Int {
        let size = Int(after.bitPattern & 0x7fff_ffff) - Int(before.bitPattern & 0x7fff_ffff)
        return before < 0 ? -size : size
    }

    @Test("Each parameter goes to its neighbour above, to the one below, or stays: a third of them each")
    func neighbours() {
        let all = zip(network.parameters, moved(network).parameters).map { steps(from: $0, to: $1) }
        #expect(Set(all) == [-1, 0, 1])
        // 1,934 parameters: five standard errors of a third are 104.
        for step in [-1, 0, 1] { #expect(abs(all.count { $0 == step } - all.count / 3) < 104, "\(step)") }
    }

    @Test("The moves are a function of the stream alone")
    func stream() {
        #expect(moved(network) == moved(network))
        #expect(moved(network) != moved(network, seed: 9))
        // Those of one parameter do not depend on what the others are.
        var other = network
        other.parameters[0] = 1
        #expect(moved(other).parameters.dropFirst() == moved(network).parameters.dropFirst())
    }

    @Test("A zero stays one, and nothing becomes infinite")
    func extremes() {
        let architecture = Architecture(widths: [9, 10])
        let most = Float.greatestFiniteMagnitude
        let values: [Float] = (0..<100).map { [0, -0, most, -most][$0 % 4] }
        let found = moved(Network(architecture: architecture, parameters: values)).parameters
        for (before, after) in zip(values, found) {
            if before == 0 { #expect(after.bitPattern == before.bitPattern) }
            #expect(after.isFinite && abs(after) <= abs(before))
        }
        #expect(found != values, "those at the end of the range can go back")
    }
}
