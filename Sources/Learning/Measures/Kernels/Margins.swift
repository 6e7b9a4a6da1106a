import Foundation

/// z_y - max_{c ≠ y} z_c of each point, and the class that is nearest.
struct Margins {
    let values: [Double]
    /// The largest other class; the lowest among equals.
    let rivals: [Int]

    init(logits: [Double], labels: [UInt8], classes: Int) {
        var (values, rivals): ([Double], [Int]) = ([], [])
        for (point, label) in labels.enumerated() {
            let start = point * classes
            var rival = label == 0 ? 1 : 0
            for c in 0..<classes where c != Int(label) && logits[start + c] > logits[start + rival] { rival = c }
            values.append(logits[start + Int(label)] - logits[start + rival])
            rivals.append(rival)
        }
        (self.values, self.rivals) = (values, rivals)
    }

    /// γ, the ⌊n/10⌋-th smallest, at least the smallest; nil without points.
    var tenthPercentile: Double? {
        values.isEmpty ? nil : values.sorted()[max(1, values.count / 10) - 1]
    }
}

/// The max(1, ⌈q n⌉)-th smallest of n values.
///
/// - Precondition: at least one value.
func orderStatistic(_ values: [Double], _ share: Double) -> Double {
    values.sorted()[max(1, Int((share * Double(values.count)).rounded(.up))) - 1]
}

/// How many points have their own class as the largest logit; ties go to the lowest class.
func correctCount(logits: [Double], labels: some Collection<UInt8>, classes: Int) -> Int {
    var (count, start) = (0, 0)
    for label in labels {
        if largest(logits, from: start, classes) == Int(label) { count += 1 }
        start += classes
    }
    return count
}

/// The class of the largest logit, the lowest among equals.
func largest(_ logits: [Double], from start: Int, _ classes: Int) -> Int {
    var best = 0
    for c in 1..<max(classes, 1) where logits[start + c] > logits[start + best] { best = c }
    return best
}

/// The mean over points of log Σ exp(z) - z_y, shifted by the largest logit.
func meanCrossEntropy(logits: [Double], labels: some Collection<UInt8>, classes: Int) -> Double {
    guard !labels.isEmpty else { return 0 }
    return sumOfCrossEntropies(logits: logits, labels: labels, classes: classes) / Double(labels.count)
}

func sumOfCrossEntropies(logits: [Double], labels: some Collection<UInt8>, classes: Int) -> Double {
    var (total, start) = (0.0, 0)
    for label in labels {
        let top = logits[start + largest(logits, from: start, classes)]
        var sum = 0.0
        for c in 0..<classes { sum += exp(logits[start + c] - top) }
        total += log(sum) + top - logits[start + Int(label)]
        start += classes
    }
    return total
}
