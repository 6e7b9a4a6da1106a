import Datasets
import Networks

/// The points of all configurations of a study.
public struct StudyMaterials: Sendable {
    private let materials: [DataSpecification: StudyMaterial]
    /// SHA-256 of each data file, by "dataset/file".
    public let digests: [String: String]

    /// - Parameter dataset: finds a data set by name; asked once for each.
    /// - Throws: `StudyDataError`, and what `dataset` throws.
    public init(_ definition: StudySpecification.Definition, dataset: (String) throws -> ImageDataset) throws {
        var (materials, datasets, digests) = (
            [DataSpecification: StudyMaterial](), [String: ImageDataset](), [String: String]()
        )
        var tests: [String: LabelledPoints] = [:]
        for data in definition.configurations.compactMap(\.model.kind.data) where materials[data] == nil {
            let found = try datasets[data.dataset] ?? dataset(data.dataset)
            datasets[data.dataset] = found
            let material = try StudyMaterial(data, dataset: found, test: tests[data.dataset])
            materials[data] = material
            tests[data.dataset] = material.test
            digests.merge(material.digests) { first, _ in first }
        }
        self.materials = materials
        self.digests = digests
    }

    /// - Precondition: the data of one of the study's configurations.
    func material(of data: DataSpecification) -> StudyMaterial {
        guard let material = materials[data] else { preconditionFailure("the data of another study") }
        return material
    }
}
