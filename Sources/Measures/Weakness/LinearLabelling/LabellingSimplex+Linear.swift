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

    /// Puts features into the row buffer, zero-padded, for `rowProduct`.
    func load(_ features: [Double]) {
        for j in 0..<width { rowBuffer.pointer[j] = features[j] }
    }

    /// (v_a - v_b)·r for a vector in the layout of x and the loaded row r.
    @inline(__always)
    func rowProduct(_ vector: UnsafePointer<Double>, _ a: Int, _ b: Int) -> Double {
        var sum = Lanes()
        var j = 0
        while j < width {
            let r = lanes(rowBuffer.pointer + j)
            if a > 0 { sum = multiplyAdd(sum, lanes(vector + (a - 1) * width + j), r) }
            if b > 0 { sum = multiplyAdd(sum, lanes(vector + (b - 1) * width + j), -r) }
            j += 8
        }
        return sum.sum()
    }

    /// A slot's constraint as (class that must win, class that must lose, coefficient of s), with its features loaded; nil
    /// for the ceiling -s >= 0.
    private func loadConstraint(_ slot: Int) -> (winner: Int, loser: Int, objective: Double)? {
        if slot == Slot.ceiling { return nil }
        if slot < Slot.ceiling {
            guard let target else { return nil }
            load(target.probe)
            return (target.class, Slot.rival(slot), -1)
        }
        let (lane, other) = slot.quotientAndRemainder(dividingBy: classCount)
        let (block, position) = lane.quotientAndRemainder(dividingBy: 8)
        for j in 0..<width { rowBuffer.pointer[j] = blocks.features[block * width + j][position] }
        return (blocks.classOfBlock[block], other, objectiveInTraining)
    }

    /// Fills `response` with a·edge for every edge, a being the slot's constraint.
    func respond(to slot: Int, edges: UnsafeMutablePointer<Double>) {
        let out = response.pointer
        guard let (winner, loser, objective) = loadConstraint(slot) else {
            for p in 0..<size { out[p] = -edges[p * stride + weightCount] }
            return
        }
        for p in 0..<size {
            let edge = edges + p * stride
            out[p] = rowProduct(edge, winner, loser) + objective * edge[weightCount]
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
        }
        slots[q] = slot
    }

    /// One pass over all training constraints: brings slacks up to date with the last step, computes the rates of change
    /// along `edge`, and finds the constraint that blocks first (by cross-multiplication, no division).
    ///
    /// - Returns: its slot, its slack and minus its rate; nil when none shrinks faster than `tolerance`.
    func scanTraining(
        along edge: UnsafeMutablePointer<Double>, tolerance: Double
    ) -> (slot: Int, slack: Double, rate: Double)? {
        let (slacks, rates, scores) = (slackMemory.pointer, rateMemory.pointer, scoreMemory.pointer)
        blocks.scores(edge, into: scores)
        let objectiveRate = Lanes(repeating: objectiveInTraining * edge[weightCount])
        let step = Lanes(repeating: pendingStep)
        let floor = Lanes(repeating: 1e-12)
        let threshold = Lanes(repeating: -tolerance)
        var bestSlack = Lanes(repeating: 1)
        var bestRate = Lanes()
        var bestCell = Lanes(repeating: -1)
        for block in 0..<blocks.count {
            let own = blocks.classOfBlock[block]
            let cell = block * classCount
            let ownScore = scores[cell + own] + objectiveRate
            for c in 0..<classCount where c != own {
                let slack = pointwiseMax(multiplyAdd(slacks[cell + c], step, rates[cell + c]), floor)
                let rate = ownScore - scores[cell + c]
                slacks[cell + c] = slack
                rates[cell + c] = rate
                let closer = (slack * bestRate .< bestSlack * -rate) .& (rate .< threshold)
                bestSlack.replace(with: slack, where: closer)
                bestRate.replace(with: -rate, where: closer)
                bestCell.replace(with: Lanes(repeating: Double(cell + c)), where: closer)
            }
        }
        pendingStep = 0
        var best: (slot: Int, slack: Double, rate: Double)?
        for lane in 0..<8 where bestCell[lane] >= 0 {
            if let found = best, bestSlack[lane] * found.rate >= found.slack * bestRate[lane] { continue }
            let (block, other) = Int(bestCell[lane]).quotientAndRemainder(dividingBy: classCount)
            best = ((block * 8 + lane) * classCount + other, bestSlack[lane], bestRate[lane])
        }
        return best
    }

    /// Adds the step that slacks do not contain yet.
    func settle() {
        guard pendingStep != 0 else { return }
        let (slacks, rates) = (slackMemory.pointer, rateMemory.pointer)
        for cell in 0..<blocks.count * classCount {
            slacks[cell] = pointwiseMax(slacks[cell] + pendingStep * rates[cell], Lanes(repeating: 1e-12))
        }
        pendingStep = 0
    }

    /// All slacks afresh from x; lanes without a point never block.
    func recomputeSlacks() {
        let (slacks, margins, scores) = (slackMemory.pointer, marginMemory.pointer, scoreMemory.pointer)
        blocks.scores(state, into: scores)
        let shift = objectiveInTraining * state[weightCount]
        for block in 0..<blocks.count {
            let own = blocks.classOfBlock[block]
            let cell = block * classCount
            for c in 0..<classCount where c != own {
                var slack = scores[cell + own] - scores[cell + c] + shift - margins[cell + c]
                slack = pointwiseMax(slack, Lanes(repeating: 1e-12))
                for lane in 0..<8 where blocks.pointOfLane[block * 8 + lane] < 0 { slack[lane] = 1e30 }
                slacks[cell + c] = slack
            }
        }
        if let target {
            load(target.probe)
            for k in 0..<classCount where k != target.class {
                targetSlacks[k] = max(rowProduct(state, target.class, k) - state[weightCount], 1e-12)
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
        }
        recomputeSlacks()
        factored()
    }

    /// a·x - b of a tight constraint: what x misses it by.
    private func residual(of slot: Int, at x: [Double]) -> Double {
        x.withUnsafeBufferPointer { x in
            guard let base = x.baseAddress else { return 0 }
            guard let (winner, loser, objective) = loadConstraint(slot) else { return -base[weightCount] }
            let value = rowProduct(base, winner, loser) + objective * base[weightCount]
            guard slot >= 0 else { return value }
            let (lane, other) = slot.quotientAndRemainder(dividingBy: classCount)
            return value - marginMemory.pointer[lane / 8 * classCount + other][lane % 8]
        }
    }
}
