/// The name in `candidates` that a person most likely meant by `name`, or nil when none is near.
///
/// Near means an optimal-string-alignment distance (insertions, deletions, substitutions, swaps of neighbours) of at
/// most a third of the longer name, case ignored. The first of equally near candidates wins. Nothing is near to a name
/// of more than 100 characters: nobody mistypes one.
///
/// - Complexity: O(*c* · *m* · *k*) for *c* candidates of length *k* and a name of length *m*, both at most 100.
public func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
    guard let wanted = comparable(name) else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates {
        guard let offered = comparable(candidate) else { continue }
        let allowed = min(max(wanted.count, offered.count) / 3, best.map { $0.distance - 1 } ?? .max)
        // Each character that one has more is a step of its own.
        guard abs(wanted.count - offered.count) <= allowed else { continue }
        let distance = alignmentDistance(wanted, offered)
        if distance <= allowed { best = (candidate, distance) }
    }
    return best?.name
}

/// A sentence to append to an error about an unknown name: the nearest valid one, or all of them (of hundreds, the
/// first).
public func suggestion(for name: String, among candidates: [String]) -> String {
    if let near = nearestName(to: name, among: candidates) { return "Did you mean '\(near)'?" }
    guard !candidates.isEmpty else { return "There is none to choose from." }
    let known = candidates.sorted().prefix(mostNamesListed).map(\.shortened).joined(separator: ", ")
    let rest = candidates.count - mostNamesListed
    return "Known names: \(known)\(rest > 0 ? ", and \(rest) more" : "")."
}

/// More than there are measures.
private let mostNamesListed = 200
private let longestNearName = 100

/// The characters in lower case; nil for a name that is too long to be compared.
private func comparable(_ name: String) -> [Character]? {
    // A length in bytes is known at once; the longest characters of scripts that people write take four of them.
    guard name.utf8.count <= 4 * longestNearName else { return nil }
    let characters = Array(name.lowercased())
    return characters.count <= longestNearName ? characters : nil
}

private func alignmentDistance(_ a: [Character], _ b: [Character]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
        var row = [i] + [Int](repeating: 0, count: b.count)
        for j in 1...b.count {
            let substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
            row[j] = min(substitution, last[j] + 1, row[j - 1] + 1)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                row[j] = min(row[j], beforeLast[j - 2] + 1)
            }
        }
        beforeLast = last
        last = row
    }
    return last[b.count]
}
