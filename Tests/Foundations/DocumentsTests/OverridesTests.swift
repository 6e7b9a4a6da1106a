import Documents
import Testing

@Suite struct OverridesTests {
    private let text = """
        flour: rye
        oven: {heat: 220, tins: [3]}
        new: {flour: spelt, oven.heat: hot, oven.tins: [4, 5], oven.steam.minutes: 7, fan.on: 1, oven.door.colour: 2}
        """

    /// What `content` reads with the keys of `new` in place of the text's own.
    private func overridden(_ content: (MappingReader, Overrides) -> Void) throws -> [String] {
        try noted(text) { root in
            let new = root.mapping("new")
            var values: [String: YAMLNode] = [:]
            for key in new?.keys ?? [] { values[key] = new?.value(key) }
            let overrides = Overrides(values)
            content(root.overridden(by: overrides), overrides)
        }
    }

    @Test("Readings of one text with different overrides do not see each other's values, and each tells what is wrong")
    func readings() throws {
        let found = try noted(text) { root in
            let new = root.mapping("new")
            let hot = ["oven.heat": new?.value("oven.heat")].compactMapValues(\.self)
            for overrides in [Overrides([:]), Overrides(hot), Overrides([:])] {
                let oven = root.overridden(by: overrides).mapping("oven")
                let isHot = overrides.unread.contains("oven.heat")
                #expect((oven?.integer("heat", in: 0...300) == 220) == !isHot)
                #expect(oven?.integers("tins", each: "a tin", in: 0...9) == [3])
            }
        }
        #expect(found.contains { $0.contains("oven.heat") } && found.count { $0.contains("oven.heat") } == 1)
    }

    @Test("Values by path stand in for those of the text, at any depth, also in mappings that it lacks")
    func values() throws {
        let found = try overridden { root, overrides in
            #expect(root.text("flour") == "spelt")
            let oven = root.mapping("oven")
            #expect(oven?.integers("tins", each: "a tin", in: 0...9) == [4, 5])
            #expect(oven?.mapping("steam")?.integer("minutes", in: 0...9) == 7)
            #expect(oven?.mapping("rack") == nil && root.mapping("fa") == nil)
            #expect(root.mapping("fan")?.text("on") == "1")
            #expect(overrides.unread == ["oven.door.colour", "oven.heat"])
        }
        #expect(found == [])
    }

    @Test("What is wrong with a value that stands in is noted at its own line")
    func wrong() throws {
        let found = try overridden { root, _ in
            #expect(root.mapping("oven")?.integer("heat", in: 0...9) == nil)
            root.mapping("fan")?.require("speed", "how fast")
        }
        #expect(found == ["3: oven.heat must be a whole number, not 'hot'", "3: fan lacks 'speed': how fast"])
    }
}
