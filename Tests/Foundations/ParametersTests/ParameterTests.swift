import Parameters
import Testing

private enum Stream: String, CaseIterable { case native, torch }

@Suite("A parameter")
struct ParameterTests {
    private let probes = Parameter("probes", integers: 2...1000, default: 30, "random sign vectors")
    private let offset = Parameter("offset", integers: 0...Int.max, multipleOf: 4, default: 0, "where to begin")
    private let radius = Parameter("radius", numbers: 0...2, default: 1, unit: "weights", "how far to look")
    private let stream = Parameter("stream", default: Stream.native, "where signs come from")
    private let centred = Parameter("centred", default: false, "whether the mean is taken off")
    private let layer = Parameter("layer", .integer(in: 1...64), default: .absent(meaning: "the last"), "which layer")
    private let epochs = Parameter("epochs", .integer(in: 1...9), default: .required, "how long")

    @Test("Its text says what it means, which values it takes and what holds where nothing is said")
    func text() {
        #expect(probes.text == "random sign vectors (a whole number from 2 to 1000; 30 where nothing is said)")
        #expect(
            offset.text
                == "where to begin (a multiple of 4 from 0 to 9223372036854775807; 0 where nothing is said)")
        #expect(radius.text == "how far to look (a number from 0.0 to 2.0, in weights; 1.0 where nothing is said)")
        #expect(stream.text == "where signs come from (native or torch; native where nothing is said)")
        #expect(centred.text == "whether the mean is taken off (true or false; false where nothing is said)")
        #expect(layer.text == "which layer (a whole number from 1 to 64; the last where nothing is said)")
        #expect(epochs.text == "how long (a whole number from 1 to 9; it must be stated)")
    }

    @Test("A value that it cannot have is told with what it can be")
    func problems() {
        #expect(probes.problem(with: 1) == "must be from 2 to 1000, not 1")
        #expect(probes.problem(with: 2.5) == "must be a whole number, not '2.5'")
        #expect(probes.problem(with: "many") == "must be a whole number, not 'many'")
        #expect(offset.problem(with: -4) == "must be at least 0, not -4")
        #expect(offset.problem(with: 6) == "is a multiple of 4, not 6")
        #expect(radius.problem(with: 3) == "must be a number from 0.0 to 2.0, not '3'")
        #expect(radius.problem(with: .number(.nan)) == "must be a number from 0.0 to 2.0, not 'nan'")
        #expect(stream.problem(with: "nativ") == "cannot be 'nativ'. Did you mean 'native'?")
        #expect(centred.problem(with: "yes") == "must be true or false, not 'yes'")
    }

    @Test("A value that it can have has no problem, be a whole number written with a fraction or without")
    func noProblem() {
        for value in [2, 1000, 30.0] as [ParameterValue] { #expect(probes.problem(with: value) == nil) }
        for value in [0, 2, 0.5] as [ParameterValue] { #expect(radius.problem(with: value) == nil) }
        #expect(offset.problem(with: 8) == nil)
        #expect(stream.problem(with: "torch") == nil)
        #expect(centred.problem(with: true) == nil)
    }

    @Test("Values are those stated, else the defaults, read by name")
    func values() {
        let all = [probes, radius, stream, centred, layer]
        let defaults = ParameterValues(all)
        #expect(defaults.integer("probes") == 30)
        #expect(defaults.number("radius") == 1)
        #expect(defaults.choice("stream", as: Stream.self) == .native)
        #expect(!defaults.flag("centred"))
        #expect(defaults["layer"] == nil)
        let stated = ParameterValues(
            all, stated: ["probes": 50, "radius": 2, "stream": "torch", "centred": true, "layer": 3])
        #expect(stated.integer("probes") == 50)
        #expect(stated.number("radius") == 2)
        #expect(stated.word("stream") == "torch")
        #expect(stated.flag("centred"))
        #expect(stated["layer"]?.integer == 3)
    }

    @Test("Stating defaults and leaving them out are the same values")
    func sameValues() {
        let all = [probes, radius, stream]
        #expect(ParameterValues(all, stated: ["probes": 30, "radius": 1, "stream": "native"]) == ParameterValues(all))
        #expect(ParameterValues(all, stated: ["probes": 31]) != ParameterValues(all))
    }

    @Test("A definition leaves defaults out, except those that are always written")
    func canonical() {
        let seed = Parameter("seed", integers: 0...9, default: 0, isAlwaysWritten: true, "of the stream")
        let all = [probes, radius, seed, layer]
        #expect(all.canonical([:]) == ["seed": 0])
        #expect(all.canonical(["probes": 30, "radius": 1, "seed": 0]) == ["seed": 0])
        #expect(all.canonical(["probes": 31, "seed": 4, "layer": 2]) == ["probes": 31, "seed": 4, "layer": 2])
        guard case .number? = all.canonical(["radius": 2])["radius"] else {
            Issue.record("a number's whole value is written as a number is")
            return
        }
    }

    @Test("Among stated values the first that is wrong is told by name, and one that lacks")
    func problemsOfMany() {
        let all = [probes, epochs]
        #expect(all.problem(with: ["epochs": 3]) == nil)
        #expect(all.problem(with: ["epochs": 3, "probes": 0]) == "probes must be from 2 to 1000, not 0")
        #expect(all.problem(with: ["epochs": 3, "depth": 0]) == "'depth' is no parameter")
        #expect(all.problem(with: [:]) == "'epochs' is not stated")
    }
}
