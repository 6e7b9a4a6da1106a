import Datasets
import Foundation
import Testing

@Suite struct DatasetSummaryTests {
    let scratch: ScratchFolder
    let locator: DatasetLocator

    init() throws {
        scratch = try ScratchFolder()
        for file in DatasetFile.allCases {
            _ = try scratch.write(bytes(of: fixture("tiny/\(file.packedName)")), to: "datasets/tiny/\(file.packedName)")
        }
        let entry = try #require(PackageFolder(named: "datasets").path(of: "mnist.yml"))
        _ = try scratch.write(bytes(of: entry), to: "datasets/absent.yml")
        locator = DatasetLocator(
            surroundings: Surroundings(variables: [:], workingDirectory: scratch.path, executable: nil))
    }

    @Test("A dataset without an entry is summed up from its files")
    func withoutEntry() {
        let summary = locator.summary("tiny")
        #expect(summary.entry == nil)
        #expect(summary.folder?.path == "\(scratch.path)/datasets/tiny")
        #expect([summary.trainCount, summary.testCount, summary.classCount] == [12, 5, 4])
        #expect(summary.imageShape == [3, 2])
        #expect(summary.state == .uncatalogued)
        #expect(summary.problem == nil)
    }

    @Test("A dataset that is not here is summed up from its entry, and the problem says how to get it")
    func absent() {
        let summary = locator.summary("absent")
        #expect(summary.folder == nil)
        #expect(summary.state == .absent)
        #expect([summary.trainCount, summary.testCount, summary.classCount] == [nil, nil, 10])
        #expect(summary.imageShape == [28, 28])
        #expect(summary.problem?.hasSuffix("Fetch it with 'basin data fetch absent'.") == true)
        #expect(locator.summaries().map(\.name).filter { $0 != "fashion-mnist" } == ["absent", "tiny"])
    }

    @Test("A broken file is the problem of its own dataset only")
    func broken() throws {
        _ = try scratch.write("nonsense", to: "datasets/tiny/\(DatasetFile.testImages.packedName)")
        let summary = locator.summary("tiny")
        #expect([summary.trainCount, summary.testCount, summary.classCount] == [12, nil, 4])
        #expect(summary.state == .damaged)
        #expect(summary.problem?.contains("t10k-images-idx3-ubyte.gz, byte 0: an IDX file") == true)
    }

    @Test(
        "A set that is cut, goes on too long or is cut in its packed stream is not called sound",
        arguments: DatasetFile.allCases, ["cut", "long", "cut packed", "long packed", "cut stream"])
    func truncated(file: DatasetFile, how: String) throws {
        let packed = "\(scratch.path)/datasets/tiny/\(file.packedName)"
        let array = try IDXArray(contentsOf: packed)
        let plain = array.header + array.elements
        let changed = how.hasPrefix("cut") ? plain.dropLast(2) + [] : plain + [0]
        if how == "cut stream" {
            _ = try scratch.write(bytes(of: packed).dropLast(3) + [], to: "datasets/tiny/\(file.packedName)")
        } else if how.hasSuffix("packed") {
            _ = try scratch.write(gzip(changed), to: "datasets/tiny/\(file.packedName)")
        } else {
            _ = try scratch.write(changed, to: "datasets/tiny/\(file.name)")
        }
        let summary = locator.summary("tiny")
        #expect(summary.state == .damaged)
        #expect(summary.problem?.contains(file.name) == true, "\(summary.problem ?? "nothing")")
        #expect(throws: (any Error).self) { try locator.load("tiny") }
    }

    /// What the program of that name makes of some bytes.
    private func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
        let path = try scratch.write(bytes, to: "plain")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-kf", path]
        try process.run()
        process.waitUntilExit()
        return try DatasetsTests.bytes(of: path + ".gz")
    }

    @Test("Files that do not fit together are not called sound")
    func misfit() throws {
        try IDXArray(shape: [11], elements: [UInt8](repeating: 1, count: 11)).write(
            to: "\(scratch.path)/datasets/tiny/\(DatasetFile.trainLabels.name)")
        let summary = locator.summary("tiny")
        #expect(summary.state == .damaged)
        #expect(summary.problem?.contains("12 images, but 11 labels") == true)
    }

    @Test("A pipe among the files is the problem of its dataset, and nobody waits for it")
    func pipe() throws {
        let path = "\(scratch.path)/datasets/tiny/\(DatasetFile.testLabels.name)"
        #expect(mkfifo(path, 0o600) == 0)
        let summary = locator.summary("tiny")
        #expect(summary.state == .damaged)
        #expect(summary.problem?.contains("\(path) is a named pipe.") == true)
    }

    @Test("A catalogued set is compared with what the catalogue states")
    func catalogued() throws {
        let entry = try tinyEntry()
        func state(_ name: String, _ shas: [DatasetFile: String]) throws {
            let files = entry.files.map { "  \($0.key.name): {size: \($0.value.size), sha256: \(shas[$0.key] ?? "")}" }
            _ = try scratch.write(
                "title: T\nclasses: 5\nimage: [3, 2]\nfiles:\n\(files.joined(separator: "\n"))\n"
                    + "mirrors: [http://127.0.0.1:9/]\nlicence: none\ncitation: none\n",
                to: "datasets/\(name).yml")
        }
        let digests = entry.files.mapValues(\.sha256)
        try state("tiny", digests)
        #expect(locator.summary("tiny").state == .intact)
        #expect(locator.summary("tiny").problem == nil)
        try state("tiny", digests.mapValues { String($0.reversed()) })
        #expect(locator.summary("tiny").state == .other)
        #expect(locator.summary("tiny").problem?.contains("holds other files, not those") == true)
        try state("named", digests)
        #expect(locator.summary("tiny").problem?.contains("holds the files of 'named', not those") == true)
        _ = try scratch.write("nonsense", to: "datasets/tiny/\(DatasetFile.testLabels.name)")
        #expect(locator.summary("tiny").state == .damaged)
    }
}
