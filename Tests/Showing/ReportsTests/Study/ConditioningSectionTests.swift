import Analysis
import Reports
import Statistics
import SyntheticStudies
import Testing

@Suite struct ConditioningSectionTests {
    private func section(regimes: [String] = ["small-batch", "large-batch"]) throws -> (text: String, StudyVerdicts) {
        let archive = try Archive()
        let population = try KnownTruth(regimes: regimes).enter(in: archive)
        let report = try StudyReport(of: population, in: archive.store).markdown
        let start = try #require(report.firstRange(of: "## With confounders held fixed"))
        let rest = report[start.lowerBound...]
        let end = rest.dropFirst(3).firstRange(of: "\n## ")?.lowerBound ?? rest.endIndex
        return (String(rest[..<end]), try StudyVerdicts(of: population))
    }

    @Test("A column's part is what it changes beside the design, not beside nothing")
    func besideDesign() throws {
        let (text, verdicts) = try section()
        #expect(text.contains("| measure | raw | given the design | given the design and dead_units |"))
        #expect(text.contains("holds the design (regime) fixed and nothing else"))
        let trace = try #require(verdicts.rows.first { $0.verdict.measure == "hessian_trace" }).verdict
        let (raw, design) = (try #require(trace.raw.estimate), try #require(trace.trials[0].value))
        #expect(trace.trials[0].names == ["regime"] && trace.trials[1].names == ["regime", "dead_units"])
        // The design takes the correlation away; dead units, noise, change nothing of what it leaves.
        let both = try #require(trace.trials[1].value)
        #expect(abs(design - raw) > 0.5 && abs(both - design) < 0.15 && abs(both - raw) > 0.4)
    }

    @Test("Where networks differ in their seeds alone, columns are held against the raw correlation")
    func withoutDesign() throws {
        let (text, _) = try section(regimes: ["only"])
        #expect(text.contains("| measure | raw | given dead_units |"))
        #expect(
            text.contains("One that shrinks in a column was partly that column's; one that grows was masked by it."))
        #expect(!text.contains("the design"))
    }

    @Test("A column that explains what the design does not is named with what it takes beside it")
    func column() throws {
        // Two regimes without an effect; train_loss moves both measure and target.
        let draws = noise(seed: 21, count: 180)
        let networks = (0..<60).map { place in
            let loss = draws[place]
            return SyntheticStudy.Network(
                regime: ["a", "b"][place % 2],
                columns: [
                    "test_accuracy": loss + 0.3 * draws[60 + place], "train_loss": loss,
                    "hessian_trace": loss + 0.3 * draws[120 + place],
                ])
        }
        let archive = try Archive()
        let population = try archive.population(SyntheticStudy(networks: networks))
        let text = try StudyReport(of: population, in: archive.store).markdown
        let verdicts = try #require(text.firstRange(of: "## Verdicts"))
        #expect(
            text[verdicts.upperBound...].contains(
                /\| hessian_trace \| .*\| vanishes with the design and train_loss held fixed \|/))
    }
}
