import Datasets
import Foundation
import Testing

/// What may stand behind the members of a gzip file; Python's `gzip` is asked the same where it is installed.
@Suite struct GzipPaddingTests {
    let scratch: ScratchFolder
    let packed: [UInt8]

    init() throws {
        scratch = try ScratchFolder()
        packed = try bytes(of: fixture("idx/cube.gz"))
    }

    @Test("Zero bytes behind a member, and between members, are padding", arguments: [1, 7, 512, 65_536, 200_000])
    func padding(count: Int) throws {
        let zeros = [UInt8](repeating: 0, count: count)
        let path = try scratch.write(packed + zeros, to: "padded.gz")
        #expect(try IDXArray(contentsOf: path).elements == Array(0..<24))
        #expect(pythonReads(path) != false)
        let two = try bytes(of: fixture("idx/two-members.gz"))
        let second = try #require((1..<two.count - 1).last { two[$0] == 0x1f && two[$0 + 1] == 0x8b })
        let between = try scratch.write(two[..<second] + zeros + two[second...] + zeros, to: "between.gz")
        #expect(try IDXArray(contentsOf: between).elements == Array(0..<24))
        #expect(pythonReads(between) != false)
    }

    @Test(
        "Anything else is refused with the place where it begins",
        arguments: [Array("garbage".utf8), [0, 0, 0, 1], [0x1f, 0x8c, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]])
    func other(rest: [UInt8]) throws {
        for zeros in [0, 100_000] {
            let path = try scratch.write(packed + [UInt8](repeating: 0, count: zeros) + rest, to: "other.gz")
            let error = try #require(throws: GzipError.self) { try IDXArray(contentsOf: path) }
            let start = packed.count + zeros + (rest.firstIndex { $0 != 0 } ?? 0)
            #expect(error.problem == .followedByOther)
            #expect(error.offset == start)
            #expect(error.description.contains("from byte \(start) on something else follows"))
            #expect(pythonReads(path) != true)
        }
    }

    @Test("A second member that is cut is no padding")
    func cutMember() throws {
        let path = try scratch.write(packed + packed.dropLast(9), to: "cut.gz")
        let error = try #require(throws: GzipError.self) { try IDXArray(contentsOf: path) }
        guard case .endsEarly = error.problem else { throw error }
        #expect(error.offset == 2 * packed.count - 9)
    }

    /// Whether Python unpacks a file; nil where there is none.
    private func pythonReads(_ path: String) -> Bool? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", "import gzip, sys; gzip.open(sys.argv[1]).read()", path]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        process.waitUntilExit()
        return process.terminationStatus == 127 ? nil : process.terminationStatus == 0
    }
}
