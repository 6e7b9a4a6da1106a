import Digests
import Foundation

/// The committed vectors: what PyTorch and NumPy give, and the native stream's from its definition in Python.
enum Vectors {
    static func load<Value: Decodable>(_ file: String, as type: Value.Type) throws -> Value {
        let url = Bundle.module.url(forResource: "Fixtures/\(file)", withExtension: "json")
        let data = try Data(contentsOf: url ?? URL(fileURLWithPath: "\(file).json"))
        return try JSONDecoder().decode(type, from: data)
    }

    static func torch() throws -> TorchVectors { try load("random-streams", as: TorchVectors.self) }
    static func native() throws -> NativeVectors { try load("native-stream", as: NativeVectors.self) }

    /// SHA-256 of the elements' little-endian bytes.
    static func digest<Element>(_ values: [Element]) -> String {
        values.withUnsafeBytes { SHA256.hexadecimal(of: $0) }
    }
}

struct NativeVectors: Decodable {
    let seed: UInt64
    let first8: [UInt32]
    let child_training_key: UInt64
    let child_training_7_key: UInt64
    let child_training_first8: [UInt32]
    let permutation_20: [Int]
    let signs_40_bits: [Int]
}

struct TorchVectors: Decodable {
    struct Permutation: Decodable {
        let first16: [Int]
        let sha256_int64_le: String
        let first250_sorted_sum: Int?
    }

    struct Tensor: Decodable {
        let first8: [Float]
        let sha256_float32_le: String
    }

    struct CUDAPermutation: Decodable {
        let first_call_first16: [Int]
        let first_call_sha256_int64_le: String
        let generator_offset_after_first: UInt64
        let second_call_first16: [Int]
        let second_call_sha256_int64_le: String
        let generator_offset_after_second: UInt64
    }

    struct KnownAnswer: Decodable {
        let counter: [UInt32]
        let key: [UInt32]
        let output: [UInt32]
    }

    struct Bits: Decodable {
        let shape: [Int]
        let first16: [Int64]
        let sum: Int64
        let sha256_int64_le: String
        let generator_offset_after: UInt64
    }

    let cpu_randperm_60000_seed42: Permutation
    let cpu_randperm_69750_seed99: Permutation
    let mlp_784_64_8_10_init_seed0: [String: Tensor]
    let mlp_784_64_8_10_init_seed1: [String: Tensor]
    let mlp_784_64_8_10_init_seed99: [String: Tensor]
    let mt19937_seed5489_first_output_uint32: UInt32
    let philox4x32_10_known_answers: [KnownAnswer]
    let cuda_randperm_250_seed0: CUDAPermutation
    let cuda_randperm_500_seed0: CUDAPermutation
    let cuda_randperm_2000_seed0: CUDAPermutation
    let cuda_randperm_6000_seed0: CUDAPermutation
    let cuda_randperm_60000_seed0: CUDAPermutation
    let cuda_randint_0_2_seed99_offset40960: [Bits]
    let numpy_choice_60000_24000_seed42: Permutation
}
