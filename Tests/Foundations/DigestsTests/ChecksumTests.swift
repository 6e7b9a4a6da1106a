import Digests
import Foundation
import Testing

@Suite struct ChecksumTests {
    private func checksum(_ fill: (Checksum) -> Void) -> Int64 {
        let checksum = Checksum()
        fill(checksum)
        return checksum.finish()
    }

    private func text(_ text: String, into checksum: Checksum) {
        Array(text.utf8).withUnsafeBytes { checksum.append(text: $0) }
    }

    @Test("The checksum of no values is XXH3's of no bytes, as the reference implementation gives it")
    func reference() {
        // xxhsum -H3 of an empty file prints 2d06800538d394c2.
        #expect(UInt64(bitPattern: checksum { _ in }) == 0x2d06_8005_38d3_94c2)
    }

    @Test("Rows that differ in a kind, in a bit or in where one value ends have different checksums")
    func differs() {
        var rows = [
            checksum { $0.appendNull() },
            checksum { $0.append(Int64(0)) }, checksum { $0.append(Int64(1)) }, checksum { $0.append(0.0) },
            checksum { $0.append(Double.leastNonzeroMagnitude) }, checksum { text("", into: $0) },
            checksum { checksum in Array("a".utf8).withUnsafeBytes { checksum.append(blob: $0) } },
            checksum {
                text("ab", into: $0)
                text("c", into: $0)
            },
            checksum {
                text("a", into: $0)
                text("bc", into: $0)
            },
            checksum { text("abc", into: $0) },
        ]
        for bit in 0..<64 { rows.append(checksum { $0.append(Int64(bitPattern: 1234 ^ 1 << UInt64(bit))) }) }
        #expect(Set(rows).count == rows.count)
    }

    @Test("A negative zero is zero, as in a database; one object serves many rows, of any length")
    func repeats() {
        #expect(checksum { $0.append(-0.0) } == checksum { $0.append(0.0) })
        let long = String(repeating: "x", count: 100_000)
        let shared = Checksum()
        text(long, into: shared)
        let first = shared.finish()
        shared.append(Int64(3))
        #expect(shared.finish() == checksum { $0.append(Int64(3)) })
        #expect(first == checksum { text(long, into: $0) })
    }
}
