import Datasets
import Documents
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

    @Test(
        "What is wrong in an entry is named with its line",
        arguments: [
            ("clases", "2: unknown key 'clases'. Did you mean 'classes'?", "classes: 3", "clases: 3"),
            (
                "sise", "7: unknown key 'sise' in files.t10k-images-idx3-ubyte. Did you mean 'size'?", "size: 46",
                "sise: 46"
            ),
            (
                "t10-labels", "8: unknown key 't10-labels-idx1-ubyte' in files. Did you mean 't10k-labels-idx1-ubyte'?",
                "t10k-labels", "t10-labels"
            ),
            ("no licence", "1: the dataset lacks 'licence': the terms of use", "licence: CC0\n", ""),
            ("no text", "12: licence must not be empty", "licence: CC0", "licence: \"\""),
            ("no title", "1: the dataset lacks 'title': one line for people", "title: Toy digits", "title:"),
            ("classes: three", "2: classes must be a whole number, not 'three'", "classes: 3", "classes: three"),
            ("classes: 300", "2: classes must be from 1 to 256, not 300", "classes: 3", "classes: 300"),
            ("image: x", "3: image: a side must be a whole number of at least 1, not 'x'", "[3, 2]", "[3, x]"),
            ("image: none", "3: image is empty", "[3, 2]", "[]"),
            (
                "size: 0", "7: files.t10k-images-idx3-ubyte.size must be from 1 to 1099511627776, not 0", "size: 46",
                "size: 0"
            ),
            (
                "size: 2^63 - 1", "size must be from 1 to 1099511627776, not 9223372036854775807", "size: 46",
                "size: 9223372036854775807"
            ),
            (
                "no digest", "7: files.t10k-images-idx3-ubyte lacks 'sha256': the digest of the plain file",
                ", sha256: \(digest("3"))", ""
            ),
            (
                "digest", "6: files.train-labels-idx1-ubyte.sha256 must be 64 lower-case hexadecimal digits, not '22'",
                digest("2"), "22"
            ),
            (
                "mirror", "10: mirrors: an address must start with https:// or http://, not 'ftp://one.example/toy'",
                "https://one", "ftp://one"
            ),
            ("twice", "a key is given twice: 'title'", "classes: 3", "title: Twice"),
            ("syntax", "4: not YAML: ", "image: [3, 2]", "image: [3, 2"),
        ])
    func broken(what: String, words: String, part: String, replacement: String) throws {
        #expect(sound.contains(part))
        let yaml = sound.replacingOccurrences(of: part, with: replacement)
        let error = try #require(throws: DocumentError.self) { try entry(yaml) }
        let lines = error.description.split(separator: "\n")
        #expect(lines.allSatisfy { $0.contains("/datasets/toy.yml:") })
        #expect(lines.contains { $0.contains(words) })
    }

    @Test("A catalogue file that is a pipe, too long or no text is refused, and nobody waits for it")
    func hostileFiles() throws {
        let folder = try ScratchFolder()
        _ = try folder.write(sound + String(repeating: "#", count: 1 << 20), to: "datasets/long.yml")
        _ = try folder.write(Array(sound.utf8) + [0xFF], to: "datasets/bytes.yml")
        let (pipe, endless) = ("\(folder.path)/datasets/pipe.yml", "\(folder.path)/datasets/endless.yml")
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(symlink("/dev/zero", endless) == 0)
        let catalogue = DatasetCatalogue(Surroundings(variables: [:], workingDirectory: folder.path, executable: nil))
        for (name, reason) in [
            ("long", "it has more than 1 MiB"), ("bytes", "it is no UTF-8 text"),
            ("pipe", "it is a pipe, and a file is needed"), ("endless", "it is a device, and a file is needed"),
        ] {
            let error = UnreadableDatasetEntry(path: "\(folder.path)/datasets/\(name).yml", reason: reason)
            #expect(throws: error) { try catalogue.entry(named: name) }
        }
    }

    @Test("All that is wrong in an entry is said at once")
    func allAtOnce() throws {
        let error = try #require(throws: DocumentError.self) {
            try entry("title: Toy\nclasses: many\nimage: 28\nmirrors: []\ncolour: blue\n")
        }
        #expect(
            error.problems.map { "\($0.line): \($0.message)" } == [
                "1: the dataset lacks 'files': size and sha256 of train-images-idx3-ubyte, train-labels-idx1-ubyte, "
                    + "t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte",
                "1: the dataset lacks 'licence': the terms of use",
                "1: the dataset lacks 'citation': who made it, and where that is written",
                "2: classes must be a whole number, not 'many'",
                "3: image must be a list, not '28'",
                "5: unknown key 'colour'. Known names: citation, classes, files, image, licence, mirrors, title.",
            ])
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
        #expect(throws: DocumentError.self) { try catalogue.entry(named: "broken") }
        for name in ["none", "../datasets/toy", "", "."] { #expect(try catalogue.entry(named: name) == nil) }
    }

    @Test("The catalogue that ships states MNIST and Fashion-MNIST", arguments: ["mnist", "fashion-mnist"])
    func shipped(name: String) throws {
        let entry = try #require(try DatasetCatalogue().entry(named: name))
        #expect(entry.classCount == 10)
        #expect(entry.imageShape == [28, 28])
        // 16 and 8 bytes of header, 60,000 and 10,000 images.
        #expect(
            entry.files.mapValues(\.size) == [
                .trainImages: 47_040_016, .trainLabels: 60_008, .testImages: 7_840_016, .testLabels: 10_008,
            ])
        #expect(entry.mirrors.contains { $0.hasPrefix("https://") })
    }
}
