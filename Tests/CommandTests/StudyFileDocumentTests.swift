import Foundation
import Reports
import Testing

/// docs/study-files.md is what the declarations say.
@Suite struct StudyFileDocumentTests {
    @Test("The page on study files is that of the declarations that files are read by")
    func current() throws {
        let page = try String(contentsOfFile: packageFolder + "/docs/study-files.md", encoding: .utf8)
        #expect(
            page == StudyFileReference().markdown,
            "renew it with 'basin studies --reference > docs/study-files.md'")
    }

    @Test("The command prints the page, or the schema, and not both")
    func command() throws {
        let workplace = try Workplace()
        let printed = try workplace.basin("studies", "--reference")
        #expect(printed.status == 0 && printed.errors.isEmpty)
        #expect(printed.output == StudyFileReference().markdown)
        let schema = try workplace.basin("studies", "--schema")
        #expect(schema.status == 0 && schema.output.hasPrefix("{"))
        #expect(try workplace.basin("studies", "--schema", "--reference").status == 2)
    }

    @Test("The page has each key with what it takes and what holds without it")
    func keys() {
        let page = StudyFileReference().markdown
        #expect(page.contains("| epochs | a whole number from 1, in epochs | required |"))
        #expect(page.contains("| lab | a mapping | required, or data, network, training, or networks, data, network |"))
        #expect(page.contains("says all about each"))
    }
}
