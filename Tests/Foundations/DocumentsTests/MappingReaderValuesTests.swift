import Documents
import Testing

@Suite struct MappingReaderValuesTests {
    private enum Flour: String, CaseIterable { case rye, wheat, spelt }

    @Test("Right values are read as they stand")
    func rightValues() throws {
        let text = """
            name: Bread
            count: 3
            seed: 9223372036854775807
            salt: 2.5e-2
            flour: spelt
            tins: [20, 30]
            oven: {heat: 220}
            steps: [{minutes: 5}, {minutes: 40}]
            """
        let found = try noted(text) { root in
            #expect(root.text("name") == "Bread")
            #expect(root.integer("count", in: 3...3) == 3)
            #expect(root.seed("seed") == 9_223_372_036_854_775_807)
            #expect(root.number("salt") == 0.025)
            #expect(root.choice("flour", of: Flour.self) == .spelt)
            #expect(root.choice("flour", among: ["spelt", "oat"]) == "spelt")
            #expect(root.integers("tins", each: "a tin", in: 1...30) == [20, 30])
            #expect(root.list("tins")?.map(\.text) == ["20", "30"])
            #expect(root.mapping("oven")?.integer("heat", in: 0...300) == 220)
            #expect(root.mappings("steps").map { $0.integer("minutes", in: 0...60) } == [5, 40])
            root.finish()
        }
        #expect(found == [])
    }

    @Test("An absent value is nil and no problem")
    func absent() throws {
        let found = try noted("name: Bread") { root in
            #expect(root.text("a") == nil)
            #expect(root.integer("b", in: 0...1) == nil)
            #expect(root.number("c") == nil)
            #expect(root.choice("d", of: Flour.self) == nil)
            #expect(root.mapping("e") == nil)
            #expect(root.list("f") == nil)
            #expect(root.mappings("g").isEmpty)
            #expect(root.integers("h", each: "a tin", in: 0...1) == nil)
        }
        #expect(found == [])
    }

    @Test(
        "A wrong value is nil, and its problem says what was expected and what stands there",
        arguments: [
            ("name: [a]", "name must be text, not a list"),
            ("name: {a: 1}", "name must be text, not keys and values"),
            ("count: 2.5", "count must be a whole number, not '2.5'"),
            ("count: \"3\"", "count must be a whole number, not the text \"3\""),
            ("count: 0", "count must be from 1 to 9, not 0"),
            ("seed: -1", "seed must be at least 0, not -1"),
            ("seed: 9223372036854775808", "seed must be a whole number, not '9223372036854775808'"),
            ("salt: 1e999", "salt must be a number above 0, not '1e999'"),
            ("salt: nan", "salt must be a number above 0, not 'nan'"),
            ("salt: 0", "salt must be a number above 0, not '0'"),
            ("flour: rie", "flour cannot be 'rie'. Did you mean 'rye'?"),
            ("flour: wheat", "flour cannot be 'wheat'. Known names: rye, spelt."),
            ("oven: hot", "oven needs keys and values, not 'hot'"),
            ("steps: 3", "steps must be a list, not '3'"),
            ("steps: [3]", "steps[1] needs keys and values, not '3'"),
            ("tins: 20", "tins must be a list, not '20'"),
            ("tins: [20, big]", "tins: a tin must be a whole number from 1 to 30, not 'big'"),
            ("tins: [20, 31]", "tins: a tin must be a whole number from 1 to 30, not '31'"),
            ("cups: [0]", "cups: a cup must be a whole number of at least 1, not '0'"),
        ])
    func wrongValues(line: String, message: String) throws {
        let found = try noted(line) { root in
            #expect(root.text("name") == nil)
            #expect(root.integer("count", in: 1...9) == nil)
            #expect(root.seed("seed") == nil)
            #expect(root.number("salt", "a number above 0", where: { $0 > 0 }) == nil)
            #expect(root.choice("flour", among: [Flour.rye, .spelt]) == nil)
            #expect(root.mapping("oven") == nil)
            #expect(root.mappings("steps").isEmpty)
            #expect(root.integers("tins", each: "a tin", in: 1...30) ?? [20] == [20])
            #expect(root.integers("cups", each: "a cup", in: 1...Int.max) ?? [] == [])
            root.finish()
        }
        #expect(found == ["1: \(message)"])
    }
}
