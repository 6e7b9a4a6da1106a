import Documents
import Testing

@Suite struct CSVTableTests {
    private func rows(_ text: String) throws -> [[String]] { try CSVTable(text, path: "t.csv").rows.map(\.values) }

    @Test("Values stand between commas, those in quotation marks with whatever is inside")
    func values() throws {
        let table = try CSVTable("a,b\r\n1, two words \r\n\"x, \"\"y\"\"\nz\",\n\n \"q\" ,3", path: "t.csv")
        #expect(table.columns == ["a", "b"])
        #expect(table.rows.map(\.values) == [["1", "two words"], ["x, \"y\"\nz", ""], ["q", "3"]])
        #expect(table.rows.map(\.line) == [2, 3, 6])
    }

    @Test("A last line needs no line break, and one column no comma")
    func ends() throws {
        #expect(try rows("a\n1\n2") == [["1"], ["2"]])
        #expect(try rows("a,b\n,\n") == [["", ""]])
    }

    @Test(
        "What is wrong is told by its line",
        arguments: [
            ("", "t.csv:1: the file is empty"), ("\n\n", "t.csv:1: the file is empty"),
            ("a,,b\n", "t.csv:1: a column has no name"), ("\na,a\n", "t.csv:2: a column 'a' is there twice"),
            (
                "a,b\n1\n1,2\n1,2,3\n",
                "t.csv:2: has 1 values, and there are 2 columns\nt.csv:4: has 3 values, and there are 2 columns"
            ),
            ("a\n\"1\n2", "t.csv:2: a quotation mark is not closed"),
            ("a\n\"1\" 2\n", "t.csv:2: something stands behind a quotation mark; inside quotes it is doubled"),
        ])
    func wrong(text: String, message: String) throws {
        let error = #expect(throws: DocumentError.self) { try CSVTable(text, path: "t.csv") }
        #expect(error?.description == message)
    }
}
