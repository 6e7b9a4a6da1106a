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

    @Test("An empty name or an empty list has no nearest name")
    func empty() {
        #expect(nearestName(to: "", among: studies) == nil)
        #expect(nearestName(to: "mnist", among: []) == nil)
    }
}
