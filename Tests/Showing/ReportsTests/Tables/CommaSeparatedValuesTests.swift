import Reports
import Testing

@Suite struct CommaSeparatedValuesTests {
    @Test("Fields with commas, quotes or line breaks are quoted as RFC 4180 has it")
    func quoting() {
        let table = Table(["a,b", "c"], rows: [["say \"hi\"", "x\ny"], ["x\r\ny", "plain text"], ["", nil]])
        #expect(table.render(.csv) == "\"a,b\",c\r\n\"say \"\"hi\"\"\",\"x\ny\"\r\n\"x\r\ny\",plain text\r\n\"\",\r\n")
    }

    @Test("A text keeps its first character, also one by which spreadsheets know a formula")
    func formulas() {
        let texts = ["=1+1", "+x", "-", "@a", "-0.5"]
        #expect(
            Table(["x"], rows: texts.map { [.text($0)] }).render(.csv)
                == "x\r\n" + texts.map { $0 + "\r\n" }.joined())
    }

    @Test("What could command a terminal is spelt out")
    func controls() {
        let table = Table(["a\u{1B}[2J"], rows: [["b\u{9B}2J\rc\u{202E}\u{0}"], ["d\te\nf"]])
        #expect(table.render(.csv) == "a\\u{1B}[2J\r\nb\\u{009B}2J\\rc\\u{202E}\\0\r\n\"d\te\nf\"\r\n")
    }

    @Test("Reals keep every digit, and what is not finite is empty")
    func numbers() {
        let table = Table(["x", "y"], rows: [[.real(0.1 + 0.2), .real(.infinity)], [.real(1e-30), 7]])
        #expect(table.render(.csv) == "x,y\r\n0.30000000000000004,\r\n1e-30,7\r\n")
    }

    @Test("A lone missing value is no blank line, which readers would skip")
    func loneMissing() {
        #expect(Table(["x"], rows: [[nil], [1]]).render(.csv) == "x\r\n\"\"\r\n1\r\n")
    }
}
