import Definitions
import GRDB
import Results
import Testing

@Suite struct ResultsStoreFiguresTests {
    private let map = Figure(
        name: "phases", title: "When?", kind: .heatMap, x: "radius", y: "step_size", value: "risk",
        boundary: "critical",
        scale: .logY, selection: ModelSelection(["regime": [.word("a"), .word("b")], "steps": [.number(64)]]))
    private let curves = Figure(
        name: "growth", title: "", kind: .curves, x: "steps", y: "risk", by: "regime", scale: .logLog, slope: -0.5)

    @Test("Figures come back as they were recorded, in their order, each study's own")
    func roundTrip() throws {
        let toy = try Toy()
        let other = try toy.store.enter(.example(name: "other"))
        try toy.store.record(figures: [map, curves], study: toy.study.id)
        try toy.store.record(figures: [curves], study: other.id)
        #expect(try toy.store.figures(of: toy.study.id) == [map, curves])
        try toy.store.record(figures: [curves, map], study: toy.study.id)
        #expect(try toy.store.figures(of: toy.study.id) == [curves, map])
        try toy.store.record(figures: [], study: toy.study.id)
        #expect(try toy.store.figures(of: toy.study.id) == [])
        #expect(try toy.store.figures(of: other.id) == [curves])
    }

    @Test("A definition is JSON that SQL can ask, without what is not stated")
    func json() throws {
        let toy = try Toy()
        try toy.store.record(figures: [map, curves], study: toy.study.id)
        let rows = try ReadOnlyQuery(
            """
            SELECT place, name, definition ->> 'kind', definition ->> 'by', definition ->> '$.selection.steps[0]',
                definition ->> 'slope' FROM figure ORDER BY place
            """, at: toy.folder.path()
        ).rows
        #expect(
            rows == [
                [.integer(0), .text("phases"), .text("heat-map"), .null, .integer(64), .null],
                [.integer(1), .text("growth"), .text("curves"), .text("regime"), .null, .real(-0.5)],
            ])
    }

    @Test("A figure of a kind that only a newer program knows is left out")
    func unknownKind() throws {
        let toy = try Toy()
        try toy.store.record(figures: [map, curves], study: toy.study.id)
        try alterSoundly(
            toy, "UPDATE figure SET definition = json_set(definition, '$.kind', 'pie') WHERE place = 0")
        #expect(try toy.store.figures(of: toy.study.id) == [curves])
    }
}
