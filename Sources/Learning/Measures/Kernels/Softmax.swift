import Foundation

/// Class probabilities in float64, from logits shifted by their largest value.
///
/// - Parameters:
///   - logits: classCount values at `start`.
///   - probabilities: receives classCount values that sum to 1.
func softmax(_ logits: [some BinaryFloatingPoint], from start: Int, into probabilities: inout [Double]) {
    var largest = -Double.infinity
    for c in probabilities.indices { largest = max(largest, Double(logits[start + c])) }
    var sum = 0.0
    for c in probabilities.indices {
        probabilities[c] = exp(Double(logits[start + c]) - largest)
        sum += probabilities[c]
    }
    for c in probabilities.indices { probabilities[c] /= sum }
}
