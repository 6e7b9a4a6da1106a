import Statistics
import Testing

@Suite struct FlexibleControlsTests {
    private func held(
        _ x: [Double], _ y: [Double], categories: [Int]? = nil, factors: [[Int]] = [], mainEffects: Bool = false,
        seeds: [Int]? = nil, _ confounders: [[Double]] = []
    ) -> HeldColumns {
        HeldColumns(
            Controls(
                categories: categories, factors: factors, holdsMainEffects: mainEffects, seeds: seeds,
                confounders: variables(confounders)), x: centredRanks(x), y: centredRanks(y), Flexibility())
    }

    /// The share of a column's variance, beside a constant, that is left.
    private func shareLeft(_ column: [Double], _ held: HeldColumns) -> Double {
        func squares(_ held: HeldColumns) -> Double {
            (held.remainder(of: column) ?? []).reduce(0) { $0 + $1 * $1 }
        }
        return squares(held) / squares(HeldColumns([], count: column.count))
    }

    /// A slope and noise.
    private func linked(_ column: [Double], _ numbers: inout SeededNumbers) -> [Double] {
        column.map { 2 * $0 + numbers.normal() }
    }

    @Test("A product of two confounders is held fixed where measure or target follow it, and is not where none does")
    func product() {
        var numbers = SeededNumbers(seed: 23)
        var free = 0
        for _ in 0..<40 {
            let (a, b) = (numbers.normals(150), numbers.normals(150))
            let product = zip(a, b).map(*)
            let (x, y) = (linked(a, &numbers), linked(b, &numbers))
            free += shareLeft(product, held(x, y, [a, b])) > 0.8 ? 1 : 0
            #expect(shareLeft(product, held(linked(product, &numbers), y, [a, b])) < 0.3)
            #expect(shareLeft(product, held(x, linked(product, &numbers), [a, b])) < 0.3)
        }
        // By chance it stays in one of five.
        #expect(free > 22, "\(free)")
    }

    @Test("A slope for each configuration is held fixed where they differ, and a curve for each level")
    func slopes() {
        var numbers = SeededNumbers(seed: 24)
        let z = numbers.normals(160)
        let categories = (0..<160).map { $0 % 4 }
        let turned = zip(z, categories).map { $0 * Double($1 - 1) }
        let bent = zip(z, categories).map { $1 < 2 ? $0 * $0 : -$0 }
        let noise = numbers.normals(160)
        let plain = held(z, noise, categories: categories, [z])
        #expect(plain.categories == 4 && plain.rank <= 4)
        #expect(shareLeft(turned, plain) > 0.4)
        let slopes = held(linked(turned, &numbers), noise, categories: categories, [z])
        #expect(slopes.rank >= 7 && shareLeft(turned, slopes) < 0.1)
        let factors = [categories.map { $0 / 2 }, categories.map { $0 % 2 }]
        let curves = held(noise, linked(bent, &numbers), categories: categories, factors: factors, [z])
        #expect(shareLeft(bent, plain) > 0.4 && shareLeft(bent, curves) < 0.1)
    }

    @Test("Seeds that configurations share are held fixed where they matter")
    func seeds() {
        var numbers = SeededNumbers(seed: 25)
        let (categories, seeds) = ((0..<80).map { $0 / 8 }, (0..<80).map { $0 % 8 })
        let effects = numbers.normals(8)
        let column = seeds.map { effects[$0] }
        let (x, y) = (linked(column, &numbers), numbers.normals(80))
        let found = held(x, y, categories: categories, seeds: seeds)
        #expect(found.rank == 7 && found.categories == 10 && found.residualDegrees == 63)
        #expect(found.remainder(of: column) == nil)
        #expect(held(x, y, categories: categories).rank == 0)
    }

    @Test("Where too few models repeat configurations main effects are held, and an interaction that data carry")
    func mainEffects() {
        var numbers = SeededNumbers(seed: 26)
        let (a, b) = ((0..<60).map { $0 % 3 }, (0..<60).map { $0 / 3 % 2 })
        let both = zip(a, b).map { $0 == 2 && $1 == 1 ? 1.0 : 0 }
        let additive = zip(a, b).map { Double($0) + 2 * Double($1) }
        let x = additive.map { $0 + numbers.normal() }, y = numbers.normals(60)
        let plain = held(x, y, factors: [a, b], mainEffects: true)
        #expect(plain.categories == 1 && plain.rank == 3 && plain.remainder(of: additive) == nil)
        #expect(plain.remainder(of: both) != nil)
        let found = held(both.map { 3 * $0 + numbers.normal() }, y, factors: [a, b], mainEffects: true)
        #expect(found.rank == 5 && found.remainder(of: both) == nil)
    }

    @Test("A curve of a confounder is as fine as the data carry: more waves take more columns")
    func curves() {
        var numbers = SeededNumbers(seed: 27)
        let z = (0..<200).map { Double($0) / 200 }
        let noise = numbers.normals(200)
        #expect(held(linked(z, &numbers), noise, [z]).rank <= 6)
        // Three arches.
        let waves = z.map { place -> Double in
            let share = (3 * place).truncatingRemainder(dividingBy: 1)
            return 8 * share * (1 - share)
        }
        let found = held(linked(waves, &numbers), noise, [z])
        #expect(found.rank > 4 && shareLeft(waves, found) < 0.1)
    }

    @Test(
        "Columns that carry nothing stay as often as two tests at their level do, more of them more seldom",
        arguments: [true, false])
    func chance(holdsConfigurations: Bool) {
        var numbers = SeededNumbers(seed: 28)
        let (first, second) = ((0..<48).map { $0 / 8 }, (0..<48).map { $0 % 8 })
        var more = 0
        for _ in 0..<600 {
            let controls =
                holdsConfigurations
                ? Controls(categories: first, factors: [], holdsMainEffects: false, seeds: second, confounders: [])
                : Controls(
                    categories: nil, factors: [first.map { $0 % 3 }, second.map { $0 % 2 }], holdsMainEffects: true,
                    seeds: nil, confounders: [])
            let found = HeldColumns(controls, x: numbers.normals(48), y: numbers.normals(48), Flexibility())
            more += found.rank > (holdsConfigurations ? 0 : 3) ? 1 : 0
        }
        // Seven seeds are tested at 4/7 of a tenth, two interactions at a tenth.
        let kept = 1 - (holdsConfigurations ? 0.4 / 7 : 0.1)
        #expect(isNear(more, of: 600, expected: 1 - kept * kept), "\(more)")
    }

    @Test("No more columns than the budgets allow, whatever data carry", arguments: [20, 50, 100], [1, 4])
    func budgets(models: Int, count: Int) {
        var most = 0
        for seed in 0..<20 as Range<UInt64> {
            for levels in [1, 4] {
                var numbers = SeededNumbers(seed: seed)
                let confounders = (0..<count).map { _ in numbers.normals(models) }
                let categories = levels > 1 ? (0..<models).map { $0 % levels } : nil
                let seeds = categories.map { _ in (0..<models).map { $0 / levels } }
                // All that could be held fixed, strongly.
                let column = (0..<models).map { row in
                    let product = confounders.reduce(1.0) { $0 * $1[row] }
                    let level = Double(row % levels + 1), wave = confounders[0][row] * confounders[0][row]
                    return level * confounders[0][row] + 3 * wave + product + level
                }
                let (x, y) = (linked(column, &numbers), linked(column, &numbers))
                let found = held(
                    x, y, categories: categories, factors: categories.map { [$0] } ?? [], seeds: seeds, confounders)
                let room = models - levels - 1
                let least = levels - 1 + count * max(2, min(4, room / 4 / count))
                let columns = found.categories - 1 + found.rank
                #expect(columns <= max(least, models / 2), "\(columns) of \(models)")
                #expect(columns <= least || found.residualDegrees >= 10)
                #expect(found.residualDegrees == models - 1 - columns)
                most = max(most, columns - least)
            }
        }
        // Where there is room, it is used.
        #expect(models < 50 || most > 0)
    }

    @Test("The fewest models leave no less than nothing", arguments: 3...14)
    func few(models: Int) {
        var numbers = SeededNumbers(seed: 29)
        for levels in [1, 2, 3] {
            let confounders = (0..<4).map { _ in numbers.normals(models) }
            let categories = (0..<models).map { $0 % levels }
            let found = held(
                numbers.normals(models), numbers.normals(models), categories: categories, factors: [categories],
                seeds: (0..<models).map { $0 / levels }, confounders)
            #expect(found.residualDegrees == models - levels - found.rank && found.residualDegrees >= 0)
        }
    }

    @Test("A constant confounder holds nothing fixed")
    func constant() {
        var numbers = SeededNumbers(seed: 30)
        let (x, y, z) = (numbers.normals(60), numbers.normals(60), numbers.normals(60))
        let two = [z, z.map { _ in 0.1 }]
        #expect(held(x, y, [two[1]]).rank == 0)
        #expect(held(x, y, two).remainder(of: x) == held(x, y, [z]).remainder(of: x))
    }

    @Test("What only a U-shaped confounder links is told from nothing in 5 of 100 studies; given a line in nearly all")
    func level() throws {
        var numbers = SeededNumbers(seed: 31)
        var (curved, line) = (0, 0)
        for study in 0..<400 {
            let z = numbers.normals(80)
            let x = z.map { $0 * $0 + 0.7 * numbers.normal() }, y = z.map { $0 * $0 + 0.7 * numbers.normal() }
            func pValue(_ held: HeldColumns) throws -> Double {
                let leftX = try #require(held.remainder(of: centredRanks(x)))
                let leftY = try #require(held.remainder(of: centredRanks(y)))
                let permutation = Permutation(seed: UInt64(study), permutations: 199)
                let test = ResidualTest(
                    leftX, leftY, total: 1, degreesOfFreedom: held.residualDegrees - 1, columns: held.rank, .rows,
                    permutation)
                return try #require(test).pValue
            }
            curved += try pValue(held(x, y, [z])) <= 0.05 ? 1 : 0
            line += try pValue(HeldColumns([midranks(z)], count: 80)) <= 0.05 ? 1 : 0
        }
        #expect(Double(curved) / 400 < 0.05 + 3 * (0.05 * 0.95 / 400).squareRoot(), "\(curved)")
        #expect(line > 350, "\(line)")
    }
}
