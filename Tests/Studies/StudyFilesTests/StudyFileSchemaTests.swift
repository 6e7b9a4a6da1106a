import Foundation
import StudyFiles
import TestSupport
import Testing

@Suite("The schema of study files")
struct StudyFileSchemaTests {
    @Test(
        "A section asks for the keys that are declared for it, and for no others",
        arguments: [
            ("training: {", "training: {zzzz: 1, ", "training"), ("data: {", "data: {zzzz: 1, ", "data"),
            ("network: {", "network: {zzzz: 1, ", "network"), ("population: {", "population: {zzzz: 1, ", "population"),
        ])
    func declaredKeysAreRead(place: String, mistake: String, section: String) throws {
        let found = try problems(exampleText.replacing(place, with: mistake))
        let known = try #require(found.first { $0.contains("unknown key 'zzzz'") })
        let names = try #require(known.components(separatedBy: "Known names: ").last).dropLast()
        #expect(Set(names.components(separatedBy: ", ")) == Set(try keys(of: section)))
    }

    @Test("Every key that a shipped study states is in the schema")
    func shippedStudiesFollowTheSchema() throws {
        let schema = try schemaObject()
        let roots = try #require(schema["anyOf"] as? [[String: Any]])
        let known = Set(roots.flatMap { (($0["properties"] as? [String: Any]) ?? [:]).keys })
        for (name, path) in StudyLocator(folders: [shippedStudies]).all() {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let keys = text.split(separator: "\n").compactMap { line in
                line.wholeMatch(of: /([a-z_]+):.*/).map { String($0.1) }
            }
            #expect(!keys.isEmpty && Set(keys).isSubset(of: known), "\(name) has \(Set(keys).subtracting(known))")
        }
    }

    @Test("The schema has each kind of models as an object of its own, with ranges, defaults and required keys")
    func schemaHasRanges() throws {
        let roots = try #require(try schemaObject()["anyOf"] as? [[String: Any]])
        #expect(roots.count == 3)
        let properties = try #require(roots[0]["properties"] as? [String: [String: Any]])
        let required = try #require(roots[0]["required"] as? [String])
        #expect(Set(required) == ["population", "measures", "data", "network", "training"])
        let data = try #require(properties["data"]?["properties"] as? [String: [String: Any]])
        #expect(data["training_points"]?["minimum"] as? Int == 1)
        #expect(data["training_points"]?["type"] as? String == "integer")
        #expect(properties["data"]?["required"] == nil, "a regime may state what a section lacks")
        let stop = try #require(try section("training", of: properties)["stop"] as? [String: Any])
        #expect(stop["required"] as? [String] ?? [] == [])
        #expect((data["stream"]?["description"] as? String)?.hasSuffix("Otherwise: native.") == true)
    }

    private func schemaObject() throws -> [String: Any] {
        let data = Data(try StudyFileSchema.json().utf8)
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private func section(_ name: String, of properties: [String: [String: Any]]) throws -> [String: Any] {
        let found = try #require(properties[name])
        let object = (found["anyOf"] as? [[String: Any]])?.first ?? found
        return try #require(object["properties"] as? [String: Any])
    }

    /// The keys of a section of networks, as the schema has them.
    private func keys(of section: String) throws -> [String] {
        let roots = try #require(try schemaObject()["anyOf"] as? [[String: Any]])
        let properties = try #require(roots[0]["properties"] as? [String: [String: Any]])
        return Array(try self.section(section, of: properties).keys)
    }
}
