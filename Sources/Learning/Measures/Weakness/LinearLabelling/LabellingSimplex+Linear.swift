// The simplex's linear algebra: everything that costs time, eight doubles at a time.

extension LabellingSimplex {
    @inline(__always)
    private func lanes(_ pointer: UnsafePointer<Double>) -> Lanes {
        UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self)
    }

    @inline(__always)
    private func store(_ value: Lanes, _ pointer: UnsafeMutablePointer<Double>) {
        UnsafeMutableRawPointer(pointer).storeBytes(of: value, as: Lanes.self)
    }

    /// (v_a - v_b)·r for a vector in the layout of x and a zero-padded row r.
    @inline(__always)
    func rowProduct(
        _ vector: UnsafePointer<Double>, _ a: Int, _ b: Int, row: UnsafePointer<Double>
    ) -> Double {
        var sum = Lanes()
        var j = 0
        while j < width {
            let r = lanes(row + j)
            if a > 0 { sum = multiplyAdd(sum, lanes(vector + (a - 1) * width + j), r) }
            if b > 0 { sum = multiplyAdd(sum, lanes(vector + (b - 1) * width + j), -r) }
            j += 8
        }
        return sum.sum()
    }

    /// (v_c - v_k)·p for the class c and the probe p aimed at and every class k; 0 for k = c.
    func targetProducts(of vector: UnsafePointer<Double>, into products: UnsafeMutablePointer<Double>) {
        for k in 0..<classCount { products[k] = rowProduct(vector, k, 0, row: targetProbe.pointer) }
        let own = products[targetClass]
        for k in 0..<classCount { products[k] = own - products[k] }
    }

    /// min over rivals of (w_c - w_k)·p at the vertex at hand.
    func margin(of probe: [Double], class wanted: Int) -> Double {
        for j in 0..<width { rowBuffer.pointer[j] = probe[j] }
        var least = Double.infinity
        for k in 0..<classCount where k != wanted {
            least = min(least, rowProduct(state, wanted, k, row: rowBuffer.pointer))
        }
        return least
    }

    /// The steepest improving edge: largest g² / |edge|² over g > 0; free slots count both ways, and first.
    func enteringSlot() -> Int? {
        var best = Lanes(repeating: 1e-18)
        var place = SIMD8<Int64>(repeating: -1)
        let step = SIMD8<Int64>(0, 1, 2, 3, 4, 5, 6, 7)
        var q = 0
        while q < size {
            let g = lanes(gains.pointer + q)
            let held = UnsafeRawPointer(slots + q).loadUnaligned(as: SIMD8<Int64>.self)
            let isFree = held .== Int64(Slot.free)
            let weight = Lanes(repeating: 1).replacing(with: 1e3, where: isFree)
            let steepness = g * g / lanes(edgeNorms.pointer + q) * weight
            let improves = (steepness .> best) .& (isFree .| (g .> 0))
            best.replace(with: steepness, where: improves)
            place.replace(with: SIMD8(repeating: Int64(q)) &+ step, where: improves)
            q += 8
        }
        var winner: Int?
        var limit = 0.0
        for lane in 0..<8 where place[lane] >= 0 && best[lane] > limit {
            (winner, limit) = (Int(place[lane]), best[lane])
        }
        return winner
    }

    /// A slot's constraint: the class that must win, the one that must lose, the zero-padded features, and the
    /// coefficient of s. Nil for the ceiling -s >= 0.
    private func constraint(
        _ slot: Int
    ) -> (winner: Int, loser: Int, row: UnsafePointer<Double>, objective: Double)? {
        if slot == Slot.ceiling { return nil }
        if slot < Slot.ceiling { return (targetClass, Slot.rival(slot), UnsafePointer(targetProbe.pointer), -1) }
        let (lane, other) = slot.quotientAndRemainder(dividingBy: classCount)
        let (block, position) = lane.quotientAndRemainder(dividingBy: 8)
        for j in 0..<width { rowBuffer.pointer[j] = blocks.features[block * width + j][position] }
        return (blocks.classOfBlock[block], other, UnsafePointer(rowBuffer.pointer), objectiveInTraining)
    }

    /// Fills `response` with a·edge for every edge, a being the slot's constraint.
    func respond(to slot: Int, edges: UnsafeMutablePointer<Double>) {
        let out = response.pointer
        guard let (winner, loser, row, objective) = constraint(slot) else {
            for p in 0..<size { out[p] = -edges[p * stride + weightCount] }
            return
        }
        for p in 0..<size {
            let edge = edges + p * stride
            out[p] = rowProduct(edge, winner, loser, row: row) + objective * edge[weightCount]
        }
    }

    /// One step of iterative refinement: from multipliers y takes edge · (Σ y a + e), e the objective's unit vector,
    /// which is nothing where Σ y a = -e.
    func refine(_ multipliers: inout [Double]) {
        var excess = [Double](repeating: 0, count: stride)
        excess[weightCount] = 1
        for q in 0..<size where slots[q] != Slot.free {
            guard let (winner, loser, row, objective) = constraint(slots[q]) else {
                excess[weightCount] -= multipliers[q]
                continue
            }
            excess[weightCount] += multipliers[q] * objective
            for j in 0..<width {
                if winner > 0 { excess[(winner - 1) * width + j] += multipliers[q] * row[j] }
                if loser > 0 { excess[(loser - 1) * width + j] -= multipliers[q] * row[j] }
            }
        }
        for q in 0..<size {
            var product = 0.0
            for i in 0..<size { product += edges[q * stride + i] * excess[i] }
            multipliers[q] -= product
        }
    }

    /// Makes the constraint tight in slot q, using the responses to it.
    func exchange(_ q: Int, for slot: Int) {
        let out = response.pointer
        let entering = edges + q * stride
        let inverse = 1 / out[q]
        var norm = Lanes()
        var i = 0
        while i < stride {
            let value = lanes(entering + i) * inverse
            store(value, entering + i)
            norm = multiplyAdd(norm, value, value)
            i += 8
        }
        edgeNorms.pointer[q] = norm.sum()
        gains.pointer[q] = entering[weightCount]
        for p in 0..<size where p != q && out[p] != 0 {
            let edge = edges + p * stride
            let factor = Lanes(repeating: -out[p])
            var norm = Lanes()
            var i = 0
            while i < stride {
                let value = multiplyAdd(lanes(edge + i), factor, lanes(entering + i))
                store(value, edge + i)
                norm = multiplyAdd(norm, value, value)
                i += 8
            }
            edgeNorms.pointer[p] = norm.sum()
            gains.pointer[p] = edge[weightCount]
        }
        slots[q] = slot
    }

    /// One pass over all training constraints: brings slacks up to date with the last step, computes the rates of
    /// change along `edge`, and finds the constraint that blocks first (by cross-multiplication, no division).
    ///
    /// - Returns: its slot, its slack and minus its rate; nil when none shrinks faster than `tolerance`.
    func scanTraining(
        along edge: UnsafeMutablePointer<Double>, tolerance: Double
    ) -> (slot: Int, slack: Double, rate: Double)? {
        let (slacks, rates, scores) = (slackMemory.pointer, rateMemory.pointer, scoreMemory.pointer)
        blocks.scores(edge, into: scores)
        let objectiveRate = Lanes(repeating: objectiveInTraining * edge[weightCount])
        let step = Lanes(repeating: pendingStep)
        let threshold = Lanes(repeating: -tolerance)
        let classOfBlock = blocks.classOfBlock
        let floor = Lanes(repeating: 1e-12)
        // Three blocks at a time, for one chain of comparisons would wait for itself; written out, as calls on a struct
        // are not inlined here. A rate of 0 stands for a ratio of infinity, a cell of -1 for none. A point's own class
        // is visited too; its slack is too large to block.
        let none = (slack: Lanes(repeating: 1), rate: Lanes(), cell: Lanes(repeating: -1))
        var (slack0Best, rate0Best, cell0Best) = none
        var (slack1Best, rate1Best, cell1Best) = none
        var (slack2Best, rate2Best, cell2Best) = none
        let k = classCount
        for block in Swift.stride(from: 0, to: blocks.count, by: 3) {
            let cell = block * k
            let own0 = scores[cell + classOfBlock[block]] + objectiveRate
            let own1 = scores[cell + k + classOfBlock[block + 1]] + objectiveRate
            let own2 = scores[cell + 2 * k + classOfBlock[block + 2]] + objectiveRate
            for c in 0..<k {
                let (i0, i1, i2) = (cell + c, cell + k + c, cell + 2 * k + c)
                let slack0 = larger(multiplyAdd(slacks[i0], step, rates[i0]), floor)
                let slack1 = larger(multiplyAdd(slacks[i1], step, rates[i1]), floor)
                let slack2 = larger(multiplyAdd(slacks[i2], step, rates[i2]), floor)
                let (rate0, rate1, rate2) = (own0 - scores[i0], own1 - scores[i1], own2 - scores[i2])
                (slacks[i0], slacks[i1], slacks[i2]) = (slack0, slack1, slack2)
                (rates[i0], rates[i1], rates[i2]) = (rate0, rate1, rate2)
                let near0 = (slack0 * rate0Best .< slack0Best * -rate0) .& (rate0 .< threshold)
                slack0Best.replace(with: slack0, where: near0)
                rate0Best.replace(with: -rate0, where: near0)
                cell0Best.replace(with: Lanes(repeating: Double(i0)), where: near0)
                let near1 = (slack1 * rate1Best .< slack1Best * -rate1) .& (rate1 .< threshold)
                slack1Best.replace(with: slack1, where: near1)
                rate1Best.replace(with: -rate1, where: near1)
                cell1Best.replace(with: Lanes(repeating: Double(i1)), where: near1)
                let near2 = (slack2 * rate2Best .< slack2Best * -rate2) .& (rate2 .< threshold)
                slack2Best.replace(with: slack2, where: near2)
                rate2Best.replace(with: -rate2, where: near2)
                cell2Best.replace(with: Lanes(repeating: Double(i2)), where: near2)
            }
        }
        pendingStep = 0
        var best: (slot: Int, slack: Double, rate: Double)?
        for (slack, rate, cell) in [
            (slack0Best, rate0Best, cell0Best), (slack1Best, rate1Best, cell1Best), (slack2Best, rate2Best, cell2Best),
        ] {
            for lane in 0..<8 where cell[lane] >= 0 {
                if let found = best, slack[lane] * found.rate >= found.slack * rate[lane] { continue }
                let (block, other) = Int(cell[lane]).quotientAndRemainder(dividingBy: classCount)
                best = ((block * 8 + lane) * classCount + other, slack[lane], rate[lane])
            }
        }
        return best
    }

    /// Adds the step that slacks do not contain yet.
    func settle() {
        guard pendingStep != 0 else { return }
        let (slacks, rates) = (slackMemory.pointer, rateMemory.pointer)
        for cell in 0..<blocks.count * classCount {
            slacks[cell] = larger(slacks[cell] + pendingStep * rates[cell], Lanes(repeating: 1e-12))
        }
        pendingStep = 0
    }

    /// All slacks afresh from x; lanes without a point never block.
    func recomputeSlacks() {
        let (slacks, margins, scores) = (slackMemory.pointer, marginMemory.pointer, scoreMemory.pointer)
        blocks.scores(state, into: scores)
        let shift = objectiveInTraining * state[weightCount]
        var worst = Lanes()
        for block in 0..<blocks.count {
            let own = blocks.classOfBlock[block]
            let cell = block * classCount
            for c in 0..<classCount {
                if c == own {
                    slacks[cell + c] = Lanes(repeating: 1e30)
                    continue
                }
                var slack = scores[cell + own] - scores[cell + c] + shift - margins[cell + c]
                for lane in 0..<8 where blocks.pointOfLane[block * 8 + lane] < 0 { slack[lane] = 1e30 }
                worst.replace(with: slack, where: slack .< worst)
                slacks[cell + c] = larger(slack, Lanes(repeating: 1e-12))
            }
        }
        // A NaN would compare as no violation.
        largestViolation = state[weightCount].isFinite ? -worst.min() : .infinity
        if targetClass >= 0 {
            targetProducts(of: state, into: targetSlacks.pointer)
            for k in 0..<classCount {
                targetSlacks.pointer[k] = max(targetSlacks.pointer[k] - state[weightCount], 1e-12)
            }
        }
        slacksRecomputed()
    }

    /// Removes rounding errors: one Newton step of the edges towards the inverse of the tight constraints, then x onto
    /// those constraints, then slacks afresh.
    ///
    /// - Complexity: O(size³).
    func refactor() {
        settle()
        spareMemory.pointer.update(from: edges, count: size * stride)
        let old = spareMemory.pointer
        let unchanged = Array(UnsafeBufferPointer(start: state, count: stride))
        for r in 0..<size where slots[r] != Slot.free {
            respond(to: slots[r], edges: old)
            let out = response.pointer
            out[r] -= 1
            let edge = old + r * stride
            for p in 0..<size where out[p] != 0 {
                let factor = Lanes(repeating: -out[p])
                let corrected = edges + p * stride
                var i = 0
                while i < stride {
                    store(multiplyAdd(lanes(corrected + i), factor, lanes(edge + i)), corrected + i)
                    i += 8
                }
            }
            let excess = residual(of: slots[r], at: unchanged)
            for i in 0..<size { state[i] -= excess * edge[i] }
        }
        for p in 0..<size {
            var norm = Lanes()
            var i = 0
            while i < stride {
                let value = lanes(edges + p * stride + i)
                norm = multiplyAdd(norm, value, value)
                i += 8
            }
            edgeNorms.pointer[p] = norm.sum()
            gains.pointer[p] = edges[p * stride + weightCount]
        }
        recomputeSlacks()
        factored()
    }

    /// a·x - b of a tight constraint: what x misses it by.
    private func residual(of slot: Int, at x: [Double]) -> Double {
        x.withUnsafeBufferPointer { x in
            guard let base = x.baseAddress else { return 0 }
            guard let (winner, loser, row, objective) = constraint(slot) else { return -base[weightCount] }
            let value = rowProduct(base, winner, loser, row: row) + objective * base[weightCount]
            guard slot >= 0 else { return value }
            let (lane, other) = slot.quotientAndRemainder(dividingBy: classCount)
            return value - marginMemory.pointer[lane / 8 * classCount + other][lane % 8]
        }
    }
}
