import Digests
import Testing

@Suite("SHA-256, hexadecimal digits and canonical JSON")
struct DigestsTests {
    @Test(
        "Digests are those of FIPS 180-4's examples",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                String(repeating: "a", count: 1_000_000),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
            ),
        ])
    func knownDigests(text: String, digest: String) {
        #expect(SHA256.hexadecimal(of: text) == digest)
        #expect(SHA256.hexadecimal(of: Array(text.utf8)) == digest)
    }

    @Test("Bytes that come in parts have the digest of the whole")
    func parts() {
        let hash = SHA256()
        for part in ["ab", "", "c"] { hash.update(part) }
        #expect(hexadecimal(hash.finalize()) == SHA256.hexadecimal(of: "abc"))
    }

    @Test("Every byte has two digits")
    func digits() {
        #expect(hexadecimal([0, 9, 10, 255]) == "00090aff")
        #expect(hexadecimal(UInt8(7)) == "07")
        for byte in UInt8.min...UInt8.max { #expect(UInt8(hexadecimal(byte), radix: 16) == byte) }
    }

    @Test("Equal values are equal texts: keys are sorted, slashes stay, and reading gives the value back")
    func json() throws {
        let value = ["b/c": [1.5, 2], "a": [0.1]]
        let text = try CanonicalJSON.text(of: value)
        #expect(text == #"{"a":[0.1],"b/c":[1.5,2]}"#)
        #expect(try CanonicalJSON.value(of: text) == value)
    }
}
