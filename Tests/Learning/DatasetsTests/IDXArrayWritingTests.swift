import Datasets
import Foundation
import Testing

@Suite struct IDXArrayWritingTests {
    let cube = IDXArray(shape: [2, 3, 4], elements: Array(0..<24))

    @Test("A plain file has the bytes that Python wrote")
    func plain() throws {
        let folder = try ScratchFolder()
        try cube.write(to: "\(folder.path)/cube")
        #expect(try bytes(of: "\(folder.path)/cube") == bytes(of: fixture("idx/cube")))
    }

    @Test("What is written reads back, packed and plain, of any size", arguments: [0, 1, 65_535, 65_536, 1_000_003])
    func roundTrip(size: Int) throws {
        let folder = try ScratchFolder()
        // Multiplicative noise, so that packing has something to do.
        let array = IDXArray(
            shape: [size], elements: (0..<size).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 11) })
        for compression in [IDXArray.Compression.plain, .gzip] {
            let path = "\(folder.path)/\(compression)"
            try array.write(to: path, compression: compression)
            #expect(try IDXArray(contentsOf: path) == array)
        }
        #expect(try bytes(of: "\(folder.path)/gzip").prefix(2) == [0x1f, 0x8b])
        #expect(folder.files == ["gzip", "plain"])
    }

    @Test("Equal arrays give equal packed files")
    func reproducible() throws {
        let folder = try ScratchFolder()
        try cube.write(to: "\(folder.path)/a.gz", compression: .gzip)
        try cube.write(to: "\(folder.path)/b.gz", compression: .gzip)
        #expect(try bytes(of: "\(folder.path)/a.gz") == bytes(of: "\(folder.path)/b.gz"))
    }

    @Test("An older file of that name is replaced")
    func replaces() throws {
        let folder = try ScratchFolder()
        let path = try folder.write("something else", to: "cube")
        try cube.write(to: path)
        #expect(try IDXArray(contentsOf: path) == cube)
    }

    @Test("A folder that does not exist is an error that names the file")
    func missingFolder() throws {
        let folder = try ScratchFolder()
        #expect(throws: FileFailure(.write, "\(folder.path)/none/cube", code: ENOENT)) {
            try cube.write(to: "\(folder.path)/none/cube")
        }
    }
}
