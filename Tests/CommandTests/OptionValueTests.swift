import Foundation
import Testing

@Suite struct OptionValueTests {
    /// Refused: exit 2, a message that holds these words, nothing on standard output.
    private func refused(_ request: String, _ words: [String], in place: Workplace) throws {
        let answer = try place.start(request.split(separator: " ").map(String.init)).wait()
        #expect(answer.status == 2 && answer.output.isEmpty, "\(request): \(answer)")
        for word in words { #expect(answer.errors.contains(word), "\(request): \(answer.errors)") }
    }

    @Test("A number outside its range is refused with option, value and range, negative ones too")
    func numbers() throws {
        let place = try Workplace(networks: 1)
        for (request, range) in [
            ("run toy --jobs", "from 1 to 1024"), ("run toy --limit", "of at least 1"),
            ("measure toy --measures epochs --jobs", "from 1 to 1024"),
            ("correlate toy --permutations", "from 1 to 10000000"), ("robustness toy --least-pairs", "of at least 1"),
            ("simulate results --measures 3 --models", "from 1 to 10000000"),
            ("simulate results --models 9 --measures", "from 2 to 1000"),
            ("simulate verdicts --studies", "from 1 to 1000000"), ("simulate verdicts --models", "from 4 to 1000000"),
        ] {
            let option = request.split(separator: " ").last ?? ""
            for value in [
                "-1", "-9223372036854775808", "0", "99999999999999999999", "1.5", "many", "-inf", "nan", "1e400",
            ] {
                let words = ["'\(value)'", "'\(option) <", "it takes a whole number \(range)"]
                try refused("\(request) \(value)", words, in: place)
            }
        }
        for value in ["-0.5", "0", "1", "-.5", "nan", "inf", "half"] {
            let words = ["'\(value)'", "--effect", "it takes a number above 0 and below 1"]
            try refused("simulate verdicts --effect \(value)", words, in: place)
        }
        try refused(
            "simulate results --models 9 --measures 3 --seed -1", ["'-1'", "--seed", "of at least 0"], in: place)
        try refused("run toy --shard -1/3", ["-1/3", "--shard is I/N"], in: place)
    }

    @Test("A misspelt word behind an option is refused with the nearest of those that it takes")
    func words() throws {
        let place = try Workplace(networks: 1)
        for (request, value, near) in [
            ("correlate toy --method", "spearmann", "spearman"), ("correlate toy --interval", "analitic", "analytic"),
            ("report toy --format", "mardown", "markdown"), ("studies --format", "tabel", "table"),
            ("sql --format", "jsn", "json"),
        ] {
            try refused("\(request) \(value)", ["'\(value)'", "it takes one of", "Did you mean '\(near)'?"], in: place)
        }
        try refused("studies --format", ["Missing value for '--format"], in: place)
        try refused("run toy --measurs epochs", ["'--measurs'", "Did you mean '--measures'?"], in: place)
    }

    @Test("A misspelt command is refused with the nearest one, inside of a command too")
    func commands() throws {
        let place = try Workplace(networks: 1)
        try refused("rum toy", ["no command 'basin rum'", "Did you mean 'run'?"], in: place)
        try refused("data fetsch mnist", ["no command 'basin data fetsch'", "Did you mean 'fetch'?"], in: place)
        try refused("simulate result", ["no command 'basin simulate result'", "Did you mean 'results'?"], in: place)
        try refused("help rum", ["no command 'basin rum'", "Did you mean 'run'?"], in: place)
        try refused("xyzzy", ["Known names: check, compare, correlate"], in: place)
        for right in [["help"], ["help", "run"], ["--help"], ["help", "data", "fetch"]] {
            #expect(try place.start(right).wait().status == 0, "\(right)")
        }
    }

    @Test("What a request lacks is said in a sentence, not by the usage of another command")
    func sentences() throws {
        let place = try Workplace()
        #expect(try place.basin("run", "toy").status == 0)
        try refused("compare toy epochs", ["two different columns or more", "1 is named"], in: place)
        try refused("compare toy epochs dead_units epochs", ["'epochs' is named twice"], in: place)
        try refused("compare toy epochs test_accuracy", ["'test_accuracy' is what is to be predicted"], in: place)
        try refused("correlate toy --given test_accuracy", ["cannot be held fixed"], in: place)
        try refused("meta toy toy", ["'toy'"], in: place)
        let late = try place.basin("correlate", "toy", "--given", "test_accuracy").errors
        #expect(late.hasPrefix("basin: ") && !late.contains("Usage:"), "\(late)")
    }

    @Test("Names of columns, hyperparameters, studies and measures are refused with the nearest one")
    func names() throws {
        let place = try Workplace(networks: 1)
        let made = try place.basin("simulate", "results", "--models", "60", "--measures", "6", "--name", "made-up")
        #expect(made.status == 0, "\(made.errors)")
        for request in [
            "correlate made-up --given wdith", "correlate made-up --within wdith", "meta made-up --over wdith",
        ] {
            try refused(request, ["'wdith'", "Did you mean 'width'?"], in: place)
        }
        for request in [
            "correlate made-up --against test_los", "verdict made-up --confounders test_los",
            "verdict made-up --baseline test_los", "compare made-up pair_proxy test_los",
            "robustness made-up --against test_los",
        ] {
            try refused(request, ["'test_los'", "Did you mean 'test_loss'?"], in: place)
        }
        for request in ["correlate made-upp", "report made-upp", "robustness made-upp", "meta made-upp"] {
            try refused(request, ["'made-upp'", "Did you mean 'made-up'?"], in: place)
        }
        try refused("run tooy", ["'tooy'", "Did you mean 'toy'?"], in: place)
        try refused("run toy --measures test_acuracy", ["'test_acuracy'", "Did you mean 'test_accuracy'?"], in: place)
        try refused("measures pair_prox", ["'pair_prox'", "Did you mean 'pair_proxy'?"], in: place)
        try refused("labs sco-gdd", ["'sco-gdd'", "Did you mean 'sco-gd'?"], in: place)
        try refused("data path sinthetic", ["'sinthetic'", "synthetic"], in: place)
    }

    @Test(
        "A simulated study has a name that commands can address",
        arguments: [
            "../x", "z.yml", "a/b", "", ".", "..", "-x", "Made", "a b", "a_b", "published", "a--b", "ä",
            String(repeating: "a", count: 101),
        ])
    func simulatedNames(name: String) throws {
        let place = try Workplace(networks: 1)
        let answer = try place.basin("simulate", "results", "--models", "60", "--measures", "4", "--name", name)
        #expect(answer.status == 2 && answer.output.isEmpty, "\(answer)")
        #expect(answer.errors.contains("is no name of a study"), "\(answer.errors)")
        #expect(try !place.folder.names().contains("basin.sqlite"))
    }

    @Test("One is counted in the singular")
    func singular() throws {
        let place = try Workplace(networks: 1)
        #expect(try place.basin("run", "toy").status == 0)
        #expect(try place.basin("run", "toy").errors.contains("1 network, nothing left to do"))
        #expect(try place.basin("doctor").output.contains("1 study version"))
        #expect(try !place.basin("doctor").output.contains("1 study versions"))
    }
}
