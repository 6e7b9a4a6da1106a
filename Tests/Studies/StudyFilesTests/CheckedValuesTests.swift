import Documents
import Definitions
import StudyFiles
import TestSupport
import Testing

@Suite struct CheckedValuesTests {
    /// Values of training keys that no study can have.
    private static let wrong: [(key: String, values: [String])] = [
        (
            "learning_rate",
            ["-0.1", "0", "-0.0", ".nan", "nan", "inf", "-inf", "1e400", "1e-400", "1e39", "\"0.1\"", "fast"]
        ),
        ("batch_size", ["0", "-1", "1.5", "65.0", "99999999999999999999", "1e3", "nan", "fulll", "Full", "\"64\""]),
        ("epochs", ["0", "-1", "-500", "1.5", "99999999999999999999", "1e400", "nan", "many", "full"]),
        ("order", ["natve", "1", "true"]),
    ]

    /// What is said of a value, wherever it stands.
    private func sentences(population: String, training: String) throws -> Set<String> {
        Set(try problems(example(population: population, training: training)))
    }

    @Test("A value is refused in a grid and in a regime as it is in its own place, with its line")
    func everywhere() throws {
        let standing = ["learning_rate": "0.1", "batch_size": "64", "epochs": "500", "order": "native"]
        for (key, values) in Self.wrong {
            for value in values {
                func training(_ stated: String?) -> String {
                    standing.sorted { $0.key < $1.key }.map { "\($0): \($0 == key ? stated ?? $1 : $1)" }
                        .joined(separator: ", ")
                }
                let plain = try sentences(population: "seeds: 0-9", training: training(value))
                #expect(plain.count == 1 && plain.allSatisfy { $0.hasPrefix("5: training.\(key) ") }, "\(plain)")
                let right = standing[key] ?? ""
                for population in [
                    "seeds: 0-9, grid: {training.\(key): [\(right), \(value)]}",
                    "seeds: 0-9, grid: {training.\(key): \(value)}",
                    "seeds: 0-9, regimes: {a: {training.\(key): \(value)}}",
                    "seeds: 0-9, regimes: {a: {}, b: {training.\(key): \(value)}}, grid: {data.seed: [1, 2]}",
                ] {
                    let varied = try sentences(population: population, training: training(nil))
                    #expect(varied == Set(plain.map { "6" + $0.dropFirst() }), "\(population)")
                }
            }
        }
    }

    @Test("A batch of more than the training points is refused wherever it stands, and full is all of them")
    func largeBatches() throws {
        for (value, isRight) in [("250", true), ("full", true), ("251", false), ("100000", false)] {
            let texts = [
                example(population: "seeds: 0", training: "learning_rate: 0.1, batch_size: \(value), epochs: 500"),
                example(population: "seeds: 0, grid: {training.batch_size: [\(value)]}"),
                example(population: "seeds: 0, regimes: {a: {training.batch_size: \(value)}}"),
                example(population: "seeds: 0, grid: {size: {all: {training.batch_size: \(value)}}}"),
            ]
            for (index, text) in texts.enumerated() {
                let expected = """
                    \(index == 0 ? 5 : 6): training.batch_size \(value) is more than the 250 training points: write \
                    full for all
                    """
                #expect(try problems(text) == (isRight ? [] : [expected]))
            }
        }
        let found = try problems(
            example(population: "seeds: 0, grid: {data.training_points: [50, 100], training.batch_size: [64]}"))
        #expect(found.count == 1 && found[0].contains("64 is more than the 50 training points"))
    }

    @Test("One value that is written in two ways is one value, and given twice")
    func spelling() throws {
        for values in ["0.1, 0.10", "0.1, 1e-1", "0.5, .5, 0.1"] {
            let found = try problems(example(population: "seeds: 0, grid: {training.learning_rate: [\(values)]}"))
            #expect(found.count == 1 && found[0].contains("is given twice"), "\(found)")
        }
        #expect(try problems(example(population: "seeds: 0, grid: {training.learning_rate: [0.1, 0.11]}")).isEmpty)
    }

    @Test("A key that holds a list varies over lists, and a list of its elements is refused with what to write")
    func lists() throws {
        let study = try readExample(population: "seeds: 0, grid: {network.hidden: [[64, 8], [128], []]}")
        #expect(study.configurations.map(\.network.hidden) == [[64, 8], [128], []])
        #expect(study.configurations.map(\.label) == ["hidden [64, 8]", "hidden [128]", "hidden []"])
        for values in ["4", "[4]", "[4, 8]"] {
            let found = try problems(example(population: "seeds: 0, grid: {network.hidden: \(values)}"))
            #expect(!found.isEmpty && found.allSatisfy { $0.contains("as in {network.hidden: [[4], [8]]}") })
            #expect(found.allSatisfy { $0.hasPrefix("6: ") })
        }
        #expect(try !problems(example(population: "seeds: 0, grid: {network.hidden: [[0]]}")).isEmpty)
        let twice = try problems(example(population: "seeds: 0, grid: {network.hidden: [[4, 8], [4,  8]]}"))
        #expect(twice == ["6: population.grid.network.hidden: [4, 8] is given twice"])
        let empty = try problems(example(population: "seeds: 0, grid: {network.hidden: []}"))
        #expect(empty == ["6: population.grid.network.hidden is empty"])
    }

    @Test("Keys below a key vary as a list of mappings, each by its own path, or as bundles")
    func mappings() throws {
        let found = try problems(example(population: "seeds: 0, grid: {training.stop: [1, 2]}"))
        #expect(found.allSatisfy { $0.contains("training.stop needs keys and values, not '") } && found.count == 2)
        #expect(found.allSatisfy { $0.contains("named bundles") })
        #expect(try problems(example(population: "seeds: 0, grid: {training.stop.accuracy: [0.5, 0.9]}")).isEmpty)
        let study = try readExample(
            population: "seeds: 0, grid: {training.stop: [{accuracy: 0.5}, {loss: 0.1, every: 2}]}")
        #expect(study.configurations.map(\.training.stop?.loss) == [nil, 0.1])
        #expect(study.configurations.map(\.label) == ["stop {accuracy: 0.5}", "stop {loss: 0.1, every: 2}"])
    }

    @Test("A network has at most a thousand hidden layers")
    func layers() throws {
        func hidden(_ count: Int) -> String { [String](repeating: "1", count: count).joined(separator: ", ") }
        #expect(try problems(replacing: "hidden: [64, 8]", with: "hidden: [\(hidden(1000))]").isEmpty)
        #expect(
            try problems(replacing: "hidden: [64, 8]", with: "hidden: [\(hidden(1001))]")
                == ["4: network.hidden has 1001 layers; at most 1000 are taken"])
    }

    @Test("Names of studies, regimes, pictures and columns follow one rule each, and have an end")
    func names() throws {
        let long = String(repeating: "a", count: 101)
        for name in ["published", "../x", "x.yml", long] {
            let found = try problems(replacing: "name: toy", with: "name: \(name)")
            #expect(found.count == 1 && found[0].hasPrefix("1: name '\(name.prefix(100))"), "\(found)")
            #expect(found[0].contains("is no name of a study"))
        }
        #expect(throws: DocumentError.self) {
            try StudyFile(text: exampleText.replacing("name: toy\n", with: ""), path: "a/published.yml")
        }
        let measure = "measures: [test_accuracy, {measure: pair_proxy, as: NAME}]"
        for name in ["seed", "2nd", long] {
            let found = try problems(
                replacing: "measures: [test_accuracy, pair_proxy]", with: measure.replacing("NAME", with: name))
            #expect(found.count == 1 && found[0].contains("is no name of a column"), "\(found)")
        }
        #expect(
            try problems(example(population: "seeds: 0, regimes: {\(long): {}}"))[0].contains("no name of a regime"))
        let figure = "\nfigures: [{name: NAME, kind: scatter, x: pair_proxy, y: test_accuracy}]"
        for name in ["a.svg", long] {
            let found = try problems(exampleText + figure.replacing("NAME", with: name))
            #expect(found.count == 1 && found[0].contains("is no name of a picture"), "\(found)")
        }
    }

    @Test("Long lists and ranges of seeds, and many regimes, are read or refused at once", .timeLimit(.minutes(1)))
    func long() throws {
        let numbers = (0..<100_000).map(String.init).joined(separator: ", ")
        #expect(try readExample(population: "seeds: [\(numbers)]").modelCount == 100_000)
        let twice = try problems(example(population: "seeds: [\(numbers), \(numbers)]"))
        #expect(twice.count == Problems.most && twice[0] == "6: population.seeds: 0 is given twice")
        for range in ["0-99999999999", "0-9223372036854775807", "[0-999999, 1000000]"] {
            #expect(
                try problems(example(population: "seeds: \(range)")) == [
                    "6: population.seeds: more than 1000000 networks"
                ])
        }
        let copies = "seeds: 0-99999, rescaled: {seeds: 0-99999, factors: {1: [2]}}"
        #expect(try readExample(population: copies).modelCount == 200_000)
        let regimes = (0..<5000).map { "r\($0): {training.epochs: \($0 + 1)}" }.joined(separator: ", ")
        #expect(try readExample(population: "seeds: 0, regimes: {\(regimes)}").configurations.count == 5000)
        let values = (1...20_000).map { "0.\($0 + 100_000)" }.joined(separator: ", ")
        let grid = try readExample(population: "seeds: 0, grid: {training.learning_rate: [\(values)]}")
        #expect(grid.configurations.count == 20_000)
        let unknown = (0..<50_000).map { "m\($0)" }.joined(separator: ", ")
        #expect(
            try problems(replacing: "measures: [test_accuracy, pair_proxy]", with: "measures: [\(unknown)]").count
                >= Problems.most)
    }

    @Test("Seeds are digits, in ranges too", arguments: ["0 - 3", "0-3", "7", "[0-1, 5]"])
    func seeds(text: String) throws {
        #expect(try problems(example(population: "seeds: \(text)")).isEmpty)
    }

    @Test(
        "What is no seed is refused",
        arguments: ["-1", "+1", "1-", "-", "3-1", "1-2-3", "1.0", "1e3", "٣", "0x10", "9223372036854775808", "' '"])
    func noSeeds(text: String) throws {
        let found = try problems(example(population: "seeds: \(text)"))
        #expect(found.contains { $0.contains("is no seed: write a whole number, or a range as 0-99") }, "\(found)")
    }
}
