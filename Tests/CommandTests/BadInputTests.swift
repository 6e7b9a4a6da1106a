import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct BadInputTests {
    /// Replaces a packed data file by these plain bytes.
    private func damage(_ place: Workplace, _ file: DatasetFile, _ change: (inout [UInt8]) -> Void) throws {
        let array = try #require(SyntheticImages().arrays[file])
        var bytes = Array(array.header) + array.elements
        change(&bytes)
        let folder = place.folder("datasets/synthetic")
        try FileManager.default.removeItem(atPath: "\(folder)/\(file.name).gz")
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(file.name)"))
    }

    @Test("A truncated data file is named with what is missing")
    func truncated() throws {
        let place = try Workplace()
        try damage(place, .trainImages) { $0.removeLast(100) }
        refused(try place.basin("run", "toy"), "train-images-idx3-ubyte", "10240", "10140")
    }

    @Test("An oversized data file is named with what is too much")
    func oversized() throws {
        let place = try Workplace()
        try damage(place, .testLabels) { $0 += [1, 2, 3] }
        refused(try place.basin("run", "toy"), "t10k-labels-idx1-ubyte")
    }

    @Test("A wrong magic number is named")
    func wrongMagic() throws {
        let place = try Workplace()
        try damage(place, .trainLabels) { $0[2] = 0x0D }
        refused(try place.basin("run", "toy"), "train-labels-idx1-ubyte", "0D")
    }

    @Test("Images and labels that differ in number are named")
    func countsDiffer() throws {
        let place = try Workplace()
        var arrays = SyntheticImages().arrays
        arrays[.trainLabels] = IDXArray(shape: [159], elements: [UInt8](repeating: 1, count: 159))
        try place.writeData(arrays)
        refused(try place.basin("run", "toy"), "160", "159")
    }

    @Test("A label out of the catalogue's range is named with its place")
    func labelOutOfRange() throws {
        let place = try Workplace()
        var arrays = SyntheticImages().arrays
        arrays[.testLabels] = IDXArray(shape: [80], elements: [UInt8](repeating: 3, count: 79) + [77])
        try place.writeData(arrays, named: "real")
        try place.writeEntry("real", of: arrays)
        try place.writeStudy("real", dataset: "real")
        refused(try place.basin("run", "real"), "t10k-labels-idx1-ubyte", "77", "79")
    }

    @Test("Other data under a catalogued name are refused, listed and diagnosed, with the name of those that they are")
    func otherData() throws {
        let place = try Workplace()
        try place.writeEntry("synthetic", of: SyntheticImages().arrays)
        try place.writeEntry("famous", of: SyntheticImages(seed: 2).arrays)
        try place.writeData(SyntheticImages().arrays, named: "famous")
        try place.writeStudy("real", dataset: "famous")
        let words = "They are the files of 'synthetic'"
        refused(try place.basin("run", "real"), "'famous' is not what the catalogue states", words)
        refused(try place.basin("run", "real", "--plan"), words)
        try place.writeData(SyntheticImages(seed: 2).arrays, named: "famous")
        #expect(try place.basin("run", "real").status == 0)
        try place.writeData(SyntheticImages().arrays, named: "famous")
        refused(try place.basin("measure", "real", "--measures", "epochs"), words)
        let list = try place.basin("data", "list")
        #expect(list.status == 0)
        #expect(list.output.contains("datasets/famous,other data"))
        #expect(list.output.contains("datasets/synthetic,intact"))
        #expect(list.errors.contains("datasets/famous holds the files of 'synthetic', not those that the catalogue"))
        let doctor = try place.basin("doctor", "--format", "markdown").output
        #expect(doctor.contains("datasets/famous, other data: ") && doctor.contains("datasets/synthetic, intact"))
        let verify = try place.basin("data", "verify", "famous")
        #expect(verify.status == 2 && verify.errors.contains(words))
        #expect(try place.basin("run", "toy").status == 0)
    }

    @Test("A report of models that saw other data than the catalogue's says so beneath its title")
    func reportOfOtherData() throws {
        let place = try Workplace()
        try place.writeStudy("toy2")
        for study in ["toy", "toy2"] { #expect(try place.basin("run", study).status == 0) }
        let sentence = "These models were not made from the data set `synthetic` that the catalogue states"
        func reports() throws -> [String] {
            try [["toy"], ["toy", "toy2"]].map {
                try place.start(["report", "--out", "r"] + $0).wait().output.trimmingCharacters(in: .newlines)
            }.map { path in
                let file = path.hasSuffix(".md") ? path : path + "/report.md"
                return try String(contentsOfFile: file.hasPrefix("/") ? file : place.folder(file), encoding: .utf8)
            }
        }
        #expect(try reports().allSatisfy { !$0.contains("These models were not made") })
        try place.writeEntry("synthetic", of: SyntheticImages().arrays)
        #expect(try reports().allSatisfy { !$0.contains("These models were not made") })
        try place.writeEntry("synthetic", of: SyntheticImages(seed: 2).arrays)
        let texts = try reports()
        #expect(texts.count == 2)
        for text in texts { #expect(text.components(separatedBy: "\n## ")[0].contains(sentence)) }
    }

    @Test("A set that is cut is listed as damaged, with what it lacks, and no pipe holds a list up")
    func damagedList() throws {
        let place = try Workplace()
        try damage(place, .testImages) { $0.removeLast(5) }
        let list = try place.basin("data", "list")
        #expect(list.output.contains("datasets/synthetic,damaged"))
        #expect(list.errors.contains("5 are missing"))
        try damage(place, .testLabels) { _ in }
        let path = place.folder("datasets/synthetic/\(DatasetFile.testLabels.name)")
        try FileManager.default.removeItem(atPath: path)
        #expect(mkfifo(path, 0o600) == 0)
        #expect(try place.basin("data", "list").errors.contains("is a named pipe"))
        try FileManager.default.removeItem(atPath: place.folder("datasets/synthetic/\(DatasetFile.testImages.name)"))
        try SyntheticImages().arrays[.testImages]?.write(
            to: place.folder("datasets/synthetic/\(DatasetFile.testImages.name)"))
        refused(try place.basin("run", "toy"), "t10k-labels-idx1-ubyte is a named pipe")
        #expect(mkfifo(place.folder("datasets/piped.yml"), 0o600) == 0)
        refused(try place.basin("data", "fetch", "piped"), "datasets/piped.yml' cannot be read: it is a pipe")
    }

    @Test("A broken gzip file is named")
    func brokenGzip() throws {
        let place = try Workplace()
        let path = place.folder("datasets/synthetic/train-images-idx3-ubyte.gz")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes[bytes.count / 2] ^= 0xFF
        try bytes.write(to: URL(fileURLWithPath: path))
        refused(try place.basin("run", "toy"), "train-images-idx3-ubyte.gz")
    }

    @Test("Unknown names come with the nearest known one")
    func unknownNames() throws {
        let place = try Workplace()
        refused(try place.basin("run", "toi"), "'toi'", "'toy'")
        refused(try place.basin("data", "path", "syntetic"), "'syntetic'", "'synthetic'")
        refused(try place.basin("measures", "pair_prox"), "'pair_prox'", "'pair_proxy'")
        refused(try place.basin("run", "toy", "--measures", "hessian_trac"), "'hessian_trac'", "'hessian_trace'")
        #expect(try place.basin("run", "toy").status == 0)
        refused(try place.basin("correlate", "toy", "--against", "test_acuracy"), "'test_acuracy'", "'test_accuracy'")
        refused(try place.basin("correlate", "toy", "--given", "dead_unit"), "'dead_units'")
        refused(try place.basin("report", "tpy"), "'toy'")
    }

    @Test("An unknown key of a study is named with its line and the nearest one")
    func unknownKey() throws {
        let place = try Workplace()
        try place.writeStudy("typo", extra: "mesures: [epochs]")
        refused(try place.basin("run", "typo"), "typo.yml:8", "'mesures'", "'measures'")
    }

    @Test("More training points than the data have are refused before anything is written")
    func tooManyPoints() throws {
        let place = try Workplace()
        try place.writeStudy("large", points: 161)
        refused(try place.basin("run", "large"), "161", "160", "training_points")
    }

    @Test("A results file of a newer schema, or of no database, is left as it is")
    func foreignFiles() throws {
        let place = try Workplace()
        #expect(try place.basin("run", "toy", "--limit", "1").status == 0)
        let path = place.folder("basin.sqlite")
        try alter(path, "INSERT INTO grdb_migrations VALUES ('99 from the future'); PRAGMA user_version = 99")
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        refused(try place.basin("run", "toy"), "newer")
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        try place.folder.write("no database, sixteen bytes and more", to: "text.sqlite")
        refused(try place.basin("run", "toy", "--db", "text.sqlite"), "text.sqlite")
        #expect(try String(contentsOfFile: place.folder("text.sqlite"), encoding: .utf8).hasPrefix("no database"))
    }

    @Test("A folder that does not exist, wrong numbers and unknown options are refused")
    func wrongRequests() throws {
        let place = try Workplace()
        refused(try place.basin("run", "toy", "--db", "nowhere/basin.sqlite"), "nowhere")
        refused(try place.basin("run", "toy", "--jobs", "0"), "--jobs")
        refused(try place.basin("run", "toy", "--shard", "3/2"), "--shard")
        refused(try place.basin("run", "toy", "--limit", "0"), "--limit")
        refused(try place.basin("run", "toy", "--frobnicate"), "--frobnicate")
        refused(try place.basin("correlate", "toy"), "basin.sqlite")
        refused(try place.basin("sql", "SELEC 1"), "basin.sqlite")
    }

    @Test(
        "A read-only folder is refused, with what to do", .enabled(if: SmallDisk.isAllowed, "no right to mount a disk"))
    func readOnlyFolder() throws {
        let place = try Workplace()
        let disk = try SmallDisk(kilobytes: 64)
        try disk.makeReadOnly()
        refused(try place.basin("run", "toy", "--db", disk.folder("basin.sqlite")), "--db")
        #expect(try place.basin("run", "toy").status == 0)
        refused(try place.basin("report", "toy", "--out", disk.folder("reports")), "--out")
    }

    @Test(
        "A full disk is called that, and what was finished before can be read",
        .enabled(if: SmallDisk.isAllowed, "no right to mount a disk"))
    func fullDisk() throws {
        let place = try Workplace(networks: 60)
        let disk = try SmallDisk(kilobytes: 1200)
        let file = disk.folder("basin.sqlite")
        let answer = try place.basin("run", "toy", "--jobs", "1", "--db", file)
        #expect(answer.status == 1)
        #expect(answer.errors.contains("full"), "\(answer.errors)")
        try disk.grow(kilobytes: 8192)
        let count = try place.basin("sql", "SELECT count(*) AS n FROM model", "--db", file)
        #expect(count.status == 0)
        let networks = Int(count.output.split(whereSeparator: \.isWhitespace).last ?? "") ?? 0
        #expect((1..<60).contains(networks))
        #expect(try place.basin("run", "toy", "--db", file).status == 0)
        let all = try place.basin("sql", "SELECT count(*) AS n FROM model", "--db", file).output
        #expect(all.split(whereSeparator: \.isWhitespace) == ["n", "60"])
    }
}
