import Analysis
import Reports
import Statistics
import SyntheticStudies
import Testing

@Suite struct RobustnessTests {
    /// Two depths and three batch sizes with two seeds each; the learning rate follows from the batch, a width from
    /// both.
    private func study(_ columns: Set<String> = ["test_accuracy", "hessian_trace", "dead_units", "train_accuracy"])
        -> SyntheticStudy
    {
        let draws = noise(seed: 12, count: 48)
        var configurations: [String] = []
        var networks: [SyntheticStudy.Network] = []
        for depth in [2, 3] {
            for batch in [16, 32, 64] {
                configurations.append(
                    #"{"seeds":[0,1],"values":{"network.depth":\#(depth),"training.batch_size":\#(batch)}}"#)
                for seed in 0...1 {
                    let place = networks.count
                    let accuracy = (1000 * (0.7 + 0.01 * draws[place] + 0.02 * Double(depth))).rounded() / 1000
                    let all = [
                        "test_accuracy": accuracy,
                        "train_accuracy": 0.95 + (1000 * 0.01 * draws[12 + place]).rounded() / 1000,
                        "hessian_trace": Double(batch) + 20 * draws[24 + place],
                        "dead_units": (2 + 2 * draws[36 + place]).rounded(),
                    ]
                    networks.append(
                        SyntheticStudy.Network(
                            hyperparameters:
                                #"""
                                {"depth":\#(depth),"batch_size":\#(batch),"area":\#(batch * 10),\#
                                "learning_rate":\#(batch * depth)}
                                """#,
                            columns: all.filter { columns.contains($0.key) }, seed: UInt64(seed)))
                }
            }
        }
        var study = SyntheticStudy(networks: networks)
        study.population = #"{"configurations":[\#(configurations.joined(separator: ","))]}"#
        return study
    }

    @Test("What a study varies itself are the axes, not what follows from them, whichever name comes first")
    func axes() throws {
        let population = try Archive().population(study())
        // `area` splits as `batch_size` does, and comes before it.
        #expect(population.groupings.map(\.name) == ["area", "depth", "learning_rate"])
        #expect(population.axes.map(\.name) == ["batch_size", "depth"])
        let found = try Robustness(of: population)
        #expect(found.axes == ["batch_size", "depth"])
        #expect(found.table.columns.map(\.name).filter { $0.hasPrefix("psi ") } == ["psi batch_size", "psi depth"])
    }

    @Test("Where the study's definition names no axes, whatever differs is one")
    func axesAsFound() throws {
        var study = study()
        study.population = #"{"seeds":[0,1]}"#
        #expect(try Archive().population(study).axes.map(\.name) == ["area", "depth", "learning_rate"])
        let regimes = try Archive().population(SyntheticStudy(networks: twoRegimes(4)))
        #expect(regimes.axes.map(\.name) == ["regime"])
    }

    @Test("Coefficients, information, sign errors and score are those of the statistics called directly")
    func values() throws {
        let study = study()
        let found = try Robustness(of: Archive().population(study), leastPairs: 2)
        let axes = [
            ConfiguredModels.Axis("batch_size", (0..<12).map { "\([16, 32, 64][$0 / 2 % 3])" }),
            ConfiguredModels.Axis("depth", (0..<12).map { "\(2 + $0 / 6)" }),
        ]
        func variable(_ name: String) -> Variable { Variable(name, study.networks.map { $0.columns[name] ?? .nan }) }
        for name in ["hessian_trace", "dead_units", "train_accuracy"] {
            let row = try #require(found.rows.first { $0.measure == name })
            let findings = try row.result.get()
            let models = try ConfiguredModels(measure: variable(name), target: variable("test_accuracy"), axes: axes)
            #expect(findings.kendall == granulatedKendall(models))
            #expect(findings.information == conditionalMutualInformation(models))
            #expect(findings.signError == robustSignError(models, expectedSign: findings.sign, leastPairs: 2))
            let score = try pgdlScore(
                variable(name), trainAccuracy: variable("train_accuracy").values,
                testAccuracy: variable("test_accuracy").values, axes: axes
            ).get()
            #expect(findings.pgdl == .success(score))
            let cells = found.table.cells(name)
            #expect(cells["tau"]?.real == findings.kendall.tau && cells["psi_mean"]?.real == findings.kendall.mean)
            #expect(
                cells["psi depth"]?.real == findings.kendall.axes[1].psi
                    && cells["cmi"]?.real == findings.information.value)
            let errors = try findings.signError.get()
            #expect(
                cells["environments"]?.integer == errors.environments.count && errors.environments.count == 2 * 3 + 3)
            #expect(cells["error_mean"]?.real == errors.mean && cells["error_worst"]?.real == errors.worst.error)
            #expect(cells["error_90"]?.real == errors.quantile(0.9) && cells["pgdl"]?.real == score.score)
        }
        #expect(found.rows.count == 3 && found.table.unexplained.isEmpty)
        #expect(found.environments.rows.count == 27)
        let first = try #require(found.environments.rows.first)
        #expect(first.prefix(5) == ["hessian_trace", "batch_size", "16", "32", "depth 2"])
    }

    @Test("The sign is the theory's where there is one for this target, else as found")
    func signs() throws {
        let population = try Archive().population(study())
        let found = try Robustness(of: population).table
        #expect(found.cells("hessian_trace")["sign"]?.text == "-")
        #expect(found.cells("dead_units")["sign"]?.text?.hasSuffix(" (as found)") == true)
        let other = try Robustness(of: population, target: "train_accuracy")
        for row in other.rows {
            let findings = try row.result.get()
            #expect(!findings.isPredicted && (findings.sign == .negative) == (findings.kendall.tau < 0))
        }
    }

    @Test("Without training accuracy there is no PGDL score, and the table says why")
    func noScore() throws {
        let table = try Robustness(of: Archive().population(study(["test_accuracy", "hessian_trace"]))).table
        #expect(
            table.cells("hessian_trace")["pgdl"]?.reason?.contains("takes train_accuracy and test_accuracy") == true)
    }

    @Test("A gap that was measured as such is scored, as one of two accuracies is")
    func measuredGap() throws {
        var study = study()
        let both = try Robustness(of: Archive().population(study))
        for index in study.networks.indices {
            let train = try #require(study.networks[index].columns["train_accuracy"])
            let test = try #require(study.networks[index].columns["test_accuracy"])
            study.networks[index].columns["train_accuracy"] = nil
            study.networks[index].columns["generalization_gap"] = train - test
        }
        let found = try Robustness(of: Archive().population(study))
        #expect(found.hasGap)
        for name in ["hessian_trace", "dead_units"] {
            let score = try #require(found.rows.first { $0.measure == name }?.pgdl).get()
            #expect(try #require(both.rows.first { $0.measure == name }?.pgdl).get() == score)
            #expect(found.table.cells(name)["pgdl"]?.real == score.score)
        }
    }

    @Test("A grid with a hole has no score, and the table says which configuration is missing")
    func hole() throws {
        var study = study()
        for index in study.networks.indices.suffix(2) { study.networks[index].failure = "no luck" }
        let table = try Robustness(of: Archive().population(study)).table
        #expect(
            table.cells("hessian_trace")["pgdl"]?.reason
                == "PGDL takes a full grid, and no model has batch_size 64 and depth 3.")
    }

    @Test("A target that is the same for all leaves the score of the gap")
    func constantTarget() throws {
        var study = study()
        for index in study.networks.indices { study.networks[index].columns["test_accuracy"] = 0.5 }
        let table = try Robustness(of: Archive().population(study)).table
        let cells = table.cells("hessian_trace")
        #expect(cells["tau"]?.reason != nil && cells["pgdl"]?.real != nil)
    }

    @Test("A measure without coefficients and one without environments keep their rows with the reason")
    func reasons() throws {
        var study = study()
        for index in study.networks.indices {
            study.networks[index].columns["weight_norm_l2"] = 3
            study.networks[index].columns["pair_proxy"] = index == 0 ? 1 : nil
        }
        let found = try Robustness(of: Archive().population(study), leastPairs: 5)
        #expect(found.table.cells("weight_norm_l2")["tau"]?.reason == "weight_norm_l2 has the same value in every row.")
        #expect(found.table.cells("pair_proxy")["tau"]?.reason == "There is 1 complete row, fewer than the 2 it takes.")
        // Two seeds at each of two values make four pairs.
        #expect(found.table.cells("hessian_trace")["error_mean"]?.reason?.contains("5") == true)
        #expect(found.table.unexplained.isEmpty && found.environments.unexplained.isEmpty)
        #expect(found.environments.rows.count == 5)
    }

    @Test("A study whose networks differ in their seeds alone has nothing to vary; an unknown target is refused")
    func refused() throws {
        let seedsAlone = try Archive().population(SyntheticStudy(networks: [.init(columns: ["test_accuracy": 1])]))
        let error = #expect(throws: NothingVaries.self) { try Robustness(of: seedsAlone) }
        #expect(error?.description.contains("'toy' differ in their seeds alone") == true)
        #expect(throws: UnknownColumn.self) { try Robustness(of: Archive().population(study()), target: "test_acc") }
        let failed = try Archive().population(SyntheticStudy(networks: [.init(columns: [:], failure: "no luck")]))
        #expect(throws: UnknownColumn.self) { try Robustness(of: failed) }
    }
}
