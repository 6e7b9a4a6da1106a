/// A measure and a target over models of known configuration: what the statistics of Jiang et al. (arXiv 1912.02178)
/// and Dziugaite et al. (arXiv 2010.11924) look at.
///
/// A configuration is one label on every axis (a hyperparameter, say); models with the same labels are repeats, such as
/// seeds. The grid need not be complete and the numbers of repeats may differ.
public struct ConfiguredModels: Sendable {
    /// One hyperparameter, with a label a model.
    public struct Axis: Sendable, Hashable {
        public var name: String
        public var labels: [String]

        public init(_ name: String, _ labels: [String]) {
            self.name = name
            self.labels = labels
        }
    }

    public let measure: Variable
    public let target: Variable
    public let axes: [Axis]
    /// For each axis and model the number of its label, in the order in which labels first occur.
    let codes: [[Int]]
    /// For each axis its labels in that order.
    let labels: [[String]]
    /// For each model the places of its measure and target among their distinct values.
    let places: [PairAgreement.Places]

    /// - Throws: for fewer than two models, a value that is not finite, and a measure or target that is the same for
    ///   all.
    /// - Precondition: columns and axes have one value a model.
    public init(measure: Variable, target: Variable, axes: [Axis]) throws(UndefinedCorrelation) {
        let count = measure.values.count
        precondition(
            target.values.count == count && axes.allSatisfy { $0.labels.count == count },
            "columns and axes of models differ in length")
        guard count >= 2 else { throw .tooFewRows(count, least: 2) }
        for variable in [measure, target] {
            if let row = variable.values.firstIndex(where: { !$0.isFinite }) {
                throw .notFinite(variable: variable.name, row: row + 1)
            }
        }
        if let constant = measure.constancy ?? target.constancy { throw constant }
        self.measure = measure
        self.target = target
        self.axes = axes
        var codes: [[Int]] = []
        var labels: [[String]] = []
        for axis in axes {
            var numbers: [String: Int] = [:]
            var distinct: [String] = []
            codes.append(
                axis.labels.map { label in
                    if let number = numbers[label] { return number }
                    numbers[label] = distinct.count
                    distinct.append(label)
                    return distinct.count - 1
                })
            labels.append(distinct)
        }
        self.codes = codes
        self.labels = labels
        self.places = zip(densePlaces(measure.values), densePlaces(target.values)).map(PairAgreement.Places.init)
    }

    public var count: Int { measure.values.count }

    /// The models sorted into groups that share their labels on `axes` (numbers into `self.axes`); all of them in one
    /// group for no axis. Groups and models in the order in which they first occur.
    /// - Complexity: O(models · axes).
    func groups(sharing axes: [Int]) -> [[Int]] {
        var numbers = [Int](repeating: 0, count: count)
        var distinct = 1
        for axis in axes {
            var seen: [Int: Int] = [:]
            seen.reserveCapacity(distinct)
            for model in 0..<count {
                let key = numbers[model] * labels[axis].count + codes[axis][model]
                numbers[model] = seen[key] ?? seen.count
                if numbers[model] == seen.count { seen[key] = seen.count }
            }
            distinct = seen.count
        }
        var groups = [[Int]](repeating: [], count: distinct)
        for model in 0..<count { groups[numbers[model]].append(model) }
        return groups
    }

    /// A group of models by their label on one axis, in the order in which labels first occur in it.
    func split(_ group: [Int], by axis: Int) -> [[Int]] {
        var numbers: [Int: Int] = [:]
        var parts: [[Int]] = []
        for model in group {
            let code = codes[axis][model]
            if let number = numbers[code] {
                parts[number].append(model)
            } else {
                numbers[code] = parts.count
                parts.append([model])
            }
        }
        return parts
    }
}

/// For each value how many distinct smaller ones there are.
private func densePlaces(_ values: [Double]) -> [UInt32] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var places = [UInt32](repeating: 0, count: values.count)
    var place: UInt32 = 0
    for (position, model) in order.enumerated() {
        if position > 0, values[order[position - 1]] < values[model] { place += 1 }
        places[model] = place
    }
    return places
}
