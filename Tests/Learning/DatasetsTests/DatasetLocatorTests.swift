import Datasets
import Diagnostics
import Foundation
import Testing

@Suite struct DatasetLocatorTests {
    let folder: ScratchFolder
    let root: String

    init() throws {
        folder = try ScratchFolder()
        root = folder.path
    }

    /// Copies the fixture `tiny` below the scratch folder.
    func place(_ path: String, without missing: DatasetFile? = nil) throws {
        for file in DatasetFile.allCases where file != missing {
            _ = try folder.write(bytes(of: fixture("tiny/\(file.packedName)")), to: "\(path)/\(file.packedName)")
        }
    }

    func locator(dataFolder: String? = nil, variables: [String: String] = [:]) -> DatasetLocator {
        let variables = ["HOME": "\(root)/home"].merging(variables) { $1 }
        let surroundings = Surroundings(
            variables: variables, workingDirectory: "\(root)/here",
            executable: "\(root)/package/.build/release/basin")
        return DatasetLocator(dataFolder: dataFolder, surroundings: surroundings)
    }

    @Test("Folders are searched in the documented order")
    func order() throws {
        for file in ["here/datasets/x", "package/datasets/x", "package/Package.swift"] {
            _ = try folder.write("", to: file)
        }
        let locator = locator(
            dataFolder: "given",
            variables: ["BASIN_DATASETS": "\(root)/one:two::~/three", "XDG_CACHE_HOME": "\(root)/cache"])
        #expect(
            locator.searchFolders == [
                "\(root)/here/given", "\(root)/one", "\(root)/here/two", "\(root)/home/three", "\(root)/here/datasets",
                "\(root)/package/datasets", "\(root)/cache/basin/datasets", "/usr/share/datasets",
            ])
    }

    @Test("Without a working directory a relative path is none, and a folder that is one has nothing in it")
    func noWorkingDirectory() throws {
        let surroundings = Surroundings(
            variables: ["HOME": "\(root)/home", "BASIN_DATASETS": "two"], workingDirectory: nil, executable: nil)
        #expect(try surroundings.absolutePath("/a/b") == "/a/b" && surroundings.absolutePath("~/b") == "\(root)/home/b")
        let error = #expect(throws: NoWorkingDirectory.self) { try surroundings.absolutePath("b.sqlite") }
        #expect(error?.description.contains("'b.sqlite' is looked for in the working directory") == true)
        let locator = DatasetLocator(dataFolder: "given", surroundings: surroundings)
        #expect(
            locator.searchFolders == ["given", "two", "\(root)/home/.cache/basin/datasets", "/usr/share/datasets"])
    }

    @Test("The cache folder is in the home folder unless XDG_CACHE_HOME says otherwise")
    func cache() {
        func cache(_ variables: [String: String]) -> String? {
            DatasetLocator.cacheFolder(Surroundings(variables: variables, workingDirectory: "/", executable: nil))
        }
        #expect(cache(["HOME": "/home/a"]) == "/home/a/.cache/basin/datasets")
        #expect(cache(["HOME": "/home/a", "XDG_CACHE_HOME": ""]) == "/home/a/.cache/basin/datasets")
        #expect(cache(["HOME": "/home/a", "XDG_CACHE_HOME": "relative"]) == "/home/a/.cache/basin/datasets")
        #expect(cache(["HOME": "/home/a", "XDG_CACHE_HOME": "/var/cache/a"]) == "/var/cache/a/basin/datasets")
        #expect(cache([:]) == nil)
    }

    @Test("The first folder that holds the whole dataset wins")
    func firstWins() throws {
        try place("given/tiny", without: .testLabels)
        try place("one/tiny")
        try place("home/.cache/basin/datasets/tiny")
        let found = try locator(dataFolder: "\(root)/given", variables: ["BASIN_DATASETS": "\(root)/one"]).locate(
            "tiny")
        #expect(found.path == "\(root)/one/tiny")
        #expect(found.path(of: .trainImages) == "\(root)/one/tiny/train-images-idx3-ubyte.gz")
        #expect(try locator().locate("tiny").path == "\(root)/home/.cache/basin/datasets/tiny")
    }

    @Test("Of a plain and a packed file side by side the plain one is read")
    func plainFirst() throws {
        try place("one/tiny")
        let plain = try folder.write(
            IDXArray(contentsOf: fixture("tiny/\(DatasetFile.testLabels.packedName)")).header + [0, 0, 0, 0, 0],
            to: "one/tiny/\(DatasetFile.testLabels.name)")
        let locator = locator(dataFolder: "\(root)/one")
        #expect(try locator.locate("tiny").path(of: .testLabels) == plain)
        #expect(try locator.load("tiny").labels.suffix(5) == [0, 0, 0, 0, 0])
    }

    @Test("A dataset without an entry can be used; its classes are counted from its labels")
    func withoutEntry() throws {
        try place("one/tiny")
        let locator = locator(dataFolder: "\(root)/one")
        #expect(locator.availableNames.contains("tiny"))
        #expect(try locator.load("tiny").classCount == 4)
        let error = try #require(throws: NotInCatalogue.self) { try locator.entry(named: "tiny") }
        #expect(error.description.contains("\(root)/one/tiny, but the catalogue has no datasets/tiny.yml"))
    }

    @Test("An unknown name gets the nearest one, and the places that were searched")
    func unknown() throws {
        try place("one/tiny")
        let error = try #require(throws: DatasetNotFound.self) {
            try locator(dataFolder: "\(root)/one").locate("tinny")
        }
        #expect(
            error.description.hasPrefix("There is no dataset 'tinny'. Did you mean 'tiny'? Looked in \(root)/one, "))
        #expect(throws: DatasetNotFound.self) { try locator(dataFolder: "\(root)/one").entry(named: "tinny") }
    }

    @Test("A name with a slash finds nothing, whatever lies there")
    func slash() throws {
        try place("one/tiny")
        for name in ["../one/tiny", "\(root)/one/tiny", "./tiny", ""] {
            #expect(throws: DatasetNotFound.self) { try locator(dataFolder: "\(root)/one").locate(name) }
        }
    }

    @Test("A catalogued dataset that is not there says how to fetch it")
    func notFetched() throws {
        _ = try folder.write("", to: "here/datasets/tiny.yml")
        let error = try #require(throws: DatasetNotFound.self) { try locator().locate("tiny") }
        #expect(error.description.hasPrefix("The dataset 'tiny' is not on this machine."))
        #expect(error.description.hasSuffix("Fetch it with 'basin data fetch tiny'."))
    }

    @Test("A folder that lacks a file is named with what it lacks")
    func incomplete() throws {
        try place("one/tiny", without: .trainLabels)
        let error = try #require(throws: DatasetNotFound.self) { try locator(dataFolder: "\(root)/one").locate("tiny") }
        #expect(error.description.contains("\(root)/one/tiny lacks train-labels-idx1-ubyte[.gz]."))
    }

    @Test("A folder of that name without any of the files is no trace of the dataset")
    func emptyFolder() throws {
        _ = try folder.write("", to: "one/tinny/notes.txt")
        let error = try #require(throws: DatasetNotFound.self) {
            try locator(dataFolder: "\(root)/one").locate("tinny")
        }
        #expect(error.incomplete.isEmpty)
        #expect(error.description.hasPrefix("There is no dataset 'tinny'."))
    }

    @Test("Files with a dot in their names, as some archives have them, are read", arguments: [false, true])
    func dots(isPlain: Bool) throws {
        try place("one/tiny")
        for file in DatasetFile.allCases {
            let dotted = file.name.replacingOccurrences(of: "-idx", with: ".idx")
            let packed = "\(root)/one/tiny/\(file.packedName)"
            if isPlain {
                try IDXArray(contentsOf: packed).write(to: "\(root)/one/tiny/\(dotted)")
                try FileManager.default.removeItem(atPath: packed)
            } else {
                try FileManager.default.moveItem(atPath: packed, toPath: "\(root)/one/tiny/\(dotted).gz")
            }
            // Some archives have a folder by the file's own name beside it.
            _ = try folder.write("", to: "one/tiny/\(file.name)/\(file.name)")
        }
        let locator = locator(dataFolder: "\(root)/one")
        let path = "\(root)/one/tiny/t10k-images.idx3-ubyte\(isPlain ? "" : ".gz")"
        #expect(try locator.locate("tiny").path(of: .testImages) == path)
        #expect(try locator.load("tiny").digests == ImageDataset(folder: tinyFolder()).digests)
        #expect(locator.availableNames.contains("tiny"))
    }

    private func tinyFolder() throws -> DatasetFolder {
        try #require(DatasetFolder(name: "tiny", path: fixture("tiny")))
    }

    @Test("A file that lies there by both of its names is named, as nothing tells which is meant")
    func bothNames() throws {
        try place("one/tiny")
        let dotted = try folder.write("", to: "one/tiny/train-labels.idx1-ubyte")
        let packed = "\(root)/one/tiny/train-labels-idx1-ubyte.gz"
        let locator = locator(dataFolder: "\(root)/one")
        #expect(throws: AmbiguousDataFile(paths: [packed, dotted])) { try locator.locate("tiny") }
        #expect(throws: AmbiguousDataFile(paths: [packed, dotted])) { try locator.load("tiny") }
        #expect(locator.summary("tiny").state == .damaged)
    }

    @Test("Files by names that are not read are listed, with those that are")
    func otherNames() throws {
        for name in ["emnist-letters-train-images-idx3-ubyte.gz", "raw/train-images-idx3-ubyte"] {
            _ = try folder.write("", to: "one/letters/\(name)")
        }
        let error = try #require(throws: DatasetNotFound.self) {
            try locator(dataFolder: "\(root)/one").locate("letters")
        }
        #expect(
            error.description.contains(
                "\(root)/one/letters holds emnist-letters-train-images-idx3-ubyte.gz, raw/; Basin reads "
                    + "train-images-idx3-ubyte[.gz], train-labels-idx1-ubyte[.gz], t10k-images-idx3-ubyte[.gz], "
                    + "t10k-labels-idx1-ubyte[.gz]."))
    }

    @Test("Files that lie one folder too high are told where they belong")
    func tooHigh() throws {
        try place("one")
        let error = try #require(throws: DatasetNotFound.self) { try locator(dataFolder: "\(root)/one").locate("tiny") }
        #expect(
            error.description.contains(
                "\(root)/one itself holds the four files of a dataset; they belong into \(root)/one/tiny."))
    }
}
