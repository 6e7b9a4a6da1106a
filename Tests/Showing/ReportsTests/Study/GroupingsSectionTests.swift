import Analysis
import Reports
import Results
import Statistics
import TestSupport
import Typography
import SyntheticStudies
import Testing

@Suite struct GroupingsSectionTests {
    private func report(_ networks: [SyntheticStudy.Network]) throws -> StudyReport {
        let archive = try Archive()
        return try StudyReport(of: archive.population(SyntheticStudy(networks: networks)), in: archive.store)
    }

    @Test("The section says in words where raw and partial correlation disagree, with their numbers")
    func words() throws {
        let text = try report(twoRegimes()).markdown
        let population = try Archive().population(SyntheticStudy(networks: twoRegimes()))
        let given = try population.correlation("hessian_trace", "test_accuracy", given: ["regime"], bootstrap: nil)
        let partial = NumberFormat.fixed(3).string(try #require(given.estimate))
        let sentence = try #require(
            text.split(separator: "\n").first {
                $0.hasPrefix("- `hessian_trace`: the raw correlation")
                    && $0.contains("comes from the difference between the groups")
            })
        #expect(sentence.contains("given regime it is"))
        #expect(sentence.contains(partial))
        #expect(text.contains("- `weight_norm_l2`: the raw correlation (+0.9"))
        #expect(text.contains("## Groups by regime"))
        #expect(text.contains("| measure | small-batch (25) | large-batch (25) |"))
    }

    @Test("With two groups Welch's test compares the target; its difference is that of the group means")
    func welch() throws {
        let networks = twoRegimes()
        let groups = ["large-batch", "small-batch"].map { label in
            networks.filter { $0.regime == label }.compactMap { $0.columns["test_accuracy"] }
        }
        let test = try welchTest(groups[0], groups[1]).get()
        let text = try report(networks).markdown
        #expect(
            text.contains(
                "`test_accuracy` of large-batch less that of small-batch: "
                    + "\(NumberFormat.significant(3).string(test.difference)), 95 % interval"))
        #expect(text.contains("p = \(NumberFormat.significant(2).string(test.pValue))"))
    }

    @Test("Groupings with too many labels, or too few networks in each, make no section")
    func tooMany() throws {
        let networks = (0..<30).map { index in
            SyntheticStudy.Network(
                hyperparameters: #"{"learning_rate":\#(Double(index) / 8),"depth":\#(index / 3)}"#,
                columns: [
                    "test_accuracy": noise(seed: 1)[index],
                    "weight_norm_l2": noise(seed: 2)[index],
                ])
        }
        let text = try report(networks).markdown
        #expect(text.contains("## Groups by depth"))
        #expect(!text.contains("## Groups by learning_rate"))
        #expect(!(try report(networks.map { .init(columns: $0.columns) }).markdown.contains("## Groups by")))
    }

    @Test("Scatter plots tell regimes apart")
    func scatter() throws {
        let picture = try #require(try report(twoRegimes()).pictures.first { $0.name == "scatter-hessian_trace.svg" })
        let svg = try ParsedSVG(picture.svg)
        #expect(svg.texts.contains("small-batch") && svg.texts.contains("large-batch"))
        // One of each stands in the legend.
        #expect(svg.all("circle", inClass: "group-0").count == 26 && svg.all("path", inClass: "group-1").count == 26)
    }
}
