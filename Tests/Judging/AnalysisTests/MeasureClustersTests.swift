import Analysis
import Results
import SyntheticStudies
import Testing

@Suite struct MeasureClustersTests {
    /// Thirty networks of which some columns are copies of others, some of them upside down.
    private func clusters() throws -> MeasureClusters {
        let networks = (0..<30).map { i in
            let trace = Double(i)
            let norm = Double(i * 7 % 30)
            return SyntheticStudy.Network(columns: [
                "hessian_trace": trace, "hessian_top_eigenvalue": trace * trace,
                "fisher_rao_norm": -trace + (i % 2 == 0 ? 3 : 0),
                "weight_norm_l2": norm, "weight_norm_l1": norm + (i % 3 == 0 ? 4 : 0),
                "pair_proxy": Double(i * 11 % 30), "dead_units": 2, "test_accuracy": Double(i * 17 % 30) / 30,
            ])
        }
        return try MeasureClusters(of: Archive().population(SyntheticStudy(networks: networks)))
    }

    @Test("Copies are in one cluster, whatever their sign, and all others alone")
    func copies() throws {
        let clusters = try clusters()
        let sharp = try #require(clusters.cluster(of: "hessian_trace"))
        #expect(Set(sharp.measures) == ["hessian_trace", "hessian_top_eigenvalue", "fisher_rao_norm"])
        #expect(sharp.name == "hessian_trace" || sharp.name == "hessian_top_eigenvalue")
        #expect(try #require(sharp.leastSize) > 0.8)
        let norms = try #require(clusters.cluster(of: "weight_norm_l1"))
        #expect(Set(norms.measures) == ["weight_norm_l1", "weight_norm_l2"])
        for single in ["pair_proxy", "dead_units", "test_accuracy"] {
            let cluster = try #require(clusters.cluster(of: single))
            #expect(cluster.measures == [single] && cluster.name == single && cluster.leastSize == nil)
        }
        #expect(clusters.clusters.flatMap(\.measures) == clusters.names)
    }

    @Test("Correlations stand in the clusters' order, and a constant column has none")
    func matrix() throws {
        let clusters = try clusters()
        let place = try #require(clusters.names.firstIndex(of: "dead_units"))
        #expect(clusters.correlations[place].allSatisfy { $0 == nil })
        for (i, row) in clusters.correlations.enumerated() {
            #expect(row == clusters.correlations.map { $0[i] })
        }
    }

    @Test("Near copies are worth little more than one, and the target counts with what was not tried")
    func worth() throws {
        let (count, number) = try #require(try clusters().independent)
        // Without the constant, and without the target, which knows itself.
        #expect(count == 6)
        #expect(number > 2.5 && number < 4.5)
    }
}
