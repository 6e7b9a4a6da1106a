import Digests
import Measures
import Parameters

/// Models that this program does not make, as those of a simulation or of a newer program's kind: what the results file
/// holds of them can be read and judged.
public struct UnknownModels: ModelKind {
    public static let about = ModelKindDescription(
        sections: [], unit: "networks", inWords: "trained networks", isDrawn: true)

    public init() {}

    public init(from decoder: any Decoder) throws {}

    public func encode(to encoder: any Encoder) throws {}

    public func digest(seed: UInt64) throws -> String { SHA256.hexadecimal(of: "unknown \(seed)") }

    public var facts: [String: ParameterValue] { [:] }

    public static func factors(of models: [UnknownModels]) -> [ModelFactor] { [] }

    public static func measures(of models: [UnknownModels]) -> [MeasureDescription] { [] }

    public func prepared(on materials: StudyMaterials) throws -> any ModelMaker {
        throw ModelNotMade(reason: "this program does not know how they are made")
    }
}
