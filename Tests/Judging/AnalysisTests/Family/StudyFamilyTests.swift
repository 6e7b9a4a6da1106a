import Analysis
import SyntheticStudies
import Testing

@Suite struct StudyFamilyTests {
    private func family(_ studies: [SyntheticStudy]) throws -> StudyFamily {
        let archive = try Archive()
        return StudyFamily(of: try studies.map(archive.population))
    }

    private func study(_ name: String, _ hyperparameters: [(regime: String?, text: String)]) -> SyntheticStudy {
        SyntheticStudy(
            name: name,
            networks: hyperparameters.map {
                .init(regime: $0.regime, hyperparameters: $0.text, columns: ["test_accuracy": 1])
            })
    }

    @Test("Studies are ordered by their number of training points, and drawn over it")
    func order() throws {
        let family = try family(FamilySamples.studies().reversed())
        #expect(family.members.map(\.study.name) == ["scale-n500", "scale-n2000", "scale-n24000"])
        #expect(family.regimes == ["small-batch", "large-batch"])
        #expect(family.scale?.name == "training_points")
        #expect(family.scale?.values == [500, 2000, 24000])
    }

    @Test("What is settled within a study or a regime but not the same in all studies tells them apart")
    func differences() throws {
        let family = try family(FamilySamples.studies())
        #expect(family.differences.map(\.name) == ["training_points", "learning_rate"])
        #expect(
            family.differences.first?.values == [.same("500"), .same("2000"), .same("24000")])
        let rates = ["0.05", "0.0333333", "0.025"].map { small in
            StudyFamily.Difference.Value.byRegime([
                .init(name: "small-batch", label: small), .init(name: "large-batch", label: "0.5"),
            ])
        }
        #expect(family.differences.last?.values == rates)
    }

    @Test("A hyperparameter that varies within a regime tells no studies apart")
    func unsettled() throws {
        let family = try family([
            study("b", [("x", #"{"depth":1,"width":8,"kind":"p"}"#), ("x", #"{"depth":2,"width":8,"kind":"p"}"#)]),
            study("a", [("x", #"{"depth":3,"width":4,"kind":"q"}"#)]),
        ])
        #expect(family.differences.map(\.name) == ["kind", "width"])
        #expect(family.scale?.name == "width" && family.scale?.values == [8, 4])
        // Nothing orders them, so they stay as they were.
        #expect(family.members.map(\.study.name) == ["b", "a"])
    }

    @Test("Where two studies share every number there is nothing to draw them over")
    func noScale() throws {
        let family = try family([
            study("a", [(nil, #"{"training_points":250}"#)]), study("b", [(nil, #"{"training_points":250}"#)]),
        ])
        #expect(family.scale == nil)
        #expect(family.differences.isEmpty && family.regimes.isEmpty)
    }
}
