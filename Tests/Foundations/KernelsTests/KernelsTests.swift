import CKernels
import Foundation
import Kernels
import Testing

@Suite struct KernelsTests {
    /// Numbers of a fixed sequence, some of them 0.
    private struct Numbers {
        var state: UInt64

        mutating func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(Int64(bitPattern: state) >> 11) * 0x1p-52
        }

        mutating func doubles(_ count: Int) -> [Double] { (0..<count).map { _ in next() } }
        mutating func floats(_ count: Int) -> [Float] { (0..<count).map { _ in Float(next()) } }

        mutating func entries(pairs: Int, rows: Int) -> PlainLoops.Entries {
            var entries = PlainLoops.Entries(starts: [0], rows: [], values: [])
            for _ in 0..<pairs {
                for row in 0..<rows where next() > 0.2 {
                    entries.rows.append(Int32(row))
                    entries.values += floats(2)
                }
                entries.starts.append(Int32(entries.rows.count))
            }
            return entries
        }
    }

    private func plain(_ kernels: Kernels) -> PlainLoops { PlainLoops(fuses: kernels.set.fuses) }

    @Test("This machine has one instruction set at least, and the fastest is used unless one is named")
    func choice() {
        #expect(!Kernels.available.isEmpty)
        #expect(Kernels.available.map(\.set) == Kernels.Set.allCases.filter(\.isAvailable))
        #expect(Kernels.objection(in: [:]) == nil && Kernels.objection(in: ["BASIN_KERNEL": ""]) == nil)
        for kernels in Kernels.available {
            #expect(Kernels.objection(in: ["BASIN_KERNEL": kernels.set.rawValue]) == nil)
        }
        let objection = Kernels.objection(in: ["BASIN_KERNEL": "avx3"]) ?? ""
        #expect(objection.contains("avx3") && objection.contains(Kernels.available[0].set.rawValue))
        if ProcessInfo.processInfo.environment["BASIN_KERNEL"] == nil {
            #expect(Kernels.current.set == Kernels.available[0].set)
        }
    }

    @Test("The costly loops have a speed with each instruction set", arguments: Kernels.available)
    func speeds(kernels: Kernels) {
        let speeds = kernels.speeds()
        #expect(
            speeds.map(\.loop) == [
                "sort_entries", "add_products", "add_outer_products", "ratio_test", "exchange", "philox", "project",
            ])
        #expect(speeds.allSatisfy { $0.set == kernels.set })
    }

    @Test(
        "Points' entries are sorted by pair and, within a pair, stay in the order of the points",
        arguments: Kernels.available, [1, 3, 128])
    func sorting(kernels: Kernels, count: Int) {
        var numbers = Numbers(state: 9)
        let (pairs, all) = (21, 200)
        // Pair 4 has none, and so has every seventh point.
        let points = (0..<all).map { point in
            (0..<pairs).filter { $0 != 4 && point % 7 != 0 && numbers.next() > 0.3 }.map {
                (pair: $0, x: Float(numbers.next()), y: Float(numbers.next()))
            }
        }
        let begins = points.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        var presence = [UInt8](repeating: 0, count: all * pairs)
        for (point, entries) in points.enumerated() {
            for entry in entries { presence[point * pairs + entry.pair] = 1 }
        }
        let chosen = (0..<count).map { ($0 * 37 + 5) % all }
        for noise in [nil, numbers.floats(count * pairs * 2)] {
            let expected = PlainLoops.sorted(chosen.map { points[$0] }, pairs: pairs, noise: noise)
            var starts = [Int32](repeating: -1, count: pairs + 1)
            var rows = [Int32](repeating: -1, count: expected.rows.count)
            var values = [Float](repeating: .nan, count: 2 * expected.rows.count)
            func sort(_ noise: UnsafePointer<Float>?) {
                kernels.loops.sort_entries(
                    chosen, count, begins, presence, points.flatMap { $0.map { Int32($0.pair) } },
                    points.flatMap { $0.flatMap { [$0.x, $0.y] } }, noise, pairs, &starts, &rows, &values)
            }
            if let noise { noise.withUnsafeBufferPointer { sort($0.baseAddress) } } else { sort(nil) }
            #expect(starts == expected.starts && rows == expected.rows && values == expected.values)
        }
    }

    @Test("A sparse layer's products and gradients are the plain loops', bit for bit", arguments: Kernels.available)
    func sparseLayer(kernels: Kernels) {
        var numbers = Numbers(state: 1)
        let entries = numbers.entries(pairs: 9, rows: 13)
        var weights = numbers.floats(9 * 128)
        var (sums, expected) = (numbers.floats(13 * 64), [Float]())
        expected = sums
        kernels.loops.add_products(weights, 2, 8, entries.starts, entries.rows, entries.values, &sums)
        plain(kernels).addProducts(weights, 2..<8, entries, to: &expected)
        #expect(sums == expected)

        let delta = numbers.floats(13 * 64)
        expected = weights
        kernels.loops.add_outer_products(
            delta, 9, entries.starts, entries.rows, entries.values, -0.3, &weights)
        plain(kernels).addOuterProducts(delta, entries, -0.3, to: &expected)
        #expect(weights == expected)
    }

    @Test("Scores are the plain loops', bit for bit, for any number of classes", arguments: Kernels.available)
    func scores(kernels: Kernels) {
        var numbers = Numbers(state: 2)
        for (classes, width) in [(2, 9), (3, 4), (4, 1), (6, 5), (10, 9), (11, 17)] {
            let features = numbers.doubles(6 * width * 8)
            let weights = numbers.doubles((classes - 1) * width)
            var found = [Double](repeating: .nan, count: 6 * classes * 8)
            kernels.loops.scores(features, weights, 6, width, classes, &found)
            #expect(
                found == plain(kernels).scores(features, weights, blocks: 6, width: width, classes: classes),
                "\(classes) classes")
        }
    }

    @Test(
        "What blocks first has the least slack over rate, and slacks and rates are brought up to date",
        arguments: Kernels.available)
    func ratioTest(kernels: Kernels) throws {
        var numbers = Numbers(state: 3)
        for (classes, width) in [(2, 9), (5, 3), (10, 9)] {
            let blocks = 9
            let features = numbers.doubles(blocks * width * 8)
            let edge = numbers.doubles((classes - 1) * width)
            let owners = (0..<blocks).map { ($0 * classes) / blocks }
            let before = numbers.doubles(blocks * classes * 8).map { abs($0) }
            let old = numbers.doubles(blocks * classes * 8)
            var (slacks, rates) = (before, old)
            // A point's own class never blocks.
            for block in 0..<blocks {
                for lane in 0..<8 { slacks[(block * classes + owners[block]) * 8 + lane] = 1e30 }
            }
            let start = slacks
            let best = kernels.loops.ratio_test(
                features, owners, blocks, width, classes, &slacks, &rates, edge, 0.1, 0.05, 1e-9)
            let loops = plain(kernels)
            let scores = loops.scores(features, edge, blocks: blocks, width: width, classes: classes)
            var expected: (place: Int, ratio: Double)?
            for place in start.indices {
                let (cell, lane) = place.quotientAndRemainder(dividingBy: 8)
                let own = scores[(cell / classes * classes + owners[cell / classes]) * 8 + lane] + 0.05
                #expect(slacks[place] == max(loops.sum(start[place], 0.1, old[place]), 1e-12))
                #expect(rates[place] == own - scores[place])
                if rates[place] < -1e-9, slacks[place] / -rates[place] < expected?.ratio ?? .infinity {
                    expected = (place, slacks[place] / -rates[place])
                }
            }
            let wanted = try #require(expected)
            #expect(best.cell * 8 + best.lane == wanted.place)
            #expect(best.slack == slacks[wanted.place] && best.rate == -rates[wanted.place])
        }
    }

    @Test("Nothing blocks where no rate is below the tolerance", arguments: Kernels.available)
    func unblocked(kernels: Kernels) {
        let owners = [0, 0, 0]
        var (slacks, rates) = ([Double](repeating: 1, count: 48), [Double](repeating: 0, count: 48))
        let best = kernels.loops.ratio_test(
            [Double](repeating: 1, count: 24), owners, 3, 1, 2, &slacks, &rates, [-1], 0, 0, 1e-9)
        #expect(best.cell == -1)
    }

    @Test("Edges respond, are exchanged and refined as by the plain loops, bit for bit", arguments: Kernels.available)
    func edges(kernels: Kernels) {
        var numbers = Numbers(state: 4)
        let loops = plain(kernels)
        for (classes, width) in [(2, 9), (4, 3), (10, 9)] {
            let count = (classes - 1) * width
            let (size, stride) = (count + 1, (count + 16) / 8 * 8)
            func row(_ values: [Double], _ p: Int) -> ArraySlice<Double> { values[p * stride..<(p + 1) * stride] }
            var edges = (0..<size).flatMap { _ in
                numbers.doubles(size) + [Double](repeating: 0, count: stride - size)
            }
            let constraint = numbers.doubles(width) + [Double](repeating: 0, count: (width + 7) / 8 * 8 - width)
            var response = [Double](repeating: 0, count: size)
            for (winner, loser) in [(1, 0), (0, classes - 1), (classes - 1, 1)] {
                kernels.loops.respond(
                    edges, stride, size, winner, loser, constraint, width, -0.7, count, &response)
                for p in 0..<size {
                    let expected = loops.response(
                        row(edges, p), winner, loser, row: constraint, width: width, objective: -0.7,
                        weightCount: count)
                    #expect(response[p] == expected)
                }
            }

            response[0] = 0
            let (q, before) = (size / 2, edges)
            var (norms, gains) = ([Double](repeating: -1, count: size), [Double](repeating: -1, count: size))
            kernels.loops.exchange(&edges, stride, size, q, response, &norms, &gains, count)
            let entering = row(before, q).map { $0 * (1 / response[q]) }
            for p in 1..<size {
                let expected = zip(row(before, p), entering).map { loops.sum($0, -response[p], $1) }
                #expect(Array(row(edges, p)) == (p == q ? entering : expected))
                #expect(norms[p] == loops.squareNorm(row(edges, p)) && gains[p] == row(edges, p).dropFirst(count).first)
            }
            #expect(Array(row(edges, 0)) == Array(row(before, 0)) && norms[0] == -1)

            var corrected = edges
            kernels.loops.subtract(&corrected, stride, size, response, Array(row(edges, q)))
            for p in 0..<size {
                #expect(
                    Array(row(corrected, p))
                        == zip(row(edges, p), row(edges, q)).map {
                            response[p] == 0 ? $0 : loops.sum($0, -response[p], $1)
                        })
            }
            kernels.loops.square_norms(corrected, stride, size, &norms)
            #expect(norms == (0..<size).map { loops.squareNorm(row(corrected, $0)) })
        }
    }

    @Test("The steepest edge enters; free slots count both ways, and a thousandfold", arguments: Kernels.available)
    func enteringSlot(kernels: Kernels) {
        func slot(_ gains: [Double], _ slots: [Int]) -> Int {
            let norms = gains.indices.map { Double($0 + 1) }
            return kernels.loops.entering_slot(gains, norms, slots, gains.count)
        }
        let held = [Int](repeating: 5, count: 16)
        #expect(slot([Double](repeating: 0, count: 16), held) == -1)
        #expect(slot([Double](repeating: -1, count: 16), held) == -1)
        var numbers = Numbers(state: 5)
        for _ in 0..<50 {
            let gains = numbers.doubles(16)
            func steepness(_ q: Int) -> Double { gains[q] * gains[q] / Double(q + 1) }
            let rising = (0..<16).filter { gains[$0] > 0 }
            #expect(slot(gains, held) == rising.max { steepness($0) < steepness($1) } ?? -1)
            var slots = held
            (slots[3], slots[12]) = (-1, -1)
            let best =
                rising.map { ($0, steepness($0)) }.filter { slots[$0.0] >= 0 }
                + [3, 12].map { ($0, 1e3 * steepness($0)) }
            #expect(slot(gains, slots) == best.max { $0.1 < $1.1 }?.0)
        }
    }

    @Test(
        "Margins are relative to the sums of absolute terms, and what is no number counts as -1",
        arguments: Kernels.available)
    func margins(kernels: Kernels) {
        var numbers = Numbers(state: 6)
        let (classes, width, own) = (4, 5, 2)
        let (features, weights) = (numbers.doubles(8 * width), numbers.doubles(classes * width))
        var work = [Double](repeating: 0, count: 16 * classes)
        var found = [Double](repeating: 0, count: 8)
        kernels.loops.relative_margins(features, weights, width, width, classes, own, &work, &found)
        for lane in 0..<8 {
            func score(_ c: Int) -> (value: Double, size: Double) {
                (0..<width).reduce((0, 0)) {
                    let term = features[8 * $1 + lane] * weights[c * width + $1]
                    return ($0.0 + term, $0.1 + abs(term))
                }
            }
            let margins = (0..<classes).filter { $0 != own }.map {
                (score(own).value - score($0).value) / (score(own).size + score($0).size)
            }
            #expect(found[lane] == margins.min())
        }
        let nothing = [Double](repeating: 0, count: classes * width)
        kernels.loops.relative_margins(features, nothing, width, width, classes, own, &work, &found)
        #expect(found == [Double](repeating: -1, count: 8))
    }

    @Test("Bounds of rivals are the plain loops'", arguments: Kernels.available)
    func rivalBounds(kernels: Kernels) {
        var numbers = Numbers(state: 7)
        let (places, stride, width) = (24, 32, 3)
        let (features, direction) = (numbers.doubles(width * stride), numbers.doubles(width))
        var own = numbers.doubles(places)
        let score = numbers.doubles(places)
        (own[4], own[9]) = (score[4], .infinity)
        var (most, least) = (-1.0, 1.0)
        var rates = [Double](repeating: .nan, count: places)
        kernels.loops.rival_bounds(
            features, stride, width, direction, own, score, places, &rates, &most, &least)
        let expected = (0..<places).map { i in
            (0..<width).reduce(0) { plain(kernels).sum($0, features[$1 * stride + i], direction[$1]) }
        }
        #expect(rates == expected)
        let shares = (0..<places).map { own[$0] == score[$0] ? 0 : -expected[$0] / (own[$0] - score[$0]) }
        #expect(most == max(0, shares.max() ?? 0) && least == min(0, shares.min() ?? 0))
    }

    @Test("What orthonormal columns explain is taken from others, and nothing else", arguments: Kernels.available)
    func projection(kernels: Kernels) {
        var numbers = Numbers(state: 8)
        for (count, rank) in [(7, 1), (1030, 6), (2500, 5)] {
            // Gram and Schmidt's columns.
            var basis: [[Double]] = []
            for _ in 0..<rank {
                var column = numbers.doubles(count)
                for _ in 0..<2 {
                    for other in basis {
                        let share = zip(other, column).reduce(0) { $0 + $1.0 * $1.1 }
                        column = zip(column, other).map { $0 - share * $1 }
                    }
                }
                let length = column.reduce(0) { $0 + $1 * $1 }.squareRoot()
                basis.append(column.map { $0 / length })
            }
            let columns = (0..<3).map { _ in numbers.doubles(count) }
            let shares = columns.map { column in
                basis.map { other in zip(other, column).reduce(0) { $0 + $1.0 * $1.1 } }
            }
            var found = [Double](repeating: .nan, count: 3 * rank)
            kernels.loops.products(basis.flatMap(\.self), rank, columns.flatMap(\.self), 3, count, &found)
            #expect(zip(found, shares.flatMap(\.self)).allSatisfy { abs($0 - $1) < 1e-12 })
            var rests = columns.flatMap(\.self)
            kernels.loops.project(basis.flatMap(\.self), rank, &rests, 3, count, &found)
            #expect(zip(found, shares.flatMap(\.self)).allSatisfy { abs($0 - $1) < 1e-12 })
            for (index, column) in columns.enumerated() {
                for row in 0..<count {
                    let expected = zip(basis, shares[index]).reduce(column[row]) { $0 - $1.0[row] * $1.1 }
                    #expect(abs(rests[index * count + row] - expected) < 1e-12)
                }
            }
        }
    }

    @Test("Sets that fuse give the same bits of sums over many rows")
    func sameBits() {
        let fusing = Kernels.available.filter(\.set.fuses)
        var numbers = Numbers(state: 9)
        let (basis, columns) = (numbers.doubles(5 * 1501), numbers.doubles(2 * 1501))
        let results = fusing.map { kernels in
            var (rests, shares) = (columns, [Double](repeating: 0, count: 10))
            kernels.loops.project(basis, 5, &rests, 2, 1501, &shares)
            return rests + shares
        }
        for result in results { #expect(result == results[0]) }
    }
}
