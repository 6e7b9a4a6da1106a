// The simplex's linear algebra: everything that costs time, in `Kernels`.

extension LabellingSimplex {
    /// (v_a - v_b)·r for a vector in the layout of x and a zero-padded row r.
    func rowProduct(
        _ vector: UnsafePointer<Double>, _ a: Int, _ b: Int, row: UnsafePointer<Double>
    ) -> Double {
        var product = 0.0
        kernels.loops.respond(vector, stride, 1, a, b, row, width, 0, weightCount, &product)
        return product
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
        let slot = kernels.loops.entering_slot(gains.pointer, edgeNorms.pointer, slots, gains.count)
        return slot < 0 ? nil : slot
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
        kernels.loops.respond(edges, stride, size, winner, loser, row, width, objective, weightCount, out)
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
        kernels.loops.exchange(
            edges, stride, size, q, response.pointer, edgeNorms.pointer, gains.pointer, weightCount)
        slots[q] = slot
    }

    /// One pass over all training constraints: brings slacks up to date with the last step, computes the rates of
    /// change along `edge`, and finds the constraint that blocks first.
    ///
    /// - Returns: its slot, its slack and minus its rate; nil when none shrinks faster than `tolerance`.
    func scanTraining(
        along edge: UnsafeMutablePointer<Double>, tolerance: Double
    ) -> (slot: Int, slack: Double, rate: Double)? {
        defer { pendingStep = 0 }
        return blocks.blocking(
            along: edge, slacks: slackMemory, rates: rateMemory, step: pendingStep,
            objective: objectiveInTraining * edge[weightCount], tolerance: tolerance)
    }

    /// Adds the step that slacks do not contain yet.
    func settle() {
        guard pendingStep != 0 else { return }
        let (slacks, rates) = (slackMemory.pointer, rateMemory.pointer)
        for cell in 0..<blocks.count * classCount {
            slacks[cell] = atLeast(1e-12, slacks[cell] + pendingStep * rates[cell])
        }
        pendingStep = 0
    }

    /// All slacks afresh from x; lanes without a point never block.
    func recomputeSlacks() {
        let (slacks, margins, scores) = (slackMemory.pointer, marginMemory.pointer, scoreMemory.pointer)
        blocks.score(state, into: scoreMemory)
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
                slacks[cell + c] = atLeast(1e-12, slack)
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
            let edge = old + r * stride
            response.pointer[r] -= 1
            kernels.loops.subtract(edges, stride, size, response.pointer, edge)
            let excess = residual(of: slots[r], at: unchanged)
            for i in 0..<size { state[i] -= excess * edge[i] }
        }
        kernels.loops.square_norms(edges, stride, size, edgeNorms.pointer)
        for p in 0..<size { gains.pointer[p] = edges[p * stride + weightCount] }
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

/// The standard library's `pointwiseMax` is a call with both arguments in memory.
private func atLeast(_ least: Double, _ values: Lanes) -> Lanes {
    values.replacing(with: Lanes(repeating: least), where: values .< Lanes(repeating: least))
}
