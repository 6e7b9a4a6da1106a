import Foundation
import Networks
import Randomness
import Testing

@Suite struct SafetensorsTests {
    private let network = Network.random([3, 4, 2], seed: 1)

    /// A blob with this header and so many zero bytes of data.
    private func blob(_ header: String, dataBytes: Int) -> Data {
        var data = Data()
        withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { data.append(contentsOf: $0) }
        return data + Data(header.utf8) + Data(repeating: 0, count: dataBytes)
    }

    private func headerLength(_ data: Data) -> Int {
        data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    // MARK: What is written

    @Test(
        "Weights survive a round trip bit for bit, odd values included",
        arguments: [
            [1, 1], [5, 2], [3, 4, 2], [784, 64, 8, 10],
        ])
    func roundTrip(widths: [Int]) throws {
        var network = Network.random(widths, seed: 2)
        network.parameters[0] = -0.0
        network.parameters[1] = .leastNonzeroMagnitude
        let read = try Network(safetensors: network.safetensors())
        #expect(read.architecture == network.architecture)
        #expect(read.parameters.map(\.bitPattern) == network.parameters.map(\.bitPattern))
    }

    @Test("Weights that are not finite survive too")
    func notFinite() throws {
        var network = network
        network.parameters.replaceSubrange(0..<3, with: [.nan, .infinity, -.infinity])
        let read = try Network(safetensors: network.safetensors())
        #expect(read.parameters.map(\.bitPattern) == network.parameters.map(\.bitPattern))
    }

    @Test("The blob follows the format: length, JSON header padded to 8 bytes, tensors back to back by their offsets")
    func format() throws {
        let data = network.safetensors()
        let length = headerLength(data)
        #expect(length % 8 == 0)
        let header = try #require(
            JSONSerialization.jsonObject(with: data[8..<(8 + length)]) as? [String: [String: Any]])
        #expect(data[8] == UInt8(ascii: "{"))
        #expect(Set(header.keys) == ["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"])
        #expect(header["fc1.weight"]?["shape"] as? [Int] == [4, 3])
        #expect(header["fc1.bias"]?["shape"] as? [Int] == [4])
        #expect(header["fc2.weight"]?["shape"] as? [Int] == [2, 4])
        #expect(header["fc2.bias"]?["shape"] as? [Int] == [2])
        let tensors = try header.values.map { tensor in
            #expect(tensor["dtype"] as? String == "F32")
            let offsets = try #require(tensor["data_offsets"] as? [Int])
            let shape = try #require(tensor["shape"] as? [Int])
            #expect(offsets[1] - offsets[0] == 4 * shape.reduce(1, *))
            return offsets
        }.sorted { $0[0] < $1[0] }
        #expect(tensors.first?[0] == 0)
        for (tensor, next) in zip(tensors, tensors.dropFirst()) { #expect(tensor[1] == next[0]) }
        #expect(tensors.last?[1] == data.count - 8 - length)
    }

    @Test("A tensor's bytes are its little-endian float32 values, row by row")
    func bytes() throws {
        let data = network.safetensors()
        let start = 8 + headerLength(data)
        let values = stride(from: start, to: data.count, by: 4).map { at in
            let bits: UInt32 = data[at..<(at + 4)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
            return Float(bitPattern: bits)
        }
        #expect(values == network.parameters)
    }

    // MARK: What cannot be read

    @Test("A blob that is cut anywhere gives an error")
    func truncated() {
        let data = network.safetensors()
        for length in 0..<data.count {
            #expect(throws: SafetensorsError.self, "cut to \(length) bytes") {
                try Network(safetensors: data.prefix(length))
            }
        }
        #expect(throws: SafetensorsError.self) { try Network(safetensors: data + [0]) }
    }

    @Test("A slice of a larger buffer is read as well as a buffer of its own")
    func slice() throws {
        let padded = Data([1, 2, 3]) + network.safetensors()
        #expect(try Network(safetensors: padded.dropFirst(3)) == network)
    }

    @Test("A flipped bit in the length or in the header gives an error or leaves the network as it was")
    func flippedHeader() {
        let data = network.safetensors()
        for at in 0..<(8 + headerLength(data)) {
            for bit in 0..<8 {
                var broken = data
                broken[at] ^= 1 << UInt8(bit)
                guard let read = try? Network(safetensors: broken) else { continue }
                #expect(read == network, "bit \(bit) of byte \(at)")
            }
        }
    }

    @Test("Random damage to the header never crashes, and never changes the weights in silence")
    func randomDamage() {
        let data = network.safetensors()
        let end = UInt64(8 + headerLength(data))
        let alphabet = Array("0123456789[]{}:,\"-.eE wb".utf8)
        var stream = NativeStream(seed: 12)
        for _ in 0..<3000 {
            var broken = data
            for _ in 0...stream.below(3) {
                broken[Int(stream.below(end))] = alphabet[Int(stream.below(UInt64(alphabet.count)))]
            }
            guard let read = try? Network(safetensors: broken) else { continue }
            #expect(read == network)
        }
    }

    @Test("A flipped bit in the data changes that one weight")
    func flippedData() throws {
        var data = network.safetensors()
        data[data.count - 1] ^= 0x80
        let read = try Network(safetensors: data)
        #expect(read.parameters.dropLast() == network.parameters.dropLast())
        #expect(read.parameters.last == network.parameters.last.map { -$0 })
    }

    static let headers = [
        "", "{}", "[]", "null", "7", "{\"fc1.weight\":1}", "not JSON", "{\"fc1.weight\":{}}",
        "{\"fc1.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"fc2.weight\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}}",
        // No bias.
        "{\"fc1.weight\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}}",
        // Shapes that are no matrix, or of no size.
        fullHeader(weightShape: "[]"), fullHeader(weightShape: "[1]"), fullHeader(weightShape: "[1,1,1]"),
        fullHeader(weightShape: "[0,1]"), fullHeader(weightShape: "[-1,1]"), fullHeader(weightShape: "[1.5,1]"),
        // Shapes whose product is past every integer.
        fullHeader(weightShape: "[9223372036854775807,9223372036854775807]"),
        fullHeader(weightShape: "[4611686018427387904,4]"), fullHeader(weightShape: "[1,9223372036854775807]"),
        fullHeader(weightShape: "[99999999999999999999,1]"),
        // Other types and places.
        fullHeader(weightType: "F64"), fullHeader(biasType: "I32"), fullHeader(biasShape: "[2]"),
        fullHeader(weightOffsets: "[4,8]"), fullHeader(weightOffsets: "[0,8]"), fullHeader(weightOffsets: "[0]"),
        fullHeader(biasOffsets: "[0,4]"), fullHeader(biasOffsets: "[-4,8]"), fullHeader(biasOffsets: "[8,12]"),
        // A third tensor that the data have no room for.
        String(fullHeader().dropLast())
            + ",\"fc2.weight\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[8,12]}}",
    ]

    static func fullHeader(
        weightShape: String = "[1,1]", weightType: String = "F32", weightOffsets: String = "[0,4]",
        biasShape: String = "[1]", biasType: String = "F32", biasOffsets: String = "[4,8]"
    ) -> String {
        "{\"fc1.weight\":{\"dtype\":\"\(weightType)\",\"shape\":\(weightShape),\"data_offsets\":\(weightOffsets)},"
            + "\"fc1.bias\":{\"dtype\":\"\(biasType)\",\"shape\":\(biasShape),\"data_offsets\":\(biasOffsets)}}"
    }

    @Test("A header that does not describe the data gives an error", arguments: headers)
    func brokenHeader(header: String) {
        for dataBytes in [0, 4, 8] {
            #expect(throws: SafetensorsError.self) { try Network(safetensors: blob(header, dataBytes: dataBytes)) }
        }
    }

    @Test("The sound header that the broken ones are made from is read")
    func soundHeader() throws {
        let network = try Network(safetensors: blob(Self.fullHeader(), dataBytes: 8))
        #expect(network == Network(architecture: Architecture(widths: [1, 1]), parameters: [0, 0]))
    }

    @Test(
        "Tensors in another order, as Python sorts them by name, are read by their offsets or refused, never mixed up")
    func sortedByName() {
        let header = Self.fullHeader(weightOffsets: "[4,8]", biasOffsets: "[0,4]")
        var data = blob(header, dataBytes: 0)
        for value in [0.25 as Float, 3] {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
        }
        guard let network = try? Network(safetensors: data) else { return }
        #expect(network.parameters == [3, 0.25])
    }

    @Test(
        "A header length beyond the blob, up to the largest integer, gives an error that names it",
        arguments: [
            1, 1 << 31, 1 << 62, .max,
        ] as [UInt64])
    func headerLength(length: UInt64) {
        var data = Data()
        withUnsafeBytes(of: length.littleEndian) { data.append(contentsOf: $0) }
        let error = #expect(throws: SafetensorsError.self) { try Network(safetensors: data) }
        #expect(error?.description.contains("\(length)") == true)
    }
}
