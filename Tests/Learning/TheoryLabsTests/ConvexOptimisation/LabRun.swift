import Foundation
import Measures
import Parameters
import Testing
import TheoryLabs

/// One model of an experiment, and its measures by id.
struct LabRun<Lab: Experiment> {
    let model: Lab.Model

    /// Settings by name: numbers are whole where the setting is.
    init(_ lab: Lab.Type, _ numbers: [String: Double] = [:], _ words: [String: String] = [:], seed: UInt64 = 0) throws {
        model = try Lab(Self.settings(numbers, words)).model(seed: seed)
    }

    static func settings(_ numbers: [String: Double], _ words: [String: String]) -> ParameterValues {
        var stated = words.mapValues { ParameterValue.word($0) }
        for setting in Lab.about.settings {
            guard let value = numbers[setting.name] else { continue }
            if case .integer = setting.kind {
                stated[setting.name] = .integer(Int(value))
            } else {
                stated[setting.name] = .number(value)
            }
        }
        return ParameterValues(Lab.about.settings, stated: stated)
    }

    func measured(_ id: String) throws -> MeasuredValue {
        try #require(Lab.measures.first { $0.about.id == id }, "no measure \(id)").value(model)
    }

    func callAsFunction(_ id: String) throws -> Double { try #require(try measured(id).value, "\(id) has no value") }
}

/// Whether two numbers agree to so much, relative to the second.
func agree(_ value: Double, _ expected: Double, within tolerance: Double) -> Bool {
    abs(value - expected) <= tolerance * abs(expected)
}

/// The least-squares slope of log y over log x.
func logSlope(_ points: [(x: Double, y: Double)]) -> Double {
    let (x, y) = (points.map { log2($0.x) }, points.map { log2($0.y) })
    let (meanX, meanY) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
    let (cross, square) = zip(x, y).reduce((0.0, 0.0)) {
        ($0.0 + ($1.0 - meanX) * ($1.1 - meanY), $0.1 + ($1.0 - meanX) * ($1.0 - meanX))
    }
    return cross / square
}
