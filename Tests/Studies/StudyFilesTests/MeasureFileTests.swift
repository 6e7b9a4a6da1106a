import Documents
import Foundation
import StudyFiles
import Testing

@Suite struct MeasureFileTests {
    private func file(_ text: String) throws -> MeasureFile {
        let path = FileManager.default.temporaryDirectory.appending(path: "basin-\(UUID().uuidString).csv").path
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try MeasureFile(path: path)
    }

    private func problems(_ text: String) throws -> [String] {
        do {
            _ = try file(text)
            return []
        } catch let error as DocumentError {
            return error.problems.map { "\($0.line): \($0.message)" }
        }
    }

    @Test("Columns are measures, with their errors beside them; an empty cell is no value")
    func columns() throws {
        let file = try file("label,mine,mine_standard_error,other\n\"seed 0, a\",0.5,0.1,-1e-3\nseed 1,,,2\n")
        #expect(file.key == .label && file.rows.map(\.model) == ["seed 0, a", "seed 1"])
        #expect(file.columns.map(\.name) == ["mine", "other"])
        #expect(file.columns[0].values == [0.5, nil] && file.columns[0].errors == [0.1, nil])
        #expect(file.columns[1].values == [-1e-3, 2] && file.columns[1].errors == nil)
    }

    @Test(
        "What is wrong is said with its line",
        arguments: [
            ("a\n1\n", "1: one column of 'position', 'label', 'digest' says which model a row is of; there is none"),
            (
                "position,label,a\n",
                "1: one column of 'position', 'label', 'digest' says which model a row is of; "
                    + "there are several"
            ),
            ("position\n0\n", "1: no column is a measure"),
            ("position,Mine\n0,1\n", "1: 'Mine' is no name of a column"),
            ("position,a\n0,1\n1,x\n", "3: 'x' in column 'a' is no finite number"),
            ("position,a\n0,nan\n", "2: 'nan' in column 'a' is no finite number"),
            ("position,a,a_standard_error\n0,1,-1\n", "2: '-1' in column 'a_standard_error' is no number from 0 on"),
            ("position,b_standard_error\n0,1\n", "1: 'b_standard_error' has errors of 'b', which is no column"),
        ])
    func wrong(text: String, message: String) throws {
        let found = try problems(text)
        #expect(found.contains { $0.hasPrefix(message) }, "\(found)")
    }

    @Test("Rows find their models by position, label or digest; a stranger and a model that stands twice do not pass")
    func models() throws {
        let models = (0..<3).map { MeasureFile.Model(position: $0, label: "seed \($0)", digests: ["m\($0)", "w"]) }
        #expect(try file("position,a\n2,1\n0,1\n").models(among: models) == [2, 0])
        #expect(try file("label,a\nseed 1,1\n").models(among: models) == [1])
        #expect(try file("digest,a\nm2,1\n").models(among: models) == [2])
        for (text, message) in [
            ("position,a\n7,1\n", "position '7' names no model of the study"),
            ("digest,a\nw,1\n", "digest 'w' names 3 models of the study"),
            ("position,a\n1,1\n1,2\n", "names the same model as line 2"),
        ] {
            let error = #expect(throws: DocumentError.self) { try file(text).models(among: models) }
            #expect(error?.description.contains(message) == true)
        }
    }

    @Test("A header file says of each column what it reads; a wrong word is told")
    func statements() throws {
        func statements(_ text: String) throws -> [String: MeasureStatements.Statement] {
            let path = FileManager.default.temporaryDirectory.appending(path: "basin-\(UUID().uuidString).yml").path
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            defer { try? FileManager.default.removeItem(atPath: path) }
            return try MeasureStatements(path: path, columns: ["a", "b"]).byColumn
        }
        let found = try statements(
            "a: {title: Mine, reads: [weights], sign: \"-\"}\nb: {reads: [training-inputs, unseen-labels]}\n")
        #expect(found["a"] == .init(title: "Mine", reads: [], sign: .negative))
        #expect(found["b"] == .init(reads: [.trainingInputs, .unseenLabels]))
        #expect(throws: DocumentError.self) { try statements("a: {reads: [training]}\n") }
        #expect(throws: DocumentError.self) { try statements("c: {reads: []}\n") }
    }
}
