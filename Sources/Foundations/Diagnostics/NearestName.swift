/// The name in `candidates` that a person most likely meant by `name`, or nil when none is near.
///
/// Near means an optimal-string-alignment distance (insertions, deletions, substitutions, swaps of neighbours) of at
/// most a third of the longer name, case ignored. The first of equally near candidates wins.
///
/// - Complexity: O(*c* · *m* · *k*) for *c* candidates of length *k* and a name of length *m*.
public func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased())
    var best: (name: String, distance: Int)?
    for candidate in candidates {
        let offered = Array(candidate.lowercased())
        let distance = alignmentDistance(wanted, offered)
        guard distance * 3 <= max(wanted.count, offered.count) else { continue }
        if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
}

/// A sentence to append to an error about an unknown name: the nearest valid one, or all of them.
public func suggestion(for name: String, among candidates: [String]) -> String {
    if let near = nearestName(to: name, among: candidates) { return "Did you mean '\(near)'?" }
    guard !candidates.isEmpty else { return "There is none to choose from." }
    return "Known names: \(candidates.sorted().joined(separator: ", "))."
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
