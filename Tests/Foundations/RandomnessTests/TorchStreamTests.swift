import Randomness
import Testing

@Suite struct TorchStreamTests {
    @Test("torch-cpu randperm(60000) with seed 42 is PyTorch's, element for element")
    func cpuPermutation() throws {
        let vector = try Vectors.torch().cpu_randperm_60000_seed42
        var stream = TorchCPUStream(seed: 42)
        let order = stream.permutation(of: 60_000)
        #expect(Array(order.prefix(16)) == vector.first16)
        #expect(order.prefix(250).reduce(0, +) == vector.first250_sorted_sum)
        #expect(Vectors.digest(order.map(Int64.init)) == vector.sha256_int64_le)
    }

    @Test("torch-cpu randperm(69750) with seed 99 is PyTorch's, element for element")
    func cpuProbePermutation() throws {
        let vector = try Vectors.torch().cpu_randperm_69750_seed99
        var stream = TorchCPUStream(seed: 99)
        let order = stream.permutation(of: 69_750)
        #expect(Array(order.prefix(16)) == vector.first16)
        #expect(Vectors.digest(order.map(Int64.init)) == vector.sha256_int64_le)
    }

    @Test("torch-cuda randperm gives both calls and both offsets", arguments: [250, 500, 2000, 6000, 60_000])
    func cudaPermutation(count: Int) throws {
        let vectors = try Vectors.torch()
        let vector =
            switch count {
            case 250: vectors.cuda_randperm_250_seed0
            case 500: vectors.cuda_randperm_500_seed0
            case 2000: vectors.cuda_randperm_2000_seed0
            case 6000: vectors.cuda_randperm_6000_seed0
            default: vectors.cuda_randperm_60000_seed0
            }
        var stream = TorchCUDAStream(seed: 0)
        let first = stream.permutation(of: count)
        #expect(Array(first.prefix(16)) == vector.first_call_first16)
        #expect(Vectors.digest(first.map(Int64.init)) == vector.first_call_sha256_int64_le)
        #expect(stream.offset == vector.generator_offset_after_first)
        let second = stream.permutation(of: count)
        #expect(Array(second.prefix(16)) == vector.second_call_first16)
        #expect(Vectors.digest(second.map(Int64.init)) == vector.second_call_sha256_int64_le)
        #expect(stream.offset == vector.generator_offset_after_second)
    }

    @Test("torch-cuda randint(0, 2) gives the record's first Hutchinson probe, tensor by tensor")
    func cudaBits() throws {
        var stream = TorchCUDAStream(seed: 99, offset: 40_960)
        for vector in try Vectors.torch().cuda_randint_0_2_seed99_offset40960 {
            let bits = stream.bits(count: vector.shape.reduce(1, *)).map(Int64.init)
            #expect(Array(bits.prefix(16)) == vector.first16)
            #expect(bits.reduce(0, +) == vector.sum)
            #expect(Vectors.digest(bits) == vector.sha256_int64_le)
            #expect(stream.offset == vector.generator_offset_after)
        }
    }

    @Test(
        "torch-cuda bits and signs are the low bits of the words of PyTorch's threads, one block at a time",
        arguments: [1, 255, 1023, 1024, 1025, 50_176, 221_184, 221_185, 884_736, 884_737, 1_000_003])
    func cudaBitsOneByOne(count: Int) {
        let (seed, offset): (UInt64, UInt64) = (7, 4 * 0xffff_ffff)
        let threads = min((count + 255) / 256, 864) * 256
        let expected = (0..<count).map { element in
            let (step, within) = element.quotientAndRemainder(dividingBy: 4 * threads)
            let position = offset / 4 + UInt64(step)
            let block = Philox.block(
                counter: SIMD4(
                    UInt32(truncatingIfNeeded: position), UInt32(position >> 32), UInt32(within % threads), 0),
                key: seed)
            return UInt8(block[within / threads] & 1)
        }
        var (bits, signs) = (TorchCUDAStream(seed: seed, offset: offset), TorchCUDAStream(seed: seed, offset: offset))
        #expect(bits.bits(count: count) == expected)
        #expect(signs.signs(count: count) == expected.map { $0 == 0 ? -1 : 1 })
        #expect(bits.offset == offset + TorchCUDAStream.advance(ofBits: count) && signs.offset == bits.offset)
    }

    @Test("A permutation of nothing or of one element leaves nothing to choose", arguments: [0, 1])
    func tiny(count: Int) {
        var cpu = TorchCPUStream(seed: 3)
        var cuda = TorchCUDAStream(seed: 3)
        var numpy = NumPyStream(seed: 3)
        #expect(cpu.permutation(of: count) == Array(0..<count))
        #expect(cuda.permutation(of: count) == Array(0..<count))
        #expect(numpy.permutation(of: count) == Array(0..<count))
    }
}
