import Reports
import Testing

@Suite struct TableTests {
    let correlations = Table(
        ["measure", "n", Table.Column("rho", format: .fixed(3)), "p"],
        rows: [
            ["pair_proxy", 100, 0.37412, 0.00012],
            ["weight_norm", 98, -0.019, 1.5e-30],
            ["rank", 100, .missing("constant: all values are equal"), .missing("constant: all values are equal")],
            ["dead", 100, nil, .real(.nan)],
        ])

    @Test("A terminal table aligns numbers right, text left, and explains missing values below")
    func terminal() {
        #expect(
            correlations.render(.table) == """
                measure        n     rho          p
                -----------  ---  ------  ---------
                pair_proxy   100   0.374  0.0001200
                weight_norm   98  -0.019  1.500e-30
                rank         100   – (1)      – (1)
                dead         100       –      – (2)

                (1) constant: all values are equal
                (2) not a number

                """)
    }

    @Test("Footnotes stand below a table for people, behind the notes, and in no other format")
    func footnotes() {
        var table = Table(["a", "b"], rows: [[1, .missing("nobody looked")]])
        let plain = table
        table.footnotes = ["Not all *networks*.", "Another."]
        #expect(
            table.render(.table) == plain.render(.table) + "Not all *networks*.\nAnother.\n")
        #expect(
            table.render(.markdown) == plain.render(.markdown) + "\nNot all \\*networks\\*.\n\nAnother.\n")
        #expect(table.render(.csv) == plain.render(.csv) && table.render(.json) == plain.render(.json))
        var whole = Table(["a"], rows: [[1]])
        whole.footnotes = ["One."]
        #expect(whole.render(.table) == "a\n-\n1\n\nOne.\n")
        #expect(table.withRemarks().footnotes == table.footnotes)
    }

    @Test("A table without rows still shows its header")
    func noRows() {
        let empty = Table(["a", "bb"])
        #expect(empty.render(.table) == "a  bb\n-  --\n")
        #expect(empty.render(.csv) == "a,bb\r\n")
        #expect(empty.render(.json) == "[]\n")
        #expect(empty.render(.markdown) == "| a | bb |\n| :--- | :--- |\n")
    }

    @Test("A table without columns renders in every format")
    func noColumns() {
        let table = Table([], rows: [[]])
        for format in TableFormat.allCases { #expect(table.render(format).unicodeScalars.last == "\n") }
    }

    @Test("A chosen alignment wins over the cells")
    func chosenAlignment() {
        let table = Table(
            [Table.Column("n", alignment: .left), Table.Column("name", alignment: .right)],
            rows: [[7, "x"], [10, "yyyyy"]])
        #expect(table.render(.table) == "n    name\n--  -----\n7       x\n10  yyyyy\n")
    }

    @Test("Wide characters and combining marks keep the columns aligned")
    func displayWidth() {
        let table = Table(["name", "n"], rows: [["日本", 1], ["e\u{301}a", 2], ["🙂", 3], ["ﬁve5", 4]])
        #expect(
            table.render(.table) == """
                name  n
                ----  -
                日本  1
                e\u{301}a    2
                🙂    3
                ﬁve5  4

                """)
    }

    @Test("Control characters are spelt out in a terminal table")
    func controlCharacters() {
        let text = Table(["a"], rows: [["x\u{1B}[31m\ny"]]).render(.table)
        #expect(text == "a\n--------------\nx\\u{1B}[31m\\ny\n")
    }

    @Test("A text that should catch the eye is bold in Markdown, after its own marks are escaped, and plain elsewhere")
    func strong() {
        let table = Table(["agrees"], rows: [["yes"], [.strong("no*")]])
        #expect(table.render(.markdown) == "| agrees |\n| :--- |\n| yes |\n| **no\\*** |\n")
        #expect(table.render(.csv) == "agrees\r\nyes\r\nno*\r\n")
        #expect(table.render(.json).contains(#""agrees": "no*""#))
        #expect(table.render(.table) == "agrees\n------\nyes\nno*\n")
    }

    @Test("Equal tables render to equal bytes in every format", arguments: TableFormat.allCases)
    func stable(format: TableFormat) {
        var again = Table(correlations.columns)
        for row in correlations.rows { again.append(row) }
        #expect(again.render(format) == correlations.render(format))
    }
}
