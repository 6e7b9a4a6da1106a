import Analysis
import Results
import Statistics
import SyntheticStudies
import Testing

@Suite struct GroupingTests {
    private func population(_ networks: [(regime: String?, hyperparameters: String)]) throws -> Population {
        let measured = networks.enumerated().map { index, network in
            SyntheticStudy.Network(
                regime: network.regime, hyperparameters: network.hyperparameters,
                columns: ["test_accuracy": Double(index * 7 % 5), "weight_norm_l2": Double(index * 5 % 7)])
        }
        return try Archive().population(SyntheticStudy(networks: measured))
    }

    @Test("Groupings are the regime and every hyperparameter with more than one value")
    func found() throws {
        let groupings = try population([
            ("a", #"{"depth":2,"width":64,"activation":"relu","dropout":true}"#),
            ("a", #"{"depth":10,"width":64,"activation":"tanh","dropout":true}"#),
            ("b", #"{"depth":3,"width":64,"activation":"relu","dropout":false}"#),
            ("b", #"{"depth":3,"width":64,"activation":"gelu","dropout":true,"layers":[3,4]}"#),
        ]).groupings
        #expect(groupings.map(\.name) == ["regime", "activation", "depth", "dropout"])
        #expect(groupings.map { $0.numbers == nil } == [true, true, false, true])
        #expect(groupings[0].labels == ["a", "a", "b", "b"])
        #expect(groupings[1].distinctLabels == ["relu", "tanh", "gelu"])
        // By size, not as texts.
        #expect(groupings[2].distinctLabels == ["2", "3", "10"])
        #expect(groupings[2].rows(of: "3") == [2, 3])
    }

    @Test("A hyperparameter that splits the networks as the regime does is left out, but may be held fixed")
    func redundant() throws {
        let population = try population([
            ("small", #"{"batch_size":64}"#), ("small", #"{"batch_size":64}"#), ("large", #"{"batch_size":500}"#),
            ("large", #"{"batch_size":500}"#),
        ])
        #expect(population.groupings.map(\.name) == ["regime"])
        #expect(try population.covariates("batch_size").map(\.values) == [[64, 64, 500, 500]])
        #expect(try population.covariates("regime").map(\.name) == ["regime = large"])
    }

    @Test("All groupings together are the configuration, which may be held fixed")
    func configuration() throws {
        let population = try population([
            ("a", #"{"depth":2}"#), ("a", #"{"depth":2}"#), ("a", #"{"depth":3}"#), ("b", #"{"depth":2}"#),
            ("b", #"{"depth":3}"#),
        ])
        let configuration = try #require(population.configuration)
        #expect(configuration.labels[0] == "regime a, depth 2" && configuration.labels[0] == configuration.labels[1])
        #expect(configuration.distinctLabels.count == 4)
        #expect(try population.covariates("configuration").count == 3)
    }

    @Test("Where one grouping says what all say, there is no configuration beside it")
    func noConfiguration() throws {
        let population = try population([("a", #"{"depth":2}"#), ("b", #"{"depth":3}"#), ("c", #"{"depth":3}"#)])
        #expect(population.groupings.count == 2)
        #expect(population.configuration == nil)
    }

    @Test(
        "One regime, one value or a text that is no JSON object groups nothing",
        arguments: [
            #"{"depth":2}"#, "[1,2]", "{}",
        ])
    func none(hyperparameters: String) throws {
        let population = try population([("a", hyperparameters), ("a", hyperparameters), (nil, hyperparameters)])
        #expect(population.groupings.isEmpty)
    }

    @Test("A model without the hyperparameter has no label and leaves the partial correlation")
    func missing() throws {
        let networks = (0..<9).map { index in
            (regime: String?.none, hyperparameters: index == 0 ? "{}" : #"{"depth":\#(index % 3)}"#)
        }
        let population = try population(networks)
        #expect(population.groupings.first?.labels.first == .some(nil))
        #expect(try population.correlation("weight_norm_l2", "test_accuracy", given: ["depth"]).count == 8)
    }

    @Test("A number is held fixed as a number, a regime as a category")
    func covariates() throws {
        let networks = (0..<12).map {
            (regime: Optional(["a", "b", "c"][$0 % 3]), hyperparameters: #"{"depth":\#($0 % 4)}"#)
        }
        let population = try population(networks)
        let values = (try population.values("weight_norm_l2"), try population.values("test_accuracy"))
        let (x, y) = (Variable("x", values.0.compactMap(\.self)), Variable("y", values.1.compactMap(\.self)))
        func dummy(_ residue: Int) -> Variable { Variable("", (0..<12).map { $0 % 3 == residue ? 1 : 0 }) }
        let byRegime = try population.correlation("weight_norm_l2", "test_accuracy", given: ["regime"], bootstrap: nil)
        #expect(byRegime.outcome == correlate(x, y, given: [dummy(1), dummy(2)]).outcome)
        let byDepth = try population.correlation("weight_norm_l2", "test_accuracy", given: ["depth"], bootstrap: nil)
        #expect(byDepth.outcome == correlate(x, y, given: [Variable("", (0..<12).map { Double($0 % 4) })]).outcome)
        var request = CorrelationRequest()
        request.given = ["regime"]
        let table = try MeasureCorrelations(of: population, request)
        #expect(table.rows.map(\.measure) == ["weight_norm_l2"])
        #expect(table.rows[0].correlation.outcome == byRegime.outcome)
    }

    @Test("A name that is neither column nor hyperparameter is refused with the nearest one")
    func unknown() throws {
        let population = try population([("a", "{}"), ("b", "{}")])
        let error = #expect(throws: UnknownColumn.self) { try population.covariates("regmie") }
        #expect(error?.description.contains("Did you mean 'regime'?") == true)
    }

    @Test(
        "The planned count is the number of seeds, over all configurations where there are some, copies aside",
        arguments: [
            (#"{"seeds":[4,5,6]}"#, 3), (#"{"configurations":[{"regime":"a","seeds":[0,1]},{"seeds":[0,1,2]}]}"#, 5),
            (#"{"configurations":[{"seeds":[1]}],"seeds":[0,1]}"#, 1),
            (#"{"configurations":[{"seeds":[1,2]},{"rescaling":{"factor":2,"layer":1},"seeds":[1]}]}"#, 2),
        ])
    func planned(population: String, count: Int) throws {
        var study = SyntheticStudy(networks: [.init(columns: ["test_accuracy": 1])])
        study.population = population
        #expect(try Archive().population(study).planned == count)
    }
}
