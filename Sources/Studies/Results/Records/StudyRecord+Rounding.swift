import Definitions
import Digests

extension StudyRecord {
    /// The number of the arithmetic in which its networks were trained; 0 for a study as it is.
    ///
    /// - Complexity: O(1) but for a search through the definition's text, unless it is one in another arithmetic.
    public var rounding: Int {
        guard specificationJSON.utf8.contains("\"rounding\":".utf8) else { return 0 }
        return (try? CanonicalJSON.value(StudySpecification.Definition.self, of: specificationJSON))?.rounding ?? 0
    }
}
