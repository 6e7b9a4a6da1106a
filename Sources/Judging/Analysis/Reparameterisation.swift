import Definitions
import Measures
import Parameters
import Results

/// What measures say of networks and of copies that compute the same function with other weights: whether a measure
/// that claims not to change under a rescaling of layers does not.
public struct Reparameterisation: Sendable {
    /// A copy beside the network that it was made of.
    public struct Copy: Sendable {
        public let base: ModelRecord
        public let copy: ModelRecord
        /// The layer whose weights were multiplied, and by what, as its hyperparameters state them.
        public let layer: String?
        public let factor: Double?
        /// Values by column; nil where the network has none.
        public let before: [String: Double]
        public let after: [String: Double]

        /// What the copy's value is of the network's; nil where one is missing, the network's is 0, or that
        /// is no number.
        public func ratio(_ column: String) -> Double? {
            guard let before = before[column], let after = after[column], before != 0 else { return nil }
            let ratio = after / before
            return ratio.isFinite ? ratio : nil
        }

        /// |after - before| / |before|; of a network's 0 the change is measured against the copy's value.
        func change(_ column: String) -> Double? {
            guard let before = before[column], let after = after[column] else { return nil }
            if before == after { return 0 }
            let size = before != 0 ? abs(before) : abs(after)
            let difference = abs(after - before)
            // By halves where the difference is no number; beyond all numbers the greatest stands.
            let change = difference.isFinite ? difference / size : abs(after / 2 - before / 2) / (size / 2)
            return min(change, .greatestFiniteMagnitude)
        }
    }

    /// What became of one measure over all copies.
    public struct Outcome: Sendable {
        public enum Stability: Sendable, Hashable {
            /// Claims to stay, and stays.
            case invariant
            /// Claims to stay, and changes.
            case contradicted
            /// Claims nothing, and changes.
            case variant
            /// Claims nothing, but stays.
            case unchanged
            /// Nothing is known of its claim, or no copy has it.
            case unknown
        }

        public let measure: String
        /// Whether it claims invariance to layer rescaling; nil for a measure that this program does not know.
        public let claimsInvariance: Bool?
        /// Copies with a value before and after.
        public let count: Int
        public let largestChange: Double?
        /// The copy with the largest change.
        public let worst: Copy?
        public let stability: Stability
    }

    /// Relative changes up to here are rounding: networks compute in single precision, whose rounding errors of 6e-8
    /// grow over sums of thousands of terms and where a value is a small difference of large ones.
    public static let threshold = 1e-3

    public let columns: [String]
    /// In the order of the networks, then of the copies.
    public let copies: [Copy]
    /// Copies whose network the study lacks.
    public let orphans: [ModelRecord]
    public let outcomes: [Outcome]

    /// - Complexity: linear in networks, copies and columns.
    public init(of population: Population) {
        let bases = population.rowsByTraining
        let columns = population.columns
        let values = columns.map { (try? population.values($0)) ?? [] }
        var found: [(row: Int, copy: Copy)] = []
        var orphans: [ModelRecord] = []
        for model in population.copies where model.snapshotEpoch == nil {
            guard let row = bases[model.trainingDigest] else {
                orphans.append(model)
                continue
            }
            let hyperparameters = ParameterValue.all(in: model.hyperparameters)
            var before: [String: Double] = [:]
            var after: [String: Double] = [:]
            for (column, values) in zip(columns, values) {
                before[column] = values[row]
                after[column] = population.measurement(column, of: model.id)?.value
            }
            found.append(
                (
                    row,
                    Copy(
                        base: population.models[row], copy: model, layer: hyperparameters[ModelVariant.layerName]?.text,
                        factor: hyperparameters[ModelVariant.factorName]?.number, before: before, after: after)
                ))
        }
        // Stable, so that the copies of a network keep their order.
        let copies = found.enumerated().sorted { ($0.element.row, $0.offset) < ($1.element.row, $1.offset) }.map(
            \.element.copy)
        self.columns = columns
        self.orphans = orphans
        self.copies = copies
        outcomes = columns.map { column in
            Self.outcome(
                column, copies, claimsInvariance: population.about(column)?.invariances.contains(.layerRescaling))
        }
    }

    private static func outcome(_ column: String, _ copies: [Copy], claimsInvariance: Bool?) -> Outcome {
        let changes = copies.compactMap { copy in copy.change(column).map { (copy: copy, change: $0) } }
        let worst = changes.max { $0.change < $1.change }
        let stability: Outcome.Stability =
            switch (claimsInvariance, worst.map { $0.change > threshold }) {
            case (nil, _), (_, nil): .unknown
            case (true?, false?): .invariant
            case (true?, true?): .contradicted
            case (false?, true?): .variant
            case (false?, false?): .unchanged
            }
        return Outcome(
            measure: column, claimsInvariance: claimsInvariance, count: changes.count, largestChange: worst?.change,
            worst: worst?.copy, stability: stability)
    }
}
