import Datasets
import Foundation
import Testing

@Suite struct IDXArrayReadingTests {
    @Test("A cube reads the same plain and packed", arguments: ["idx/cube", "idx/cube.gz", "idx/two-members.gz"])
    func cube(name: String) throws {
        let array = try IDXArray(contentsOf: fixture(name))
        #expect(array.shape == [2, 3, 4])
        #expect(array.elements == Array(0..<24))
        #expect(array.count == 2)
        #expect(try IDXArray.shape(ofFileAt: fixture(name)) == [2, 3, 4])
    }

    @Test("Any rank reads: none, five, and one without elements")
    func ranks() throws {
        #expect(try IDXArray(contentsOf: fixture("idx/scalar")) == IDXArray(shape: [], elements: [42]))
        #expect(try IDXArray(contentsOf: fixture("idx/five-dimensions")).shape == [1, 2, 1, 2, 3])
        #expect(try IDXArray(contentsOf: fixture("idx/no-elements")).elements.isEmpty)
    }

    @Test(
        "A broken file is named with the offset and what was expected and found",
        arguments: [
            ("idx/empty", 0, IDXError.Problem.truncatedHeader(expected: 4, found: 0)),
            ("idx/png", 0, .wrongMagic(found: [0x89, 0x50, 0x4E, 0x47])),
            ("idx/float-type", 2, .unsupportedType(code: 0x0D)),
            ("idx/half-header", 10, .truncatedHeader(expected: 16, found: 10)),
            ("idx/truncated", 35, .truncated(shape: [2, 3, 4], expected: 24, found: 19)),
            ("idx/truncated.gz", 35, .truncated(shape: [2, 3, 4], expected: 24, found: 19)),
            ("idx/oversized", 40, .oversized(shape: [2, 3, 4], expected: 24, found: 27)),
            ("idx/oversized.gz", 40, .oversized(shape: [2, 3, 4], expected: 24, found: 27)),
            ("idx/overflowing", 4, .tooLarge(shape: [4_294_967_295, 4_294_967_295, 4_294_967_295])),
            ("idx/boastful.gz", 4, .beyondLimit(shape: [1 << 31, 1 << 20], expected: 1 << 51, limit: 1 << 30)),
        ])
    func broken(name: String, offset: Int, problem: IDXError.Problem) throws {
        let path = try fixture(name)
        let error = try #require(throws: IDXError.self) { try IDXArray(contentsOf: path) }
        #expect((error.path, error.offset) == (path, offset))
        #expect(error.problem == problem)
        #expect(error.description.hasPrefix("\(path), byte \(offset): "))
    }

    @Test("The message of a truncated file names the missing bytes")
    func message() throws {
        let path = try fixture("idx/truncated")
        let error = try #require(throws: IDXError.self) { try IDXArray(contentsOf: path) }
        #expect(
            error.description == "\(path), byte 35: expected 2 x 3 x 4 = 24 bytes after the header, found 19: "
                + "5 are missing. Copy or fetch the file again.")
    }

    @Test(
        "A gzip file that is cut or damaged says so",
        arguments: [
            ("idx/cut.gz", "ends early"), ("idx/without-checksum.gz", "ends early"),
            ("idx/wrong-checksum.gz", "incorrect data check"), ("idx/wrong-block.gz", "invalid"),
            ("idx/garbage-behind.gz", "something else follows"),
        ])
    func brokenGzip(name: String, words: String) throws {
        let path = try fixture(name)
        let error = try #require(throws: GzipError.self) { try IDXArray(contentsOf: path) }
        #expect(error.path == path)
        #expect(error.offset <= FileManager.default.contents(atPath: path)?.count ?? 0)
        #expect(error.description.contains(words))
    }

    @Test("A cut gzip file counts what could be unpacked")
    func cutGzip() throws {
        let error = try #require(throws: GzipError.self) {
            try IDXArray(contentsOf: fixture("idx/without-checksum.gz"))
        }
        #expect(error.problem == .endsEarly(unpacked: 40))
    }

    @Test("A file that is missing, and a folder, give the system's reason")
    func unreadable() throws {
        let folder = try ScratchFolder()
        #expect(throws: FileFailure(.read, "\(folder.path)/none", code: ENOENT)) {
            try IDXArray(contentsOf: "\(folder.path)/none")
        }
        #expect(throws: FileFailure(.read, folder.path, code: EISDIR)) { try IDXArray(contentsOf: folder.path) }
    }

    @Test("A pipe, a socket and a device are named, and nobody waits for them")
    func noFiles() throws {
        let folder = try ScratchFolder()
        let pipe = "\(folder.path)/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(throws: NotRegularFile(path: pipe, kind: "a named pipe")) { try IDXArray(contentsOf: pipe) }
        #expect(throws: NotRegularFile(path: "/dev/zero", kind: "a device")) { try IDXArray(contentsOf: "/dev/zero") }
        #expect(throws: NotRegularFile(path: pipe, kind: "a named pipe")) { try IDXArray.shape(ofFileAt: pipe) }
    }
}
