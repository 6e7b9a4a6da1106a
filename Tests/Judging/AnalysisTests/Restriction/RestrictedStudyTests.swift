import Analysis
import Results
import Statistics
import SyntheticStudies
import Testing

/// A population that a condition selected, and what is concluded of it.
@Suite struct RestrictedStudyTests {
    private func networks() -> [SyntheticStudy.Network] {
        var networks = twoRegimes(9)
        for index in networks.indices {
            networks[index].hyperparameters = #"{"depth":\#(index % 3),"width":\#(index < 9 ? 8 : 64)}"#
        }
        return networks
    }

    @Test("It is that of a study that never had the others, and its statistics are")
    func smaller() throws {
        let archive = try Archive()
        var networks = networks()
        networks[4].columns["weight_norm_l2"] = nil
        networks[6].failure = "The loss is not finite."
        networks[15].failure = "The loss is not finite."
        // A further position of a network that is selected, and of one that is not.
        networks.append(networks[1])
        networks[18].digest = "toy 1"
        networks.append(networks[2])
        networks[19].digest = "toy 2"
        networks.append(.init(columns: ["test_accuracy": 1], copyOf: 1, variant: "layer 1 x 2"))
        networks.append(.init(columns: ["test_accuracy": 2], copyOf: 2, variant: "layer 1 x 2"))
        let study = try SyntheticStudy(networks: networks).enter(in: archive.store)
        let found = try Population(of: study, in: archive.store, where: Restriction("depth < 2"))

        let kept = networks.indices.filter { $0 < 18 && $0 % 3 < 2 } + [18]
        let other = try archive.population(
            SyntheticStudy(
                name: "other",
                networks: kept.map { index in
                    var network = networks[index]
                    network.digest = index == 18 ? "other 1" : nil
                    return network
                }))
        #expect(
            found.models.map(\.label) == kept.filter { networks[$0].failure == nil && $0 != 18 }.map { "network \($0)" }
        )
        #expect(found.failed.map(\.position) == [6, 15] && other.failed.count == 2)
        #expect(found.repeats == 1 && other.repeats == 1)
        #expect(found.copies.map(\.position) == [20])
        #expect(found.columns == other.columns && found.groupings == other.groupings)
        #expect(found.configuration == other.configuration && found.axes == other.axes)
        for column in found.columns { #expect(try found.values(column) == other.values(column)) }
        let effect = try #require(found.restriction)
        #expect(effect.selected == 10 && effect.total == 16 && effect.restriction.description == "depth < 2")
        #expect(other.restriction == nil)

        var request = CorrelationRequest()
        request.permutations = 99
        request.within = "regime"
        let (mine, theirs) = (try MeasureCorrelations(of: found, request), try MeasureCorrelations(of: other, request))
        for (row, wanted) in zip(mine.rows, theirs.rows) {
            #expect(row.measure == wanted.measure && row.correlation.estimate == wanted.correlation.estimate)
            #expect(row.correlation.count == wanted.correlation.count && row.holmPValue == wanted.holmPValue)
            #expect(try row.permutation?.get().pValue == wanted.permutation?.get().pValue)
            #expect(try row.disagreement?.get().pValue == wanted.disagreement?.get().pValue)
        }
        let verdicts = try StudyVerdicts(of: found)
        #expect(verdicts.rows.map(\.sentence) == (try StudyVerdicts(of: other).rows.map(\.sentence)))
        // Nothing is missing of what was selected.
        let health = try #require(Health(of: found))
        #expect(health.overall.planned == nil && health.overall.missing == 0)
        #expect(health.overall.made == 11 && health.overall.failed == 2)
    }

    @Test("Without a condition it is the whole study")
    func whole() throws {
        let archive = try Archive()
        let study = try SyntheticStudy(networks: networks()).enter(in: archive.store)
        let population = try Population(of: study, in: archive.store, where: nil)
        #expect(population.models.count == 18 && population.restriction == nil)
        let all = try Population(of: study, in: archive.store, where: Restriction("variant IS NULL"))
        #expect(all.models == population.models && all.restriction?.selected == 18)
    }

    @Test("Names that a study does not have, and words for numbers, are refused with what may have been meant")
    func unusable() throws {
        let archive = try Archive()
        let study = try SyntheticStudy(networks: networks()).enter(in: archive.store)
        for (text, place, words) in [
            ("test_acuracy > 0.5", 1, "Did you mean 'test_accuracy'?"), ("width > 8 AND dept = 1", 15, "'depth'"),
            ("Width > 8", 1, "Did you mean 'width'?"), ("epochs > 3", 1, "Known names: "),
            ("regime = \"small-batch\"", 10, "A word stands in single quotes: 'small-batch'."),
            (
                "width > '8'", 9,
                "width is a number and '8' is a word (character 9 of the selection): they do not compare"
            ),
            ("width > '8'", 9, "Write 8 without quotes."), ("regime = 3", 10, "Write '3' in quotes."),
            ("regime = width", 10, "width is a number and regime is a word"), ("regime + 1 > 2", 1, "only numbers"),
            ("width IN (8, 'x')", 14, "do not compare"), ("width BETWEEN 1 AND regime", 21, "do not compare"),
            ("-label > 1", 2, "label is a word"),
        ] {
            let restriction = try Restriction(text)
            let error = try #require(throws: UnusableRestriction.self) {
                try Population(of: study, in: archive.store, where: restriction)
            }
            #expect(error.place == place && error.study == "toy" && error.exitStatus == 2, "\(error)")
            #expect(error.description.contains(words), "\(error)")
        }
    }

    @Test("A condition that selects none, or fewer than a correlation takes, is refused with the counts")
    func tooFew() throws {
        let archive = try Archive()
        let study = try SyntheticStudy(networks: networks()).enter(in: archive.store)
        for (text, count) in [
            ("test_accuracy > 5", 0), ("position IN (3, 4)", 2), ("hessian_trace <> hessian_trace", 0),
        ] {
            let restriction = try Restriction(text)
            let error = try #require(throws: TooFewSelected.self) {
                try Population(of: study, in: archive.store, where: restriction)
            }
            #expect(error.selected == count && error.total == 18 && error.exitStatus == 2)
            let words = count == 0 ? "none" : "\(count)"
            #expect(
                error.description
                    == "'\(text)' selects \(words) of 18 networks of 'toy'; a correlation takes 3 or more.")
        }
        #expect(try Population(of: study, in: archive.store, where: Restriction("position < 3")).models.count == 3)
        let word = try Restriction("regime = 'small-bach' OR regime IN ('huge')")
        let error = try #require(throws: TooFewSelected.self) {
            try Population(of: study, in: archive.store, where: word)
        }
        #expect(error.description.contains("No regime is 'small-bach'. Did you mean 'small-batch'?"), "\(error)")
        #expect(error.description.contains("No regime is 'huge'. Known names: large-batch, small-batch."), "\(error)")
    }

    @Test("A study without a network, or whose networks all failed, says so as without a condition")
    func noNetworks() throws {
        let archive = try Archive()
        let restriction = try Restriction("test_accuracy > 0.5")
        let empty = try SyntheticStudy(name: "empty", networks: []).enter(in: archive.store)
        let none = #expect(throws: UnknownColumn.self) {
            try Population(of: empty, in: archive.store, where: restriction)
        }
        #expect(none?.description.contains("'basin run empty'") == true)
        let failing = try SyntheticStudy(
            name: "failing", networks: [.init(columns: [:], failure: "The loss is not finite.")]
        ).enter(in: archive.store)
        let failed = #expect(throws: UnknownColumn.self) {
            try Population(of: failing, in: archive.store, where: restriction)
        }
        #expect(failed?.description.contains("Every network of 'failing' failed") == true)
    }

    @Test("What a condition leaves the same for all is said to be its doing")
    func lost() throws {
        let archive = try Archive()
        let rates = [0.1, 0.2]
        let parts = rates.map { TrainedConfiguration(seeds: 0..<6, learningRate: $0) }
        let networks = (0..<12).map { (index: Int) -> SyntheticStudy.Network in
            let columns = ["test_accuracy": Double(index * 7 % 12), "dead_units": Double(index * 5 % 12)]
            return SyntheticStudy.Network(
                hyperparameters: #"{"learning_rate":\#(rates[index / 6])}"#, columns: columns)
        }
        let study = try SyntheticStudy(networks: networks, population: TrainedConfiguration.population(parts))
            .enter(in: archive.store)
        #expect(throws: Never.self) { try Robustness(of: Population(of: study, in: archive.store)) }
        let population = try Population(of: study, in: archive.store, where: Restriction("learning_rate > 0.1"))
        let error = #expect(throws: NothingVaries.self) { try Robustness(of: population) }
        #expect(
            error?.description.hasPrefix(
                "All networks of 'toy' that 'learning_rate > 0.1' selects have learning_rate 0.2.") == true)
    }

    @Test("In other arithmetics those are selected that meet the condition there")
    func arithmetics() throws {
        let archive = try Archive()
        let rounded = RoundedStudy(networks: 12)
        func columns(_ rounding: Int) -> [String: [Double?]] {
            let draws = noise(seed: 3 + UInt64(rounding), count: 36)
            return [
                "test_accuracy": Array(draws[0..<12]), "pair_proxy": Array(draws[12..<24]),
                "weight_norm_l2": (0..<12).map { Double($0 * 5 % 12) },
            ]
        }
        for rounding in 0...2 { try rounded.enter(rounding: rounding, columns: columns(rounding), in: archive.store) }
        let study = try archive.store.study(named: "toy")
        let restriction = try Restriction("test_accuracy > -0.5 AND study = 'toy'")
        let part = try Population(of: study, in: archive.store, where: restriction)
        let ranges = try RoundingRanges(of: part, in: archive.store)
        #expect(ranges.absence == nil && ranges.incomplete.isEmpty && ranges.arithmetics.count == 2)
        let all = (0...2).compactMap { rounding -> Double? in
            let (x, y) = (columns(rounding)["pair_proxy"] ?? [], columns(rounding)["test_accuracy"] ?? [])
            let pairs = zip(x, y).compactMap { x, y in y.flatMap { y in y > -0.5 ? x.map { ($0, y) } : nil } }
            return correlate(Variable("x", pairs.map(\.0)), Variable("y", pairs.map(\.1))).estimate
        }
        let range = try #require(ranges["pair_proxy"]).raw.get()
        #expect(all.count == 3 && range.count == 3 && range.asItIs == all[0])
        #expect(range.least == all.min() && range.greatest == all.max())
    }
}
