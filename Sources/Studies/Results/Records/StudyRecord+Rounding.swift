import Definitions
import Digests

extension StudyRecord {
    /// The number of the arithmetic in which its networks were trained, by its name and its definition; 0 for a study
    /// as it is.
    ///
    /// - Complexity: O(1), unless its name ends in a number of rounding: then its definition is read.
    public var rounding: Int {
        guard let name = RoundedName(name),
            let definition = try? CanonicalJSON.value(StudySpecification.Definition.self, of: specificationJSON),
            definition.rounding == name.number
        else { return 0 }
        return name.number
    }
}
