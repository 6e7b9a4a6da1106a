import Results
import Statistics

extension Population {
    /// The standard errors of a column's values as far as they tell models apart, one a model; 0 of exact values, nil
    /// where there is no value.
    ///
    /// They are those of the measurements. Where a measure adds up over a sample of points which all models share, the
    /// part that the points do to all models alike is taken out (`errorsWithoutSharedPart`): it moves no rank.
    /// - Throws: `UnknownColumn` with the nearest name.
    public func standardErrors(_ column: String) throws(UnknownColumn) -> [Double?] {
        let found = try self.column(column)
        return errorsWithoutSharedPart(of: found) ?? found.standardErrors
    }

    /// Nil where the models do not share the points, or a value's measurement does not say how the halves differ, as
    /// those that an earlier version took.
    private func errorsWithoutSharedPart(of column: MeasurementColumn) -> [Double?]? {
        guard sharesPoints, let detail = about(column.measure)?.halvesDetail else { return nil }
        let values = column.values
        let measured = values.indices.filter { values[$0] != nil }
        let differences = measured.compactMap { column[$0]?.detail[detail] }
        guard differences.count == measured.count, differences.count >= 2 else { return nil }
        var errors = [Double?](repeating: nil, count: column.count)
        for (row, error) in zip(measured, Statistics.errorsWithoutSharedPart(ofHalves: differences)) {
            errors[row] = error
        }
        return errors
    }

    /// Whether all models are of the same points, drawn once.
    private var sharesPoints: Bool {
        let data = Set(definition.configurations.map(\.model.kind.data))
        return data.count == 1 && data.first != .some(nil)
    }
}
