import Networks

/// The least value, over all positive rescalings of single neurons, of a sum with one non-negative term a parameter.
///
/// A neuron's factor α multiplies its incoming weights and its bias and divides its outgoing weights; a ReLU network's
/// function stays. The Hessian's diagonal then changes as
///
///     T(α) = Σ M^l_ij α²_{l-1,j} / α²_{l,i} + Σ m^l_i / α²_{l,i},    α = 1 at inputs and outputs,
///
/// a posynomial, convex in log α. A layer's neurons do not meet in a term, so the minimum over one layer is closed:
/// α⁴ = A / B, with A and B the neuron's incoming terms (bias included) and outgoing ones at its own α = 1. Going
/// through the layers again and again is Osborne's balancing (J. ACM 7, 1960): T falls with every step, and where A = B
/// everywhere it is least. With M = W² and 1 / α for α it balances norms instead.
///
/// The minimum is attained if each neuron with a term has a chain of terms from an input or a bias, and one to an
/// output. A neuron that lacks one of them can send its other terms to 0 with α → 0 or ∞: the infimum is a limit, and
/// `sum` leaves these terms out. A Hessian has such neurons where all outgoing weights are 0: terms go out, none come
/// in. Neurons without any term keep α = 1.
package struct NeuronBalancing: Sendable {
    private let layers: [Architecture.Layer]
    /// Without the terms of neurons at a limit.
    private let terms: [Double]
    /// Σ_j M^1_ij + m^1_i and Σ_i M^L_ij, which no neuron's factor but their own changes.
    private let firstIncoming: [Double]
    private let lastOutgoing: [Double]
    /// α² of each neuron, hidden layer by hidden layer.
    package private(set) var squares: [[Double]]
    /// Whether each neuron has chains of terms from and to the outside; the others keep α = 1.
    package let isInner: [[Bool]]
    /// Neurons whose terms go to 0 with their factor.
    package let neuronsAtLimit: Int
    /// Times that all layers have been balanced.
    package private(set) var sweeps = 0

    /// - Parameter terms: not negative, laid out as `Architecture` says.
    package init(_ architecture: Architecture, terms: [Double]) {
        precondition(terms.count == architecture.parameterCount)
        let layers = architecture.layers
        let isInner = Self.innerNeurons(layers, terms)
        let kept = Self.without(isInner, layers, terms)
        self.layers = layers
        self.isInner = isInner
        self.terms = kept
        squares = architecture.widths.dropFirst().dropLast().map { [Double](repeating: 1, count: $0) }
        neuronsAtLimit = Self.neuronsWithTerms(layers, terms, among: isInner)
        firstIncoming = Self.incoming(layers[0], kept, [Double](repeating: 1, count: layers[0].inputs))
        let last = layers[layers.count - 1]
        lastOutgoing = Self.outgoing(last, kept, [Double](repeating: 1, count: last.outputs))
    }

    /// T at the present factors.
    package var sum: Double { state.sum }

    /// Σ |A - B| over the neurons, over T: 0 at the minimum, and the most of its part that T falls per unit of log α².
    package var residual: Double {
        let (sum, difference) = state
        return sum > 0 ? difference / sum : 0
    }

    /// T and Σ |A - B|.
    private var state: (sum: Double, difference: Double) {
        var (sum, difference) = (terms[layers[layers.count - 1].biases].reduce(0, +), 0.0)
        for index in squares.indices {
            let (incoming, outgoing) = flows(index)
            for (neuron, square) in squares[index].enumerated() {
                sum += incoming[neuron] / square
                if index == squares.count - 1 { sum += outgoing[neuron] * square }
                difference += abs(incoming[neuron] / square - outgoing[neuron] * square)
            }
        }
        return (squares.isEmpty ? terms.reduce(0, +) : sum, difference)
    }

    /// The same sum of other terms, those of neurons at a limit left out.
    package func sum(of terms: [Double]) -> Double {
        let kept = Self.without(isInner, layers, terms)
        return layers.indices.reduce(0) { sum, index in
            let below = index > 0 ? squares[index - 1] : [Double](repeating: 1, count: layers[0].inputs)
            let own = index < squares.count ? squares[index] : [Double](repeating: 1, count: layers[index].outputs)
            return sum + zip(Self.incoming(layers[index], kept, below), own).reduce(0) { $0 + $1.0 / $1.1 }
        }
    }

    /// The factors α, hidden layer by hidden layer.
    package var factors: [[Double]] { squares.map { $0.map { $0.squareRoot() } } }

    /// Balances each layer once, from the first to the last.
    ///
    /// - Complexity: O(weights between hidden layers).
    package mutating func sweep() {
        for index in squares.indices {
            let (incoming, outgoing) = flows(index)
            for neuron in squares[index].indices where incoming[neuron] > 0 && outgoing[neuron] > 0 {
                squares[index][neuron] = incoming[neuron].squareRoot() / outgoing[neuron].squareRoot()
            }
        }
        sweeps += 1
    }

    /// Sweeps until the residual is at most `tolerance`, or `limit` sweeps are done.
    package mutating func balance(tolerance: Double = 1e-13, limit: Int = 10_000) {
        while sweeps < limit, residual > tolerance { sweep() }
    }

    /// α becomes 1 / α: terms that are squared weights and those of the Hessian change in opposite ways.
    package mutating func invert() { squares = squares.map { $0.map { 1 / $0 } } }

    /// A and B of the neurons of a hidden layer, as they are with their own α = 1.
    private func flows(_ index: Int) -> (incoming: [Double], outgoing: [Double]) {
        let above = index + 1
        return (
            index == 0 ? firstIncoming : Self.incoming(layers[index], terms, squares[index - 1]),
            above == layers.count - 1
                ? lastOutgoing : Self.outgoing(layers[above], terms, squares[above].map { 1 / $0 })
        )
    }
}

// MARK: Sums over a layer's terms

extension NeuronBalancing {
    /// Σ_j M_ij factors_j + m_i for each i.
    private static func incoming(_ layer: Architecture.Layer, _ terms: [Double], _ factors: [Double]) -> [Double] {
        terms.withUnsafeBufferPointer { terms in
            factors.withUnsafeBufferPointer { factors in
                (0..<layer.outputs).map { i in
                    let row = UnsafeBufferPointer(rebasing: terms[layer.row(i)])
                    var sum = terms[layer.biasOffset + i]
                    for j in 0..<layer.inputs { sum += row[j] * factors[j] }
                    return sum
                }
            }
        }
    }

    /// Σ_i M_ij factors_i for each j.
    private static func outgoing(_ layer: Architecture.Layer, _ terms: [Double], _ factors: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: layer.inputs)
        terms.withUnsafeBufferPointer { terms in
            sums.withUnsafeMutableBufferPointer { sums in
                for i in 0..<layer.outputs {
                    let row = UnsafeBufferPointer(rebasing: terms[layer.row(i)])
                    let factor = factors[i]
                    for j in 0..<layer.inputs { sums[j] += row[j] * factor }
                }
            }
        }
        return sums
    }

    /// Neurons with a chain of positive terms from an input or a bias, and one to an output.
    private static func innerNeurons(_ layers: [Architecture.Layer], _ terms: [Double]) -> [[Bool]] {
        var (below, above): ([[Bool]], [[Bool]]) = ([], [])
        for layer in layers.dropLast() {
            let reached = (below.last ?? [Bool](repeating: true, count: layer.inputs)).map { $0 ? 1.0 : 0 }
            below.append(incoming(layer, terms, reached).map { $0 > 0 })
        }
        for layer in layers.dropFirst().reversed() {
            let reaching = (above.last ?? [Bool](repeating: true, count: layer.outputs)).map { $0 ? 1.0 : 0 }
            above.append(outgoing(layer, terms, reaching).map { $0 > 0 })
        }
        return zip(below, above.reversed()).map { zip($0, $1).map { $0 && $1 } }
    }

    /// The terms with 0 for those that touch a neuron that is not inner.
    private static func without(_ isInner: [[Bool]], _ layers: [Architecture.Layer], _ terms: [Double]) -> [Double] {
        guard isInner.contains(where: { $0.contains(false) }) else { return terms }
        var kept = terms
        for (index, layer) in layers.enumerated() {
            for i in 0..<layer.outputs {
                let isKept = index == isInner.count || isInner[index][i]
                for (j, place) in layer.row(i).enumerated() where !isKept || index > 0 && !isInner[index - 1][j] {
                    kept[place] = 0
                }
                if !isKept { kept[layer.biasOffset + i] = 0 }
            }
        }
        return kept
    }

    /// Neurons that are not inner and have terms.
    private static func neuronsWithTerms(
        _ layers: [Architecture.Layer], _ terms: [Double], among isInner: [[Bool]]
    ) -> Int {
        isInner.indices.reduce(0) { count, index in
            let incoming = incoming(layers[index], terms, [Double](repeating: 1, count: layers[index].inputs))
            let above = layers[index + 1]
            let outgoing = outgoing(above, terms, [Double](repeating: 1, count: above.outputs))
            return count + isInner[index].indices.count { !isInner[index][$0] && incoming[$0] + outgoing[$0] > 0 }
        }
    }
}
