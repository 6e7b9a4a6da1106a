import Digests
import Measures
import Parameters

/// Models of a simulation: numbers that were drawn as if networks had been trained and measured. None is ever made.
public struct SimulatedModels: ModelKind {
    /// Of the whole simulation.
    public var seed: UInt64
    /// Which program drew them, counted up whenever another file comes of the same seed.
    public var format: Int
    /// What they are drawn from, where there are several; a simulation without one has no key of it.
    public var world: String?
    /// The partial correlation of the world's causes with the target.
    public var effect: Double?

    public init(seed: UInt64, format: Int, world: String? = nil, effect: Double? = nil) {
        self.seed = seed
        self.format = format
        self.world = world
        self.effect = effect
    }

    public static let about = ModelKindDescription(
        sections: [.init("simulated", "made by 'basin simulate results'")], unit: "networks",
        inWords: "trained networks", isDrawn: true)

    public func digest(seed: UInt64) throws -> String {
        SHA256.hexadecimal(of: "\(try CanonicalJSON.text(of: self)) \(seed)")
    }

    public var facts: [String: ParameterValue] { [:] }

    public static func factors(of models: [SimulatedModels]) -> [ModelFactor] { [] }

    public static func measures(of models: [SimulatedModels]) -> [MeasureDescription] { MeasureCatalogue.descriptions }

    public func prepared(on materials: StudyMaterials) throws -> any ModelMaker {
        throw ModelNotMade(reason: "no network stands behind a simulation")
    }
}

// MARK: JSON

extension SimulatedModels {
    private struct Section: Codable {
        let seed: UInt64
        let format: Int
        let world: String?
        let effect: Double?
    }

    private enum CodingKeys: String, CodingKey { case simulated }

    public init(from decoder: any Decoder) throws {
        let section = try decoder.container(keyedBy: CodingKeys.self).decode(Section.self, forKey: .simulated)
        self.init(seed: section.seed, format: section.format, world: section.world, effect: section.effect)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(
            Section(seed: seed, format: format, world: world, effect: effect), forKey: .simulated)
    }
}
