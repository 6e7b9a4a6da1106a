import Datasets
import Foundation
import Testing

@Suite struct DatasetCatalogueTests {
    let sound = """
        title: Toy digits
        classes: 3
        image: [3, 2]
        files:
          train-images-idx3-ubyte: {size: 88, sha256: \(digest("1"))}
          train-labels-idx1-ubyte: {size: 20, sha256: \(digest("2"))}
          t10k-images-idx3-ubyte: {size: 46, sha256: \(digest("3"))}
          t10k-labels-idx1-ubyte: {size: 13, sha256: \(digest("4"))}
        mirrors:
          - https://one.example/toy
          - http://two.example/toy/
        licence: CC0
        citation: >
          A. Author. A title.
          2020.
        """

    static func digest(_ digit: Character) -> String { String(repeating: digit, count: 64) }

    func entry(_ yaml: String) throws -> DatasetEntry? {
        let folder = try ScratchFolder()
        _ = try folder.write(yaml, to: "datasets/toy.yml")
        let surroundings = Surroundings(variables: [:], workingDirectory: folder.path, executable: nil)
        return try DatasetCatalogue(surroundings).entry(named: "toy")
    }

    @Test("An entry reads with all that it states")
    func entry() throws {
        let entry = try #require(try entry(sound))
        #expect((entry.name, entry.title, entry.classCount, entry.licence) == ("toy", "Toy digits", 3, "CC0"))
        #expect(entry.imageShape == [3, 2])
        #expect(entry.files[.testImages] == DatasetEntry.File(size: 46, sha256: Self.digest("3")))
        #expect(entry.mirrors == ["https://one.example/toy/", "http://two.example/toy/"])
        #expect(entry.citation == "A. Author. A title. 2020.")
    }

    @Test("What is wrong in an entry is named with its line", arguments: [
        ("classes: 3", "clases: 3", "line 2: unknown key 'clases'. Did you mean 'classes'?"),
        ("size: 46", "sise: 46", "line 7: unknown key 'sise' in 'files.t10k-images-idx3-ubyte'. Did you mean 'size'?"),
        ("t10k-labels", "t10-labels", "line 8: unknown key 't10-labels-idx1-ubyte' in 'files'. "
            + "Did you mean 't10k-labels-idx1-ubyte'?"),
        ("licence: CC0\n", "", "line 1: the key 'licence' is missing."),
        ("classes: 3", "classes: three", "line 2: 'classes' should be a whole number above 0, found 'three'."),
        ("classes: 3", "classes: 300", "line 2: 'classes' should be at most 256, found 300."),
        ("[3, 2]", "[3, x]", "line 3: 'image' should be a list of whole numbers above 0."),
        ("https://one", "ftp://one", "line 10: 'mirrors' should be addresses that start with https:// or http://, "
            + "found 'ftp://one.example/toy'."),
        (digest("2"), "22", "line 6: 'sha256' should be 64 lower-case hexadecimal digits, found '22'."),
        ("image: [3, 2]", "image: [3, 2", "no valid YAML"),
        ("classes: 3", "title: Twice", "a key stands twice: 'title'."),
    ])
    func broken(part: String, replacement: String, words: String) throws {
        let yaml = sound.replacingOccurrences(of: part, with: replacement)
        let error = try #require(throws: CatalogueError.self) { try entry(yaml) }
        #expect(error.description.contains("/datasets/toy.yml"))
        #expect(error.description.contains(words))
    }

    @Test("A broken entry is in the way of its own dataset only, and a name that is none has no entry")
    func lazy() throws {
        let folder = try ScratchFolder()
        _ = try folder.write(sound, to: "datasets/toy.yml")
        _ = try folder.write("nonsense", to: "datasets/broken.yml")
        let catalogue = DatasetCatalogue(
            Surroundings(variables: [:], workingDirectory: folder.path, executable: nil))
        #expect(catalogue.names == ["broken", "toy"])
        #expect(try catalogue.entry(named: "toy") != nil)
        #expect(throws: CatalogueError.self) { try catalogue.entry(named: "broken") }
        for name in ["none", "../datasets/toy", "", "."] { #expect(try catalogue.entry(named: name) == nil) }
    }

    @Test("The catalogue that ships states MNIST and Fashion-MNIST", arguments: ["mnist", "fashion-mnist"])
    func shipped(name: String) throws {
        let entry = try #require(try DatasetCatalogue().entry(named: name))
        #expect(entry.classCount == 10)
        #expect(entry.imageShape == [28, 28])
        // 16 and 8 bytes of header, 60,000 and 10,000 images.
        #expect(entry.files.mapValues(\.size) == [
            .trainImages: 47_040_016, .trainLabels: 60_008, .testImages: 7_840_016, .testLabels: 10_008,
        ])
        #expect(entry.mirrors.contains { $0.hasPrefix("https://") })
    }
}
