import Measures
import Parameters
import Definitions
import StudyFiles
import TestSupport
import Testing
import TheoryLabs

/// A default that is stated and one that is left out are the same study.
@Suite struct StatedDefaultsTests {
    /// The definition of the toy study with one measure more.
    private func digest(_ measure: String) throws -> String {
        try read(exampleText.replacing("measures: [", with: "measures: [\(measure), ")).definition.digest()
    }

    /// Each measure with each of its options that has a value where nothing is said.
    static let declared = MeasureCatalogue.descriptions.flatMap { about in
        about.options.compactMap { option in option.defaultValue.map { (about.id, option.name, $0) } }
    }

    @Test("A measure with an option at its default, and one without it, have one digest", arguments: declared)
    func options(measure: String, option: String, value: ParameterValue) throws {
        let bare = try digest("{measure: \(measure), as: it}")
        #expect(try digest("{measure: \(measure), as: it, \(option): \(value)}") == bare)
    }

    @Test(
        "All defaults stated together are the measure without options, and an option at another value is another study")
    func together() throws {
        let bare = try digest("{measure: hessian_trace_hutchinson, as: it}")
        let defaults = "probes: 30, stream: native, seed: 0, offset: 0"
        #expect(try digest("{measure: hessian_trace_hutchinson, as: it, \(defaults)}") == bare)
        for other in ["probes: 31", "stream: torch-cuda", "seed: 1", "offset: 4", "points: 60"] {
            #expect(try digest("{measure: hessian_trace_hutchinson, as: it, \(other)}") != bare, "\(other)")
        }
    }

    @Test("Made by a program, a measure's specification is that of a study file")
    func library() {
        let stated = MeasureSpecification(
            measure: "hessian_trace_hutchinson", options: ["probes": 30, "seed": 0, "offset": 0])
        #expect(stated == MeasureSpecification(measure: "hessian_trace_hutchinson"))
        #expect(stated.options == ["probes": 30, "stream": "native", "seed": 0])
        #expect(MeasureSpecification(measure: "activation_patterns", options: ["points": "unseen"]).options.isEmpty)
    }

    @Test("A setting of each experiment at its default is left out of the definition")
    func settings() throws {
        for about in LabCatalogue.experiments.map({ $0.about }) {
            let defaults = about.settings.reduce(into: [:]) { $0[$1.name] = $1.defaultValue }
            #expect(about.settings.canonical(defaults).isEmpty, "\(about.id)")
        }
    }

    @Test("Options are always written where shipped studies state their defaults, and nowhere else")
    func alwaysWritten() {
        let written = MeasureDescription.all.flatMap { about in
            about.options.filter(\.isAlwaysWritten).map { "\(about.id) \($0.name)" }
        }
        #expect(
            written == [
                "hessian_trace_hutchinson probes", "hessian_trace_hutchinson stream", "hessian_trace_hutchinson seed",
            ])
    }
}
