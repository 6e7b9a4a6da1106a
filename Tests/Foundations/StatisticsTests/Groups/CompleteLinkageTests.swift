import Foundation
import Statistics
import Testing

@Suite struct CompleteLinkageTests {
    /// The values in Fixtures/clusterings.json, written by Fixtures/make_clustering_fixtures.py.
    struct Case: Decodable {
        let distances: [[Double]]
        let heights: [Double]
        /// A label an item, by the distance at which the tree is cut.
        let labels: [String: [Int]]

        static func load() throws -> [Case] {
            let file = Bundle.module.bundleURL.appending(path: "Fixtures/clusterings.json")
            return try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
        }
    }

    @Test("Heights and groups are SciPy's")
    func agreesWithSciPy() throws {
        let cases = try Case.load()
        #expect(cases.count == 4)
        for found in cases {
            let linkage = CompleteLinkage(distances: found.distances)
            #expect(zip(linkage.merges, found.heights).allSatisfy { abs($0.height - $1) < 1e-12 })
            #expect(linkage.merges.count == found.heights.count)
            for (cut, labels) in found.labels {
                let expected = Set(Set(labels).map { label in labels.indices.filter { labels[$0] == label } })
                let groups = linkage.groups(within: try #require(Double(cut)))
                #expect(Set(groups.map { $0.sorted() }) == expected)
                #expect(groups.flatMap(\.self) == linkage.order)
            }
        }
    }

    @Test("Any two of a group are as near as asked for, and a group's items stand side by side")
    func near() throws {
        for found in try Case.load() {
            for group in CompleteLinkage(distances: found.distances).groups(within: 0.5) {
                for a in group { for b in group { #expect(found.distances[a][b] <= 0.5) } }
            }
        }
    }

    @Test("What has no distance joins last, and few items are no trouble")
    func edges() {
        let unknown = CompleteLinkage(distances: [[0, .nan, 0.1], [.nan, 0, .nan], [0.1, .nan, 0]])
        #expect(unknown.groups(within: 0.2) == [[0, 2], [1]])
        #expect(unknown.merges.last?.height == .infinity)
        #expect(CompleteLinkage(distances: []).groups(within: 1) == [])
        #expect(CompleteLinkage(distances: [[0]]).groups(within: 1) == [[0]])
    }
}
