import Datasets
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
        #expect(summary.problem == nil)
    }

    @Test("A dataset that is not here is summed up from its entry, and the problem says how to get it")
    func absent() {
        let summary = locator.summary("absent")
        #expect(summary.folder == nil)
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
        #expect(summary.problem?.contains("t10k-images-idx3-ubyte.gz, byte 0: an IDX file") == true)
    }
}
