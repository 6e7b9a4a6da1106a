/// How many pairs of models two columns order alike, the other way round, or not at all.
struct PairAgreement: Equatable {
    var concordant = 0
    var discordant = 0
    /// Tied in the measure, not in the target.
    var tiedInMeasure = 0
    /// Tied in the target, whatever the measure does.
    var tiedInTarget = 0

    /// A model's places in the two columns: whole numbers, so that equality is exact and sorting fast.
    struct Places {
        var measure: UInt32
        var target: UInt32
    }

    /// Tied in either column.
    var tied: Int { tiedInMeasure + tiedInTarget }
    /// All pairs.
    var pairs: Int { concordant + discordant + tied }
    /// The sum of sign · sign over pairs, ties counting 0.
    var balance: Int { concordant - discordant }

    /// None.
    init() {}

    /// All pairs among `models`, which are numbers into `places`.
    /// - Complexity: O(m log m) by Knight's method (JASA 61, 1966).
    init(among models: [Int], _ places: [Places]) {
        // Below some 30 models comparing every pair is faster than sorting twice.
        guard models.count > 32 else {
            for (position, model) in models.enumerated() {
                for other in models[..<position] { count(places[model], places[other]) }
            }
            return
        }
        let ordered = models.map { UInt64(places[$0].measure) << 32 | UInt64(places[$0].target) }.sorted()
        var targets = ordered.map { UInt32(truncatingIfNeeded: $0) }
        discordant = sortCountingInversions(&targets)
        let all = models.count * (models.count - 1) / 2
        tiedInMeasure = tiedPairs(ordered) { $0 >> 32 == $1 >> 32 } - tiedPairs(ordered, areEqual: ==)
        tiedInTarget = tiedPairs(targets, areEqual: ==)
        concordant = all - tied - discordant
    }

    /// The pairs of one model of `first` and one of `second`: all pairs of both but those within each.
    /// - Complexity: O(m log m) for m models.
    init(between first: [Int], _ second: [Int], _ places: [Places]) {
        // For so few comparing every pair is faster than sorting both.
        guard first.count * second.count > 64 * (first.count + second.count) else {
            self.init()
            for model in first {
                for other in second { count(places[model], places[other]) }
            }
            return
        }
        self.init(among: first + second, places)
        self -= PairAgreement(among: first, places)
        self -= PairAgreement(among: second, places)
    }

    private mutating func count(_ a: Places, _ b: Places) {
        if a.target == b.target {
            tiedInTarget += 1
        } else if a.measure == b.measure {
            tiedInMeasure += 1
        } else if (a.measure < b.measure) == (a.target < b.target) {
            concordant += 1
        } else {
            discordant += 1
        }
    }

    static func += (sum: inout PairAgreement, more: PairAgreement) {
        sum.concordant += more.concordant
        sum.discordant += more.discordant
        sum.tiedInMeasure += more.tiedInMeasure
        sum.tiedInTarget += more.tiedInTarget
    }

    static func -= (sum: inout PairAgreement, less: PairAgreement) {
        sum.concordant -= less.concordant
        sum.discordant -= less.discordant
        sum.tiedInMeasure -= less.tiedInMeasure
        sum.tiedInTarget -= less.tiedInTarget
    }
}

/// Pairs of equal elements, which stand beside each other.
private func tiedPairs<Element>(_ sorted: [Element], areEqual: (Element, Element) -> Bool) -> Int {
    var pairs = 0
    var run = 0
    for index in sorted.indices.dropFirst() {
        run = areEqual(sorted[index - 1], sorted[index]) ? run + 1 : 0
        pairs += run
    }
    return pairs
}
