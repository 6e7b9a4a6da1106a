import Diagnostics
import Testing

@Suite struct NearestNameTests {
    let studies = ["pair-proxy-mnist", "pair-proxy-fashion-mnist", "model-selection-mnist"]

    @Test("A dropped letter is found again")
    func droppedLetter() {
        #expect(nearestName(to: "pair-proxy-mist", among: studies) == "pair-proxy-mnist")
    }

    @Test("Swapped neighbours count as one slip")
    func swappedLetters() {
        #expect(nearestName(to: "mnits", among: ["mnist", "minis"]) == "mnist")
    }

    @Test("A name that is far from all has no nearest one")
    func farAway() {
        #expect(nearestName(to: "banana", among: studies) == nil)
        #expect(suggestion(for: "banana", among: studies).hasPrefix("Known names: model-selection-mnist"))
    }

    @Test("A name that nobody mistypes is near to nothing, which takes no time to find", .timeLimit(.minutes(1)))
    func endless() {
        let endless = String(repeating: "a", count: 10_000_000)
        for _ in 0..<100 {
            #expect(nearestName(to: endless, among: studies) == nil)
            #expect(nearestName(to: "mnist", among: [endless, "mnits"]) == "mnits")
        }
        #expect(nearestName(to: String(repeating: "a", count: 100), among: [String(repeating: "a", count: 99)]) != nil)
    }

    @Test("The first of hundreds of names are listed")
    func hundreds() {
        let text = suggestion(for: "banana", among: (0..<1000).map { "study-\($0)" })
        #expect(text.hasSuffix(", and 800 more.") && text.count < 4000)
    }

    @Test("An empty name or an empty list has no nearest name")
    func empty() {
        #expect(nearestName(to: "", among: studies) == nil)
        #expect(nearestName(to: "mnist", among: []) == nil)
    }
}
