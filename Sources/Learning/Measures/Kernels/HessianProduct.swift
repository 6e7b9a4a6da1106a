import Networks

/// The Hessian of the mean loss, or its Gauss–Newton matrix, times a vector, without either.
///
/// A tangent pass forward gives ȧ_l and ż; going back, δ_l and its derivative δ̇_l along v:
/// δ̇_L = S ż, δ̇_l = [u_l > 0] ∘ (W_{l+1}ᵀ δ̇_{l+1} + V_{l+1}ᵀ δ_{l+1}), and the product's parts are the means of
/// δ̇_l a_{l-1}ᵀ + δ_l ȧ_{l-1}ᵀ and δ̇_l (Pearlmutter, Neural Computation 6, 1994). With δ = 0 it is G v.
package struct HessianProduct {
    package enum Kind {
        case hessian, gaussNewton
    }

    let view: PointView
    let kind: Kind

    package init(_ view: PointView, _ kind: Kind = .hessian) {
        self.view = view
        self.kind = kind
    }

    /// - Parameter direction: laid out as `Architecture` says.
    /// - Complexity: some seven forward passes.
    package func times(_ direction: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: direction.count)
        view.forEachPass { add($0, direction, to: &sums) }
        return sums.map { $0 / Double(view.count) }
    }

    private func add(_ pass: PointPass, _ direction: [Double], to sums: inout [Double]) {
        let activation = pass.network.architecture.activation
        let tangents = pass.tangent(along: direction)
        let (classes, count) = (pass.classes, pass.count)
        let probabilities = pass.probabilities
        let change = tangents[tangents.count - 1]
        var changes = probabilities
        for point in 0..<count {
            let range = point * classes..<(point + 1) * classes
            let mean = range.reduce(0.0) { $0 + probabilities[$1] * change[$1] }
            for place in range { changes[place] *= change[place] - mean }
        }
        var errors = kind == .hessian ? pass.errors(view.labels(of: pass)) : []
        for (index, layer) in pass.layers.enumerated().reversed() {
            layer.outer(changes, pass.outputs[index], count: count, addingTo: &sums)
            layer.columnSums(changes, addingTo: &sums)
            if kind == .hessian, index > 0 { layer.outer(errors, tangents[index], count: count, addingTo: &sums) }
            guard index > 0 else { break }
            var below = layer.backward(changes, count: count, of: pass.network.parameters)
            if kind == .hessian {
                layer.backward(errors, count: count, of: direction, addingTo: &below)
                errors = layer.backward(errors, count: count, of: pass.network.parameters)
                activation.pullBack(&errors, outputs: pass.outputs[index])
            }
            activation.pullBack(&below, outputs: pass.outputs[index])
            changes = below
        }
    }
}
