import Randomness

extension Network {
    /// The network with each parameter moved to the next float32 above, to the next below, or not at all: one of the
    /// three with equal chances, drawn anew for each parameter in its order.
    ///
    /// It is what another order of the same sums could have left of the same numbers. A parameter that is 0 stays, as
    /// its neighbours are smaller than any rounding error, and so does one whose neighbour is infinite.
    ///
    /// - Complexity: O(parameters), a 64-bit draw each.
    public func movedByRounding(_ stream: inout NativeStream) -> Network {
        var moved = self
        for (index, value) in parameters.enumerated() {
            let direction = stream.below(3)
            let neighbour = direction == 0 ? value.nextDown : direction == 1 ? value.nextUp : value
            if value != 0, neighbour.isFinite { moved.parameters[index] = neighbour }
        }
        return moved
    }
}
