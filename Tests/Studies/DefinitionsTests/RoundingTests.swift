import Definitions
import Foundation
import TestSupport
import Testing

/// A study in other arithmetics, as a definition.
@Suite struct RoundingTests {
    private func toy(_ population: String = "seeds: 0-9") throws -> StudySpecification {
        try readExample(population: population)
    }

    @Test("The number of the arithmetic stands in the JSON only where it is not 0, and is read again")
    func json() throws {
        let study = try toy().definition
        #expect(try study.rounding == 0 && !study.canonicalJSON().contains("rounding"))
        let other = try #require(study.rounded(3))
        let text = try other.canonicalJSON()
        #expect(
            try text == study.canonicalJSON().replacing(#""order":"native""#, with: #""order":"native","rounding":3"#)
        )
        let decoded = try JSONDecoder().decode(StudySpecification.Definition.self, from: Data(text.utf8))
        #expect(decoded == other && decoded.rounding == 3)
        #expect(try decoded.rounded(0)?.digest() == study.digest())
    }

    @Test("Another arithmetic has the same seeds, but no network and no digest of the study or of a third one")
    func apart() throws {
        let study = try toy("seeds: 0-9, regimes: {a: {}, b: {training.epochs: 7}}").definition
        let all = try [study] + [1, 2].map { try #require(study.rounded($0)) }
        #expect(Set(try all.map { try $0.digest() }).count == 3)
        #expect(Set(try all.flatMap(\.models).map { try $0.trainingDigest }).count == 3 * 20)
        for other in all {
            #expect(other.models.map(\.seed) == study.models.map(\.seed))
            #expect(other.models.map(\.label) == study.models.map(\.label))
            #expect(other.configurations.allSatisfy { $0.training.order == study.configurations[0].training.order })
        }
        #expect(all[2].configurations.allSatisfy { $0.training.rounding == 2 })
    }

    @Test("Rescaled copies are left out: they are no networks that train")
    func copies() throws {
        let study = try toy("seeds: 0-9, rescaled: {seeds: [1], factors: {1: [2]}}").definition
        #expect(study.modelCount == 11)
        #expect(try study.rounded(1) == toy().definition.rounded(1))
    }

    @Test("It has a name of its own that says of which study it is, and nothing is claimed of it")
    func named() throws {
        let study = try read(
            """
            \(exampleText)
            published: {source: nowhere, correlations: [{measure: pair_proxy, value: 0.3}]}
            claims: [{claim: So., origin: paper, statistic: mean, of: test_accuracy, at_least: 0}]
            """)
        let other = try study.rounded(12)
        #expect(other.name == "toy-rounding-12" && other.target == study.target)
        #expect(other.title.hasPrefix("A toy,") && other.title.contains("12"))
        #expect(study.claims.count == 1 && study.published.count == 1)
        #expect(other.claims.isEmpty && other.published.isEmpty)
        #expect(RoundedName(other.name) == RoundedName(study: "toy", number: 12))
        for name in [
            "toy", "toy-rounding", "toy-rounding-", "toy-rounding-0", "toy-rounding-02", "-rounding-1",
            "toy-rounding-1a",
        ] {
            #expect(RoundedName(name) == nil, "\(name)")
        }
        #expect(RoundedName("a-rounding-1-rounding-2")?.study == "a-rounding-1")
    }

    @Test("No study file takes the name of another study's arithmetic")
    func kept() throws {
        #expect(
            NameRule.study.problem(with: "toy-rounding-3") == "is no name of a study: it is kept for something else")
        #expect(
            NameRule.study.problem(with: "toy-rounding") == nil && NameRule.study.problem(with: "rounding-3") == nil)
    }

    @Test("What is not trained, what is in another arithmetic already, and a name that gets too long are refused")
    func refused() throws {
        let lab = try read(
            """
            lab: {experiment: sco-sa-gd, horizon: 17}
            population: {seeds: 0, grid: {lab.radius: [0.1, 0.2]}}
            measures: [population_risk]
            target: population_risk
            """)
        let untrained = #expect(throws: NoOtherArithmetic.self) { try lab.rounded(1) }
        #expect(untrained?.reason == .untrained(unit: "models") && untrained?.exitStatus == 2)
        let again = #expect(throws: NoOtherArithmetic.self) { try toy().rounded(1).rounded(1) }
        #expect(again?.reason == .isOne)
        var long = try toy()
        long.name = String(repeating: "a", count: 89)
        #expect(try long.rounded(1).name.utf8.count == NameRule.mostCharacters)
        let tooLong = #expect(throws: NoOtherArithmetic.self) { try long.rounded(10) }
        #expect(tooLong?.reason == .longName(long.name + "-rounding-10"))
    }
}
