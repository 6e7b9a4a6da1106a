/// Why a network has no trained weights.
public enum TrainingFailure: Error, Hashable, CustomStringConvertible {
    /// The loss of a step, or a parameter after the last step, was not finite; epochs and steps count from 1.
    case diverged(epoch: Int, step: Int)
    /// The caller asked to stop; the network is to be dropped.
    case cancelled

    public var description: String {
        switch self {
        case .diverged(let epoch, let step):
            "diverged: the loss or a weight is not finite in epoch \(epoch), step \(step); "
                + "a smaller learning rate may help"
        case .cancelled: "cancelled"
        }
    }
}
