import CGSL

/// What a condition holds fixed, over the rows that a test uses.
package struct Controls: Sendable {
    /// The configuration of each row, as numbers from 0, held fixed as one category; nil where there is none, or where
    /// its main effects are held instead.
    var categories: [Int]?
    /// The factors behind the configurations, each the level of every row as numbers from 0.
    var factors: [[Int]]
    /// Whether factors are held by their main effects, since there are too few rows for whole configurations.
    var holdsMainEffects: Bool
    /// The seed of each row, as numbers from 0, where configurations share a few seeds; nil otherwise.
    var seeds: [Int]?
    var confounders: [Variable] { didSet { curves = Self.curves(of: confounders) } }
    /// Of the confounders that are not constant.
    private(set) var curves: [CurvePlaces]

    private static func curves(of confounders: [Variable]) -> [CurvePlaces] {
        confounders.compactMap { CurvePlaces(of: $0) }
    }

    package init(
        categories: [Int]?, factors: [[Int]], holdsMainEffects: Bool, seeds: [Int]?, confounders: [Variable]
    ) {
        self.categories = categories
        self.factors = factors
        self.holdsMainEffects = holdsMainEffects
        self.seeds = seeds
        self.confounders = confounders
        curves = Self.curves(of: confounders)
    }
}

/// How flexibly confounders are held fixed. The degrees of freedom grow with the rows, and beyond the least number with
/// what the data carry.
package struct Flexibility: Sendable, Hashable {
    /// Degrees of freedom of each confounder's natural spline that are always there, if the rows allow.
    var leastCurve = 4
    /// The share of the rows that the confounders' first curves may take together.
    var share = 0.25
    /// Further degrees of freedom that a curve may get.
    var furtherCurves = [6, 8, 12]
    /// Those of curves with knots that are closer in the tails.
    var tailCurves = [12, 24]
    /// The share that curves with those may take.
    var furtherShare = 1.0 / 3
    /// The share of all rows that no more columns may pass once interactions are added.
    var mostShare = 0.5
    /// The columns beside the design that they may not pass, however many rows there are.
    package var mostColumns = 100
    /// The p of an F test below which up to four further columns stay. That of more falls with their number, so that
    /// chance adds as many columns whatever is tried: 0.4 where nothing is carried, for each of measure and target.
    package var level = 0.1

    func level(of columns: Int) -> Double { level * min(1, 4 / Double(max(columns, 1))) }

    /// Degrees of freedom that a test needs to be left with.
    var leastResidual = 10

    package init() {}
}

extension HeldColumns {
    /// Holds categories and confounders fixed, for a test of the association of `x` and `y` given them.
    ///
    /// Each confounder is a natural cubic spline of its ranks, all of them jointly. Further columns - finer curves, a
    /// curve for each level of a factor, a slope for each configuration, products of two confounders' curves, seeds
    /// that configurations share, interactions of two factors where configurations are not held - stay if they explain
    /// something of either `x` or `y`, by an F test at a generous level. To ask both is what keeps the test valid after
    /// such a choice: what would bias it has to be linked to both
    /// (double selection: Belloni, Chernozhukov and Hansen, Review of Economic Studies 81, 2014).
    ///
    /// - Parameters: `x` and `y` are scores of ranks.
    /// - Complexity: O(n k²) for n rows and k columns tried.
    package init(_ controls: Controls, x: [Double], y: [Double], _ flexibility: Flexibility) {
        var found = HeldColumns(categories: [])
        Self.each(controls, of: [x], with: y, flexibility) { held, _ in found = held }
        self = found
    }

    /// Calls `body` with the columns that are held fixed for several `x`, once for all x that choose alike, with the
    /// places of these in `all`. What such choices have in common is made once; of what they have not, only the columns
    /// of the one at hand are in memory.
    ///
    /// - Complexity: O(n k²) for each of the different ones, and O(n k) for each x.
    static func each(
        _ controls: Controls, of all: [[Double]], with y: [Double], _ flexibility: Flexibility,
        _ body: (_ held: HeldColumns, _ members: [Int]) -> Void
    ) {
        var start = HeldColumns(categories: controls.categories ?? [Int](repeating: 0, count: y.count))
        if controls.holdsMainEffects {
            for factor in controls.factors { start.add(indicators(factor)) }
        }
        let steps = Step.all(controls, room: max(0, start.residualDegrees - 1), start, flexibility)
        func descend(_ choice: Choice, from first: Int) {
            var choice = choice
            for number in first..<steps.count {
                let step = steps[number]
                guard let most = step.most else {
                    choice.add(step.columns())
                    continue
                }
                let held = choice.held
                guard held.categories - 1 + held.rank + step.number + step.reserved <= most,
                    held.residualDegrees - step.number - step.reserved >= flexibility.leastResidual,
                    let block = held.block(of: step.columns())
                else { continue }
                let (takes, leaves) = choice.split(by: block, flexibility.level(of: block.rank))
                if let takes, leaves != nil { descend(takes, from: number + 1) }
                choice = leaves ?? takes ?? choice
            }
            body(choice.held, choice.members)
        }
        descend(Choice(start, all, y), from: 0)
    }

    /// Columns that are held, or considered.
    private struct Step {
        /// How many there are at most.
        let number: Int
        /// Beyond how many columns with the design they are not considered; nil for those that are always held.
        let most: Int?
        /// Columns that have their place before them.
        let reserved: Int
        let columns: () -> [[Double]]

        static func all(
            _ controls: Controls, room: Int, _ start: HeldColumns, _ flexibility: Flexibility
        ) -> [Step] {
            let design = start.categories - 1 + start.rank
            let curves = controls.curves
            let curve = max(
                2, min(flexibility.leastCurve, Int(flexibility.share * Double(room) / Double(max(curves.count, 1)))))
            let end = min(Int(flexibility.mostShare * Double(start.count)), design + flexibility.mostColumns)
            let most = min(end, design + Int(flexibility.furtherShare * Double(room)))
            var steps: [Step] = []
            // The curves that are always there have their place before what is considered ahead of them.
            var reserved = curves.count * curve
            func consider(_ number: Int, within most: Int, _ columns: @escaping () -> [[Double]]) {
                if number > 0 {
                    steps.append(Step(number: number, most: most, reserved: reserved, columns: columns))
                }
            }
            let levels = controls.factors.map { ($0.max() ?? 0, $0) }
            if controls.holdsMainEffects {
                for (first, second) in pairs(levels.count) {
                    consider(levels[first].0 * levels[second].0, within: end) {
                        products(indicators(levels[first].1), indicators(levels[second].1))
                    }
                }
            }
            if let seeds = controls.seeds { consider(seeds.max() ?? 0, within: end) { indicators(seeds) } }
            reserved = 0
            for places in curves {
                steps.append(
                    Step(number: curve, most: nil, reserved: 0) { places.naturalSpline(degreesOfFreedom: curve) })
            }
            for places in curves {
                for degrees in flexibility.furtherCurves where degrees > curve {
                    consider(degrees, within: most) { places.naturalSpline(degreesOfFreedom: degrees) }
                }
            }
            if let configurations = controls.categories {
                for places in curves {
                    consider(configurations.max() ?? 0, within: end) {
                        products(indicators(configurations), [places.ranks])
                    }
                }
            }
            for (number, factor) in levels {
                for places in curves {
                    consider(3 * number, within: end) {
                        products(indicators(factor), places.naturalSpline(degreesOfFreedom: 3).map(centred))
                    }
                }
            }
            for (first, second) in pairs(curves.count) {
                consider(4, within: end) {
                    products(curves[first].hermiteScores(degree: 2), curves[second].hermiteScores(degree: 2))
                }
            }
            // Last, as they take most of the room.
            for places in curves {
                for degrees in flexibility.tailCurves {
                    consider(degrees, within: end) {
                        places.naturalSpline(degreesOfFreedom: degrees, knots: .normalScores)
                    }
                }
            }
            return steps
        }
    }

    /// A column of 0 and 1 for each level but the first.
    static func indicators(_ levels: [Int]) -> [[Double]] {
        guard let last = levels.max(), last > 0 else { return [] }
        return (1...last).map { level in levels.map { $0 == level ? 1 : 0 } }
    }

    /// Each column of the one times each of the other.
    static func products(_ first: [[Double]], _ second: [[Double]]) -> [[Double]] {
        first.flatMap { a in second.map { b in zip(a, b).map(*) } }
    }
}

private func pairs(_ count: Int) -> [(Int, Int)] {
    (0..<count).flatMap { first in ((first + 1)..<max(count, first + 1)).map { (first, $0) } }
}

/// Columns that some x hold fixed, with what these leave of them and of y.
private struct Choice {
    private(set) var held: HeldColumns
    private(set) var members: [Int]
    /// Of each member; nil where that is nothing.
    private var restsX: [Rest?]
    private var restY: Rest?

    init(_ held: HeldColumns, _ all: [[Double]], _ y: [Double]) {
        self.held = held
        members = Array(all.indices)
        restsX = all.map { Rest(scaled($0), held) }
        restY = Rest(scaled(y), held)
    }

    mutating func add(_ columns: [[Double]]) {
        guard let block = held.block(of: columns) else { return }
        held.add(block)
        restsX = restsX.map { $0?.beside(block) }
        restY = restY?.beside(block)
    }

    /// Those members that hold the block, too, as it explains something of them or of y, and those that do not; nil for
    /// none.
    func split(by block: ColumnBlock, _ level: Double) -> (takes: Choice?, leaves: Choice?) {
        var wider = self
        wider.held.add(block)
        wider.restY = restY?.beside(block)
        let isForAll = pValue(wider.restY, restY, wider.held) < level
        wider.restsX = restsX.map { $0?.beside(block) }
        let takes = members.indices.map { isForAll || pValue(wider.restsX[$0], restsX[$0], wider.held) < level }
        return (wider.only { takes[$0] }, only { !takes[$0] })
    }

    private func only(_ isIn: (Int) -> Bool) -> Choice? {
        var part = self
        let places = members.indices.filter(isIn)
        part.members = places.map { members[$0] }
        part.restsX = places.map { restsX[$0] }
        return places.isEmpty ? nil : part
    }

    /// The p of the F test that the columns beyond the narrower ones explain nothing more; 1 where there are no degrees
    /// of freedom or nothing was left before, and 0 where nothing is left with them.
    private func pValue(_ wide: Rest?, _ narrow: Rest?, _ wider: HeldColumns) -> Double {
        let more = wider.rank - held.rank
        guard more > 0, wider.residualDegrees > 0, let narrow else { return 1 }
        guard let wide else { return 0 }
        let ratio =
            max(narrow.square - wide.square, 0) / Double(more) / (wide.square / Double(wider.residualDegrees))
        return gsl_cdf_fdist_Q(ratio, Double(more), Double(wider.residualDegrees))
    }

    /// What is left of a column.
    private struct Rest {
        private var values: [Double]
        /// Of the whole column.
        private let total: Double
        private(set) var square: Double

        /// - Returns: nil where that is nothing.
        init?(_ column: [Double], _ held: HeldColumns) {
            guard let rest = held.remainder(of: column) else { return nil }
            values = rest
            let whole = centred(column)
            total = dot(whole, whole)
            square = dot(rest, rest)
        }

        func beside(_ block: ColumnBlock) -> Rest? {
            var left = self
            block.project(&left.values)
            left.square = dot(left.values, left.values)
            return left.square > HeldColumns.leastShare * HeldColumns.leastShare * total ? left : nil
        }
    }
}
