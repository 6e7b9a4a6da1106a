import Foundation
import Reports
import SyntheticStudies
import TestSupport
import Testing

@Suite struct ReparameterisationSectionTests {
    @Test("The report has both tables, and a curve of each changing measure over the factor, log-log")
    func section() throws {
        let archive = try Archive()
        let report = try StudyReport(
            of: archive.population(SyntheticStudy(networks: rescaledNetworks())), in: archive.store)
        let text = report.markdown
        #expect(text.contains("3 trained networks of 3, 0 failed, with 6 variants;"))
        #expect(
            text.contains(
                "| hessian_trace | no | 6 | 99.0 | network 0, layer 1 x 10 | changes, and does not claim otherwise |"))
        #expect(text.contains("| test_loss | yes | 6 | 0.0333 | network 0, layer 2 x 5 | changes, against its claim |"))
        #expect(
            text.contains("| network 0 | as trained | 60.000 |")
                && text.contains("| network 0 | layer 1 x 10 | 6000.0 (×100.0) |"))
        #expect(
            report.pictures.map(\.name).filter { $0.hasPrefix("curve-") }
                == ["curve-rescaled-hessian_trace.svg", "curve-rescaled-test_loss.svg"])
        let svg = try ParsedSVG(
            try #require(report.pictures.first { $0.name == "curve-rescaled-hessian_trace.svg" }).svg)
        // The square of the factor is a line of slope 2 from the network itself.
        let places = try svg.all("circle", inClass: "series-0").map { (try $0.number("cx"), try $0.number("cy")) }
        #expect(places.count == 3)
        let slopes = zip(places, places.dropFirst()).map { ($1.1 - $0.1) / ($1.0 - $0.0) }
        #expect(abs(slopes[0] - slopes[1]) < 0.01 * abs(slopes[0]))
        #expect(svg.texts.contains("hessian_trace (log scale)") && svg.texts.contains("network 0, layer 1"))
    }

    @Test("A study without copies says nothing of them")
    func none() throws {
        let archive = try Archive()
        let report = try StudyReport(
            of: archive.population(SyntheticStudy(networks: Array(rescaledNetworks().prefix(3)))), in: archive.store)
        #expect(!report.markdown.contains("copies") && !report.markdown.contains("variants"))
    }

    @Test("A copy without its network is named")
    func orphan() throws {
        var networks = rescaledNetworks()
        networks[1].failure = "loss is not finite after epoch 3"
        let archive = try Archive()
        let population = try archive.population(SyntheticStudy(networks: networks))
        #expect(
            try StudyReport(of: population, in: archive.store).markdown.contains(
                "not compared: network 1, layer 1 x 2, network 1, layer 1 x 10, network 1, layer 2 x 5."))
    }
}
