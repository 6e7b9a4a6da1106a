import Foundation
import Results
import Testing

// What tests of commands share: a study to judge, and what is read of an answer.

/// A working directory with a made-up study `toy` of two regimes with twelve networks each, in `basin.sqlite`.
func madeUpPlace() throws -> Workplace {
    let place = try Workplace(networks: 1)
    try MadeUpStudy(networks: 12).enter(at: place.folder("basin.sqlite"))
    return place
}

/// The rows of an answer in JSON.
func rows(_ answer: Answer) throws -> [[String: Any]] {
    #expect(answer.status == 0, "\(answer.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [[String: Any]])
}

/// Refused: exit 2, these words, nothing on standard output, no crash.
func refused(_ answer: Answer, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(answer.status == 2, "\(answer.errors)", sourceLocation: sourceLocation)
    #expect(answer.output.isEmpty, sourceLocation: sourceLocation)
    for word in words { #expect(answer.errors.contains(word), "\(answer.errors)", sourceLocation: sourceLocation) }
    #expect(!answer.errors.contains("Fatal error"), sourceLocation: sourceLocation)
}
