import Foundation
import Testing

/// A theory lab from its study file to its report.
@Suite struct LabCommandTests {
    private func lines(_ answer: Answer) -> [String] {
        answer.output.split(whereSeparator: \.isNewline).map(String.init)
    }

    @Test("A lab's study runs without data, can be measured, correlated and reported, and is not judged")
    func study() throws {
        let place = try Workplace()
        try place.folder.write(
            """
            name: toy-drift
            title: A toy drift
            lab: {experiment: sco-sa-gd, horizon: 17}
            population: {seeds: 0, grid: {lab.radius: [0.1, 0.2, 0.4, 0.8], lab.step_size: [0.125, 0.25]}}
            measures: [population_risk, sharpness_aware_risk, risk_trace, critical_radius]
            target: population_risk
            figures: [{name: risk, title: Risk, kind: heat-map, x: radius, y: step_size, value: population_risk, \
            boundary: critical_radius}]
            claims: [{claim: The sample sees nothing., origin: derived, statistic: maximum, of: risk_trace, at_most: 0}]
            """, to: "studies/toy-drift.yml")
        let plan = try place.basin("run", "toy-drift", "--plan")
        #expect(plan.status == 0 && plan.errors.contains("8 of 8 models to make"), "\(plan.errors)")
        let run = try place.basin("run", "toy-drift", "--jobs", "2")
        #expect(run.status == 0 && run.errors.contains("8/8 models"), "\(run.errors)")
        #expect(try place.basin("measure", "toy-drift", "--measures", "empirical_risk").status == 0)
        let correlations = lines(try place.basin("correlate", "toy-drift", "--format", "csv"))
        #expect(correlations.contains { $0.hasPrefix("sharpness_aware_risk,sharpness,8,") })
        #expect(lines(try place.basin("sql", "SELECT count(*) FROM verdict", "--format", "csv")).last == "0")
        let asked = try place.basin(
            "sql", "SELECT count(*) FROM models WHERE empirical_risk = 0 AND experiment IS NULL", "--format", "csv")
        #expect(asked.status != 0, "settings are hyperparameters, and no columns")
        #expect(
            lines(
                try place.basin(
                    "sql",
                    "SELECT count(*) FROM models WHERE empirical_risk = 0 AND hyperparameters ->> '$.horizon' = 17",
                    "--format", "csv"
                )
            ).last == "8")
        let report = try place.basin("report", "toy-drift")
        #expect(report.status == 0, "\(report.errors)")
        let text = try String(contentsOfFile: place.folder("reports/toy-drift/report.md"), encoding: .utf8)
        #expect(
            text.contains("8 models of 8, 0 failed") && text.contains("## Claims") && text.contains("figure-risk.svg"))
        #expect(text.contains("    basin measure toy-drift --measures empirical_risk\n"))
        #expect(text.contains("| toy-drift | population_risk | sharpness_aware_risk | 8 |"))
        #expect(text.contains("- `sco-sa-gd`: SA-GD drifts along flat directions"))
        #expect(!text.contains("## Verdicts") && !text.contains("network"), "a lab's models are chosen, not drawn")
        // What the theory says of the settings predicts nothing.
        #expect(!text.contains("| toy-drift | population_risk | critical_radius |"))
    }

    @Test(
        "The labs of the documentation run as they stand, and what they claim holds",
        arguments: [
            ("docs/studies.md", "my-drift"), ("docs/studies.md", "my-chain"),
        ])
    func example(document: String, name: String) throws {
        let text = try String(contentsOfFile: packageFolder + "/" + document, encoding: .utf8)
        let examples = text.components(separatedBy: "```yaml\n").dropFirst().map {
            $0.components(separatedBy: "```")[0]
        }
        let example = try #require(examples.first { $0.contains("name: \(name)\n") })
        let place = try Workplace()
        try place.folder.write(example, to: "\(name).yml")
        let run = try place.basin("run", "\(name).yml")
        #expect(run.status == 0 && !run.errors.contains("claim"), "\(run.errors)")
        #expect(try place.basin("report", name).status == 0)
        let verdict = try place.basin("verdict", name)
        #expect(verdict.status == 0 && verdict.errors.contains("were chosen, not drawn at random"))
    }

    @Test("The experiments are listed, with settings and measures of each; an unknown one is answered with the nearest")
    func labs() throws {
        let place = try Workplace()
        let list = lines(try place.basin("labs", "--format", "csv"))
        #expect(["sco-", "geometry-", "multi-index-"].allSatisfy { prefix in list.contains { $0.hasPrefix(prefix) } })
        let one = try place.basin("labs", "sco-sa-gd").output
        #expect(one.contains("setting radius") && one.contains("measure population_risk"))
        let unknown = try place.basin("labs", "sco-sagd")
        #expect(unknown.status == 2 && unknown.errors.contains("Did you mean 'sco-sa-gd'?"))
        #expect(try place.basin("measures", "critical_radius").output.contains("no: it reads how the model was made"))
    }

    @Test(
        "What shipped studies of each lab claim holds",
        arguments: [
            "sco-sa-gd-phases", "sco-sam-sharp", "geometry-hyperbola", "geometry-relu-orbit", "multi-index-golden",
            "multi-index-memoriser",
        ])
    func shipped(name: String) throws {
        let place = try Workplace()
        let run = try place.basin("run", "\(packageFolder)/studies/\(name).yml")
        #expect(run.status == 0, "\(run.errors)")
        let claims = lines(
            try place.basin(
                "sql", "SELECT count(*), sum(agrees) FROM claims WHERE study = '\(name)'", "--format", "csv"))
        let counts = try #require(claims.last).split(separator: ",")
        #expect(counts.count == 2 && counts[0] == counts[1] && counts[0] != "0", "\(claims)")
    }
}
