import Foundation

/// Words of the exhaustive history of a string: each the shortest that does not occur in what precedes its last symbol,
/// but perhaps the last (Lempel and Ziv, IEEE Trans. Inf. Theory 22, 1976).
///
/// - Complexity: O(n²) comparisons in the worst case.
package func lempelZivWords(_ symbols: [UInt8]) -> Int {
    var (words, start) = (0, 0)
    while start < symbols.count {
        var length = 1
        var origin = 0
        // The word grows while some earlier beginning still matches it.
        while start + length <= symbols.count {
            var isFound = false
            while origin + length <= start + length - 1 {
                var matched = 0
                while matched < length, symbols[origin + matched] == symbols[start + matched] { matched += 1 }
                if matched == length {
                    isFound = true
                    break
                }
                origin += 1
            }
            guard isFound else { break }
            length += 1
        }
        words += 1
        start += length
    }
    return words
}

/// log₂ N · (w(s) + w(reversed s))/2; log₂ N for a string of one symbol (Dingle, Camargo and Louis, Nature
/// Communications 9, 2018).
package func lempelZivComplexity(_ symbols: [UInt8]) -> Double {
    let size = log2(Double(symbols.count))
    guard Set(symbols).count > 1 else { return size }
    return size * Double(lempelZivWords(symbols) + lempelZivWords(symbols.reversed())) / 2
}
