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
