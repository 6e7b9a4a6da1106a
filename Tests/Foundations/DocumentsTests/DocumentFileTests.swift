import Documents
import Foundation
import TestSupport
import Testing

@Suite struct DocumentFileTests {
    private func reason(_ path: String) -> String? {
        do {
            _ = try DocumentFile.text(at: path)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test("A file's text is read whole, however long it is up to the limit")
    func text() throws {
        let folder = try TemporaryFolder()
        for count in [0, 1, 1 << 16, (1 << 16) + 1, DocumentFile.mostBytes] {
            let text = String(repeating: "x", count: count)
            try folder.write(text, to: "a.yml")
            #expect(try DocumentFile.text(at: folder("a.yml")) == text)
        }
        // A byte order mark is none of the text.
        try folder.write("\u{FEFF}name: toy\n", to: "a.yml")
        #expect(try DocumentFile.text(at: folder("a.yml")) == "name: toy\n")
        try folder.write(String(repeating: "x", count: DocumentFile.mostBytes + 1), to: "a.yml")
        #expect(reason(folder("a.yml")) == "it has more than 4 MiB")
    }

    @Test("What is no file is refused at once, whoever writes or does not write to it", .timeLimit(.minutes(1)))
    func noFile() throws {
        let folder = try TemporaryFolder()
        #expect(mkfifo(folder("pipe.yml"), 0o600) == 0)
        #expect(reason(folder("pipe.yml")) == "it is a pipe, and a file is needed")
        #expect(reason("/dev/zero") == "it is a device, and a file is needed")
        #expect(reason(folder.path) == "it is a folder")
        #expect(reason(folder("nothing.yml")) == "there is no such file")
        #expect(reason(folder("nothing/a.yml")) == "there is no such file")
        try folder.write("", to: "file")
        #expect(reason(folder("file/a.yml")) == "there is no such file")
        // A link is what it points to.
        try FileManager.default.createSymbolicLink(atPath: folder("link.yml"), withDestinationPath: "/dev/zero")
        #expect(reason(folder("link.yml")) == "it is a device, and a file is needed")
        try FileManager.default.createSymbolicLink(atPath: folder("loop.yml"), withDestinationPath: "loop.yml")
        #expect(reason(folder("loop.yml")) != nil)
    }

    @Test("Bytes that are no UTF-8 are no text")
    func noText() throws {
        let folder = try TemporaryFolder()
        for bytes in [[0xFF], [0x61, 0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80]] as [[UInt8]] {
            try Data(bytes).write(to: URL(fileURLWithPath: folder("a.yml")))
            #expect(reason(folder("a.yml")) == "it is no UTF-8 text")
        }
    }
}
