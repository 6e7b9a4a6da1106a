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

    @Test("The section says where raw and partial correlation disagree, with their numbers, and how the groups differ")
    func words() throws {
        let text = try report(twoRegimes()).markdown
        let population = try Archive().population(SyntheticStudy(networks: twoRegimes()))
        let given = try population.correlation("hessian_trace", "test_accuracy", given: ["regime"], bootstrap: nil)
        let partial = NumberFormat.fixed(2).string(try #require(given.estimate))
        #expect(text.contains("| measure | raw | within regime | within regime, in words |"))
        let row = try #require(
            text.split(separator: "\n").first {
                $0.hasPrefix("| hessian_trace |") && $0.hasSuffix("| between groups only |")
            })
        #expect(row.contains("| \(partial) |"))
        #expect(text.contains(/\| weight_norm_l2 \| [01]\.\d\d \| 0\.9\d \| holds within \|/))
        #expect(
            text.contains("| regime | n | median test_accuracy |")
                && text.contains("basin correlate toy --within regime"))
        let accuracies = twoRegimes().filter { $0.regime == "small-batch" }.compactMap { $0.columns["test_accuracy"] }
        let middle = NumberFormat.significant(4).string(accuracies.sorted()[12])
        #expect(text.contains("| small-batch | 25 | \(middle) |"))
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
        #expect(text.contains("| within depth |") && text.contains("| depth | n |"))
        #expect(!text.contains("within learning_rate") && !text.contains("| learning_rate | n |"))
        #expect(!(try report(networks.map { .init(columns: $0.columns) }).markdown.contains("## Within groups")))
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
