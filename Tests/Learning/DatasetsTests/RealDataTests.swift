import Datasets
import Testing

/// The datasets themselves, where this machine has them. The digests are the published ones, written out here so that
/// the catalogue is checked too.
@Suite struct RealDataTests {
    static func isHere(_ name: String) -> Bool { DatasetLocator().availableNames.contains(name) }

    @Test(
        "MNIST has the published digests",
        .enabled(if: isHere("mnist"), "MNIST is not here: put it in a folder of BASIN_DATASETS"))
    func mnist() throws {
        let dataset = try DatasetLocator().load("mnist")
        #expect(
            dataset.digests == [
                "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
            ])
        try check(dataset)
        // The first digits of the training and the test set, as every tutorial shows them.
        #expect(dataset.labels.prefix(5) == [5, 0, 4, 1, 9])
        #expect(dataset.labels[60_000..<60_005] == [7, 2, 1, 0, 4])
    }

    @Test(
        "Fashion-MNIST has the published digests",
        .enabled(if: isHere("fashion-mnist"), "Fashion-MNIST is not here: install Debian's dataset-fashion-mnist"))
    func fashionMNIST() throws {
        let dataset = try DatasetLocator().load("fashion-mnist")
        #expect(
            dataset.digests == [
                "train-images-idx3-ubyte": "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                "train-labels-idx1-ubyte": "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                "t10k-images-idx3-ubyte": "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                "t10k-labels-idx1-ubyte": "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
            ])
        try check(dataset)
        // Every class has 6,000 training and 1,000 test images.
        for label in UInt8(0)..<10 {
            #expect(dataset.labels[..<60_000].count { $0 == label } == 6000)
            #expect(dataset.labels[60_000...].count { $0 == label } == 1000)
        }
    }

    func check(_ dataset: ImageDataset) throws {
        #expect((dataset.trainCount, dataset.testCount, dataset.classCount) == (60_000, 10_000, 10))
        #expect(dataset.imageShape == [28, 28])
        #expect(dataset.pixels.count == 70_000 * 784)
        #expect(dataset.labels.count == 70_000)
        let entry = try #require(try DatasetCatalogue().entry(named: dataset.name))
        #expect(dataset.digests == Dictionary(uniqueKeysWithValues: entry.files.map { ($0.key.name, $0.value.sha256) }))
    }
}
