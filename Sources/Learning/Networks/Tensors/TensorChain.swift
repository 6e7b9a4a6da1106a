/// The order of layers whose names do not tell it.
enum TensorChain {
    /// More have too many orders to try, and names with numbers in them.
    private static let mostLayers = 8

    /// The one order in which each layer takes what the one before gives.
    ///
    /// - Throws: `TensorError` where there is none, or more than one.
    static func order(_ layers: [LayerTensors.LaidOut]) throws(TensorError) -> [LayerTensors.LaidOut] {
        var found: [[Int]] = []
        if layers.count <= mostLayers { extend([], over: layers, &found) }
        guard found.count == 1 else {
            let names = layers.map { "'\($0.tensors.weight.name.shortened)' \($0.tensors.weight.shape)" }
            throw TensorError(
                "the names of \(names.joined(separator: ", ")) do not tell the layers' order, and "
                    + (found.isEmpty ? "no order fits their shapes" : "several orders fit their shapes")
                    + ". \(LayerTensors.wayToName)")
        }
        return found[0].map { layers[$0] }
    }

    /// Two orders are enough to know that there are several.
    private static func extend(_ chain: [Int], over layers: [LayerTensors.LaidOut], _ found: inout [[Int]]) {
        if chain.count == layers.count { found.append(chain) }
        for next in layers.indices where found.count < 2 && !chain.contains(next) {
            guard chain.last.map({ layers[$0].outputs == layers[next].inputs }) ?? true else { continue }
            extend(chain + [next], over: layers, &found)
        }
    }
}
