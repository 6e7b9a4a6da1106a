import Networks

/// A network along the straight segment between two inputs: it is linear in pieces, which are found exactly.
///
/// The values of all units are carried at nodes of the segment from layer to layer. A unit with values of opposite
/// signs at the ends of a piece adds a node where it is 0; nodes within 1e-12 of the one before are left out.
package struct SegmentPieces {
    /// Where pieces begin and end, from 0 to 1.
    package let nodes: [Double]
    /// nodes x classes.
    package let logits: [Double]

    package var count: Int { nodes.count - 1 }

    /// - Complexity: O(pieces · parameters beyond the first layer).
    package init(of network: Float64Network, from start: [Double], to end: [Double]) {
        let layers = network.architecture.layers
        var nodes = [0.0, 1.0]
        var values = start + end
        for (index, layer) in layers.enumerated() {
            values = layer.affine(values, count: nodes.count, of: network.parameters)
            guard index < layers.count - 1 else { break }
            (nodes, values) = Self.split(nodes, values, width: layer.outputs)
            network.architecture.activation.apply(to: &values)
        }
        (self.nodes, logits) = (nodes, values)
    }

    /// Adds a node wherever a unit changes its sign, and the units' values there.
    private static func split(_ nodes: [Double], _ values: [Double], width: Int) -> ([Double], [Double]) {
        var cuts = nodes
        for piece in 0..<nodes.count - 1 {
            for unit in 0..<width {
                let (low, high) = (values[piece * width + unit], values[(piece + 1) * width + unit])
                if low * high < 0 {
                    cuts.append(nodes[piece] + (nodes[piece + 1] - nodes[piece]) * low / (low - high))
                }
            }
        }
        cuts.sort()
        var kept: [Double] = []
        for (place, cut) in cuts.enumerated() where place == 0 || cut - cuts[place - 1] > 1e-12 { kept.append(cut) }
        var (found, piece): ([Double], Int) = ([], 0)
        found.reserveCapacity(kept.count * width)
        for node in kept {
            while piece < nodes.count - 2, node >= nodes[piece + 1] { piece += 1 }
            let share = (node - nodes[piece]) / (nodes[piece + 1] - nodes[piece])
            for unit in 0..<width {
                let (low, high) = (values[piece * width + unit], values[(piece + 1) * width + unit])
                found.append(share == 1 ? high : low + share * (high - low))
            }
        }
        return (kept, found)
    }
}
