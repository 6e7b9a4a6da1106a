import Diagnostics
import Testing

@Suite struct ShownTextTests {
    @Test("Every character that could command a terminal, hide text or turn it around is spelt out, others stay")
    func controls() {
        #expect("x\u{1B}[31m\ty\n– é 日本 🙂 שלום".withVisibleControls == "x\\u{1B}[31m\ty\n– é 日本 🙂 שלום")
        let speltOut: [ClosedRange<UInt32>] = [
            0x00...0x08, 0x0B...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069, 0xFDD0...0xFDEF, 0xFFFE...0xFFFF,
            0x10FFFE...0x10FFFF,
        ]
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let isSpeltOut = speltOut.contains { $0.contains(value) } || value & 0xFFFE == 0xFFFE
            let text = "a\(Character(scalar))b"
            guard (text.withVisibleControls != text) != isSpeltOut else { continue }
            Issue.record("U+\(String(value, radix: 16))")
        }
    }

    @Test("What is spelt out is named by its code, also beside a character that it joins")
    func names() {
        #expect("\u{0}\u{9B}2J\u{202E}".withVisibleControls == "\\0\\u{009B}2J\\u{202E}")
        #expect("a\r\nb".withVisibleControls == "a\\r\nb")
    }

    @Test("Text that has to stay on its line has no line break and no tab")
    func oneLine() {
        #expect("a\tb\nc\r\n\u{2028}".withVisibleControlsOnOneLine == "a\\tb\\nc\\r\\n\\u{2028}")
        #expect("é – \\".withVisibleControlsOnOneLine == "é – \\")
    }
}
