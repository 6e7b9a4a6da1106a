import CKernels
import Kernels
import Randomness
import Testing

@Suite struct EngineTests {
    @Test("MT19937 gives the first output of its authors' default seed")
    func mersenneTwister() throws {
        var engine = MersenneTwister(seed: 5489)
        #expect(engine.next() == (try Vectors.torch().mt19937_seed5489_first_output_uint32))
    }

    @Test("MT19937 gives the 10,000th output that the C++ standard states for the default seed")
    func mersenneTwisterFarOut() {
        var engine = MersenneTwister(seed: 5489)
        for _ in 1..<10_000 { _ = engine.next() }
        #expect(engine.next() == 4_123_659_995)
    }

    @Test("Philox4x32-10 gives the known answers of Random123")
    func philox() throws {
        for answer in try Vectors.torch().philox4x32_10_known_answers {
            let block = Philox.block(
                counter: SIMD4(answer.counter[0], answer.counter[1], answer.counter[2], answer.counter[3]),
                key: UInt64(answer.key[0]) | UInt64(answer.key[1]) << 32)
            #expect((0..<4).map { block[$0] } == answer.output)
        }
        let ones = Philox.block(counter: SIMD4(repeating: .max), key: .max)
        #expect(ones == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
        let pi = Philox.block(
            counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), key: 0x299f_31d0_a409_3822)
        #expect(pi == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
    }

    @Test("The kernels' words for many threads are those of single blocks", arguments: Kernels.available)
    func philoxKernels(kernels: Kernels) {
        for count in [1, 7, 8, 33, 64] {
            for (position, thread) in [(0, 0), (3, 0xffff_fff0), (0x1_0000_0002, 5)] as [(UInt64, UInt64)] {
                var words = [[UInt32]](repeating: [UInt32](repeating: 0, count: count), count: 4)
                words.withUnsafeMutableBufferPointer { words in
                    kernels.loops.philox(
                        0x1234_5678_9abc_def0, position, thread, count, &words[0], &words[1], &words[2], &words[3])
                }
                for i in 0..<count {
                    let number = thread + UInt64(i)
                    let block = Philox.block(
                        counter: SIMD4(
                            UInt32(truncatingIfNeeded: position), UInt32(truncatingIfNeeded: position >> 32),
                            UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32)),
                        key: 0x1234_5678_9abc_def0)
                    #expect(SIMD4(words[0][i], words[1][i], words[2][i], words[3][i]) == block)
                }
            }
        }
    }
}
