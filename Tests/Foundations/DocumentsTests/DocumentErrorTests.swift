import Documents
import Testing

@Suite struct DocumentErrorTests {
    @Test("Problems stand in the order of their lines, each with the path and its line")
    func description() {
        let error = DocumentError(
            path: "menus/lunch.yml",
            problems: [.init(line: 12, message: "too late"), .init(line: 2, message: "too early")])
        #expect(error.problems.map(\.line) == [2, 12])
        #expect(error.description == "menus/lunch.yml:2: too early\nmenus/lunch.yml:12: too late")
    }
}
