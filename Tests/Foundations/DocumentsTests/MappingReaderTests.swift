import Documents
import Testing

@Suite struct MappingReaderTests {
    @Test("A key that nobody asked for is unknown, with the nearest of those that were asked for")
    func unknownKeys() throws {
        let text = """
            bread: rye
            buter: salted
            oven:
              heat: 220
              minuts: 40
            """
        let found = try noted(text) { root in
            _ = root.text("bread")
            _ = root.text("butter")
            let oven = root.mapping("oven")
            _ = oven?.value("heat")
            _ = oven?.value("minutes")
            oven?.finish()
            root.finish()
        }
        #expect(
            found == [
                "2: unknown key 'buter'. Did you mean 'butter'?",
                "5: unknown key 'minuts' in oven. Did you mean 'minutes'?",
            ])
    }

    @Test("All that is wrong is noted, by line")
    func allAtOnce() throws {
        let found = try noted("c: x\na: y\n") { root in
            root.require("d", "anything")
            _ = root.integer("a", in: 0...1)
            _ = root.integer("c", in: 0...1)
            root.finish()
        }
        #expect(
            found == [
                "1: the recipe lacks 'd': anything", "1: c must be a whole number, not 'x'",
                "2: a must be a whole number, not 'y'",
            ])
    }

    @Test("A key below the root has its whole path in messages, at the line of the key or of the value that is meant")
    func paths() throws {
        let text = """
            oven:
              - heat: 220
              - heat: 180
                tins:
                  - 3
            """
        let found = try noted(text) { root in
            let second = root.mappings("oven").last
            second?.complain("heat", "is low")
            second?.complain("tins", "3 are many", at: second?.list("tins")?.first ?? root.node)
            second?.problemHere("is a second one")
            second?.complain("absent", "is missed")
        }
        #expect(
            found == [
                "3: oven[2].heat is low", "3: oven[2] is a second one", "3: oven[2].absent is missed",
                "5: oven[2].tins: 3 are many",
            ])
    }

    @Test("An empty value is as good as none", arguments: ["bread:", "bread: ~", "bread: null"])
    func emptyValues(text: String) throws {
        let found = try noted(text) { root in
            root.require("bread", "what to bake")
            #expect(root.text("bread") == nil)
            root.finish()
        }
        #expect(found == ["1: the recipe lacks 'bread': what to bake"])
    }

    @Test(
        "Only a list without elements lacks them",
        arguments: [
            ("bread: []", ["1: bread is empty"]), ("bread: [rye]", []), ("bread: rye", []), ("wine: red", []),
        ])
    func elements(text: String, problems: [String]) throws {
        #expect(try noted(text) { $0.requireElements("bread") } == problems)
    }

    @Test("Keys come in the order of the file, and one that is no word is noted")
    func keys() throws {
        var keys: [String] = []
        #expect(
            try noted("z: 1\na: 2\n[1, 2]: 3\n") { keys = $0.keys } == ["3: a key of the recipe is a list, not a word"])
        #expect(keys == ["z", "a"])
    }
}
