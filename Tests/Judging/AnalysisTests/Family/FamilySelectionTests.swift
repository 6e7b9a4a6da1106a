import Analysis
import Results
import SyntheticStudies
import Testing

@Suite struct FamilySelectionTests {
    private func store() throws -> Archive {
        let archive = try Archive()
        for name in ["scale-n500", "scale-n2000", "scale-x", "toy", "toy-2"] {
            try SyntheticStudy(name: name, networks: [.init(columns: ["test_accuracy": 1])]).enter(in: archive.store)
        }
        return archive
    }

    @Test(
        "A star stands for any number of characters, and each study is taken once",
        arguments: [
            (["scale-*"], ["scale-n2000", "scale-n500", "scale-x"]), (["scale-n*0"], ["scale-n2000", "scale-n500"]),
            (["*"], ["scale-n2000", "scale-n500", "scale-x", "toy", "toy-2"]), (["*-*2*"], ["scale-n2000", "toy-2"]),
            (["toy", "toy*"], ["toy", "toy-2"]), (["s*n*0*0"], ["scale-n2000", "scale-n500"]),
            (["toy*toy*", "toy"], ["toy"]),
            (["scale-n500*", "toy"], ["scale-n500", "toy"]),
        ])
    func patterns(patterns: [String], names: [String]) throws {
        if patterns.contains("toy*toy*") {
            #expect(throws: NoMatchingStudy.self) {
                try FamilySelection(matching: patterns.map(StudyReference.init(_:)), in: store().store)
            }
        } else {
            #expect(
                try FamilySelection(matching: patterns.map(StudyReference.init(_:)), in: store().store).studies.map(
                    \.name) == names)
        }
    }

    @Test(
        "The report is called by what stands before the star, or as asked",
        arguments: [
            (["scale-*"], nil, "scale"), (["scale-n*"], nil, "scale-n"), (["*"], nil, "family"),
            (["scale-n500", "scale-n2000"], nil, "scale-n"), (["scale-x", "toy"], nil, "family"),
            (["toy*"], nil, "toy-family"),
            (["*"], "all", "all"),
        ] as [([String], String?, String)])
    func name(patterns: [String], asked: String?, name: String) throws {
        #expect(
            try FamilySelection(matching: patterns.map(StudyReference.init(_:)), name: asked, in: store().store).name
                == name)
    }

    @Test(
        "A name that a study has, whose own report it would overwrite, is refused, even of a single study",
        arguments: [
            (["toy", "toy-2"], "toy", "toy-family"), (["toy"], "toy", "toy-family"),
            (["scale-*"], "toy-2", "toy-2-family"),
        ])
    func taken(patterns: [String], name: String, free: String) throws {
        let store = try store().store
        let error = #expect(throws: TakenReportName.self) {
            try FamilySelection(matching: patterns.map(StudyReference.init(_:)), name: name, in: store)
        }
        #expect(error?.name == name && error?.description.contains("--name \(free).") == true)
        #expect(
            try FamilySelection(matching: patterns.map(StudyReference.init(_:)), name: free, in: store).name == free)
    }

    @Test("The name of its own that a report gets is no study's")
    func free() throws {
        let archive = try store()
        for name in ["family", "toy-family"] {
            try SyntheticStudy(name: name, networks: [.init(columns: ["test_accuracy": 1])]).enter(in: archive.store)
        }
        #expect(try FamilySelection(matching: ["*"], in: archive.store).name == "family-family")
        #expect(try FamilySelection(matching: ["toy*"], in: archive.store).name == "toy-family-family")
        let error = #expect(throws: TakenReportName.self) {
            try FamilySelection(matching: ["toy*"], name: "toy", in: archive.store)
        }
        #expect(error?.free == "toy-family-family")
    }

    @Test("A pattern without a match, an unknown name and an unusable name are refused")
    func refused() throws {
        let store = try store().store
        let error = #expect(throws: NoMatchingStudy.self) { try FamilySelection(matching: ["none-*"], in: store) }
        #expect(error?.description.contains("scale-n500") == true)
        #expect(throws: ResultsError.self) { try FamilySelection(matching: ["scale"], in: store) }
        for name in ["", "../elsewhere", ".hidden", "a b", "published", String(repeating: "a", count: 101)] {
            #expect(throws: UnusableReportName.self) { try FamilySelection(matching: ["*"], name: name, in: store) }
        }
    }
}
