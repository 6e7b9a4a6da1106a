import Analysis
import Results
import Statistics
import SyntheticStudies
import Testing

@Suite struct RoundingRangesTests {
    private static let networks = 24

    /// Columns that follow one another more or less, otherwise in each arithmetic.
    private func columns(_ rounding: Int) -> [String: [Double?]] {
        let draws = noise(seed: 40 + UInt64(rounding), count: 3 * Self.networks)
        let shared = noise(seed: 7, count: 2 * Self.networks)
        let count = Self.networks
        return [
            "test_accuracy": (0..<count).map { shared[$0] + 0.3 * draws[$0] },
            "pair_proxy": (0..<count).map { shared[$0] + 2.2 * shared[count + $0] + 0.5 * draws[count + $0] },
            "weight_norm_l2": (0..<count).map { 0.05 * shared[$0] + draws[2 * count + $0] },
        ]
    }

    private func rho(_ measure: String, _ rounding: Int, regimes: Int = 1) throws -> Correlation {
        let columns = columns(rounding)
        func variable(_ name: String) throws -> Variable {
            Variable(name, try #require(columns[name]).compactMap(\.self))
        }
        let size = Self.networks / regimes
        let given = (1..<regimes).map { regime in
            Variable("regime", (0..<Self.networks).map { $0 / size == regime ? 1 : 0 })
        }
        return correlate(try variable(measure), try variable("test_accuracy"), given: given)
    }

    private func ranges(
        of study: RoundedStudy, _ archive: Archive, target: String? = nil
    ) throws -> RoundingRanges {
        try RoundingRanges(
            of: Population(of: archive.store.study(named: study.name), in: archive.store), target: target,
            in: archive.store)
    }

    @Test("The ranges are over the correlations as they are computed of each arithmetic by itself")
    func direct() throws {
        let (archive, study) = (try Archive(), RoundedStudy(networks: Self.networks))
        for rounding in [0, 3, 1, 2] {
            try study.enter(rounding: rounding, columns: columns(rounding), in: archive.store)
        }
        let found = try ranges(of: study, archive)
        #expect(found.absence == nil && found.incomplete.isEmpty && found.design.isEmpty)
        #expect(found.arithmetics.map(\.number) == [1, 2, 3])
        #expect(found.arithmetics.map(\.study) == (1...3).map { "toy-rounding-\($0)" })
        #expect(Set(found.rows.map(\.measure)) == ["pair_proxy", "weight_norm_l2"])
        for measure in ["pair_proxy", "weight_norm_l2"] {
            let row = try #require(found[measure])
            let all = try (0...3).map { try rho(measure, $0) }
            let (values, pValues) = (all.compactMap(\.estimate), all.compactMap(\.pValue))
            let range = try row.raw.get()
            #expect(range.asItIs == values[0] && range.pValue == pValues[0] && range.count == 4)
            #expect(range.least == values.min() && range.greatest == values.max() && range.least < range.greatest)
            #expect(range.leastP == pValues.min() && range.greatestP == pValues.max())
            #expect(range.changesSign == (values.contains { $0 < 0 } && values.contains { $0 > 0 }))
            #expect(range.changesSignificance == (Set(pValues.map { $0 < 0.05 }).count == 2))
            #expect(row.given == nil && row.mayPredict)
        }
        #expect(found["test_accuracy"] == nil)
        #expect(try ranges(of: study, archive, target: "pair_proxy")["weight_norm_l2"] != nil)
    }

    @Test("Given the design they are those of the partial correlation given the regime")
    func design() throws {
        let (archive, study) = (try Archive(), RoundedStudy(regimes: ["a", "b"], networks: Self.networks / 2))
        for rounding in 0...2 { try study.enter(rounding: rounding, columns: columns(rounding), in: archive.store) }
        let found = try ranges(of: study, archive)
        #expect(found.design == ["regime"])
        let values = try (0...2).map { try #require(try rho("pair_proxy", $0, regimes: 2).estimate) }
        let range = try #require(try found["pair_proxy"]?.given?.get())
        #expect(abs(range.asItIs - values[0]) < 1e-12)
        #expect(abs(range.least - (values.min() ?? 9)) < 1e-12 && abs(range.greatest - (values.max() ?? 9)) < 1e-12)
        #expect(try range.least != found["pair_proxy"]?.raw.get().least)
    }

    @Test("A correlation that turns its sign, or passes the level, is said to")
    func changes() throws {
        let (archive, study) = (try Archive(), RoundedStudy(networks: 12, measures: ["test_accuracy", "pair_proxy"]))
        let ramp = (0..<12).map { Double?(Double($0)) }
        let crossed: [Double?] = [0, 11, 2, 9, 4, 7, 6, 5, 8, 3, 10, 1].map { Double($0) }
        try study.enter(columns: ["test_accuracy": ramp, "pair_proxy": ramp], in: archive.store)
        try study.enter(
            rounding: 1, columns: ["test_accuracy": ramp, "pair_proxy": ramp.map { $0.map { -$0 } }], in: archive.store)
        let turned = try #require(try ranges(of: study, archive)["pair_proxy"]?.raw.get())
        #expect(turned.least == -1 && turned.greatest == 1 && turned.changesSign && !turned.changesSignificance)
        try study.enter(rounding: 2, columns: ["test_accuracy": ramp, "pair_proxy": crossed], in: archive.store)
        let both = try #require(try ranges(of: study, archive)["pair_proxy"]?.raw.get())
        #expect(both.changesSign && both.changesSignificance && both.count == 3)
    }

    @Test("Without other arithmetics of this version there are none, whatever lies beside it")
    func none() throws {
        let (archive, study) = (try Archive(), RoundedStudy(networks: Self.networks))
        try study.enter(columns: columns(0), in: archive.store)
        #expect(try ranges(of: study, archive).absence == .noOthers)
        // Those of another version, and those of a study whose name begins alike.
        try RoundedStudy(networks: Self.networks, epochs: 8).enter(
            rounding: 1, columns: columns(1), in: archive.store)
        try RoundedStudy(name: "toy-2", networks: Self.networks).enter(
            rounding: 1, columns: columns(1), in: archive.store)
        let found = try ranges(of: study, archive)
        #expect(found.absence == .noOthers && found.rows.isEmpty && found["pair_proxy"] == nil)
        // One that has a name of this study, but is the study as it is.
        try RoundedStudy(name: "toy-rounding-2", networks: Self.networks).enter(columns: columns(0), in: archive.store)
        #expect(try ranges(of: study, archive).absence == .noOthers)
        try study.enter(rounding: 1, columns: columns(1), in: archive.store)
        #expect(try ranges(of: study, archive).absence == nil)
        #expect(throws: UnknownColumn.self) { try ranges(of: study, archive, target: "test_accurcy") }
    }

    @Test("An arithmetic that lacks networks is left out and named; a failed network is none that is missing")
    func incomplete() throws {
        let (archive, study) = (try Archive(), RoundedStudy(networks: Self.networks))
        try study.enter(columns: columns(0), in: archive.store)
        try study.enter(rounding: 1, columns: columns(1), missing: [3, 5, 9], in: archive.store)
        let alone = try ranges(of: study, archive)
        let lacking = RoundingRanges.Arithmetic(number: 1, study: "toy-rounding-1", missing: 3)
        #expect(alone.absence == .othersIncomplete([lacking]) && alone.rows.isEmpty)
        try study.enter(rounding: 2, columns: columns(2), failed: [4], in: archive.store)
        let found = try ranges(of: study, archive)
        #expect(found.absence == nil && found.incomplete == [lacking] && found.arithmetics.map(\.number) == [2])
        #expect(try found["pair_proxy"]?.raw.get().count == 2)
    }

    @Test("Where the study itself lacks networks there are none")
    func incompleteStudy() throws {
        let (archive, study) = (try Archive(), RoundedStudy(networks: Self.networks))
        try study.enter(columns: columns(0), missing: [0, 1], in: archive.store)
        try study.enter(rounding: 1, columns: columns(1), in: archive.store)
        #expect(try ranges(of: study, archive).absence == .studyIncomplete(missing: 2))
    }

    @Test("A measure counts in the arithmetics where all networks have it, and has a reason where there are none")
    func measured() throws {
        let (archive, study) = (try Archive(), RoundedStudy(networks: Self.networks))
        var (first, second) = (columns(1), columns(2))
        first["pair_proxy"]?[6] = nil
        first["weight_norm_l2"] = nil
        second["weight_norm_l2"] = [Double?](repeating: 4, count: Self.networks)
        try study.enter(columns: columns(0), in: archive.store)
        try study.enter(rounding: 1, columns: first, in: archive.store)
        try study.enter(rounding: 2, columns: second, in: archive.store)
        let found = try ranges(of: study, archive)
        let range = try #require(try found["pair_proxy"]?.raw.get())
        let own = try [0, 2].compactMap { try rho("pair_proxy", $0).estimate }
        #expect(range.count == 2 && range.least == own.min() && range.greatest == own.max())
        #expect(found["weight_norm_l2"]?.raw == .failure(.inNoOther))
    }

    @Test("The study's population is the same with other arithmetics beside it as without")
    func population() throws {
        let (alone, beside, study) = (try Archive(), try Archive(), RoundedStudy(networks: Self.networks))
        for archive in [alone, beside] { try study.enter(columns: columns(0), in: archive.store) }
        for rounding in 1...2 { try study.enter(rounding: rounding, columns: columns(rounding), in: beside.store) }
        let (a, b) = try (
            Population(of: alone.store.study(named: "toy"), in: alone.store),
            Population(of: beside.store.study(named: "toy"), in: beside.store)
        )
        #expect(a.models.map(\.digest) == b.models.map(\.digest) && b.models.count == Self.networks)
        #expect(b.repeats == 0 && b.planned == Self.networks && a.columns == b.columns)
        for column in a.columns { #expect(try a.values(column) == b.values(column)) }
    }

    @Test("Patterns leave other arithmetics out unless they name them, and names find them")
    func patterns() throws {
        let archive = try Archive()
        for name in ["scale-1", "scale-2"] {
            let study = RoundedStudy(name: name, networks: Self.networks)
            for rounding in 0...1 { try study.enter(rounding: rounding, columns: columns(rounding), in: archive.store) }
        }
        func names(_ patterns: StudyReference...) throws -> [String] {
            try FamilySelection(matching: patterns, in: archive.store).studies.map(\.name)
        }
        for pattern in ["scale-*", "*", "*-*"] {
            #expect(try names(StudyReference(pattern)) == ["scale-1", "scale-2"])
        }
        #expect(try names("scale-1*") == ["scale-1"] && names("*-1") == ["scale-1"])
        #expect(try names("scale-1-rounding-*") == ["scale-1-rounding-1"])
        #expect(try names("*-rounding-1") == ["scale-1-rounding-1", "scale-2-rounding-1"])
        #expect(try names("scale-2-rounding-1", "scale-*") == ["scale-1", "scale-2", "scale-2-rounding-1"])
        #expect(throws: NoMatchingStudy.self) { try names("scale-1-r*") }
    }

    @Test("A study in another arithmetic is no repetition of the study, nor of itself in a third one")
    func repetitions() throws {
        let archive = try Archive()
        let study = RoundedStudy(networks: Self.networks)
        let all = try (0...2).map { rounding in
            try Population(
                of: study.enter(rounding: rounding, columns: columns(rounding), in: archive.store), in: archive.store)
        }
        for pair in [[0, 1], [1, 0], [1, 2]] {
            let error = #expect(throws: SharedNetworks.self) { try Repetitions(of: pair.map { all[$0] }) }
            #expect(error?.count == Self.networks)
        }
        let other = RoundedStudy(name: "other", networks: Self.networks, epochs: 8)
        let unlike = try Population(
            of: other.enter(rounding: 1, columns: columns(1), in: archive.store), in: archive.store)
        #expect(try Repetitions(of: [all[1], unlike]).rows.count == 2)
    }
}
