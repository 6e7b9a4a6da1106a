import Definitions
import Results
import StudyFiles

extension NewStudy {
    /// A study as its file states it, as the results file keeps it.
    public init(_ file: StudyFile) throws {
        let specification = file.specification
        self.init(
            name: specification.name, digest: try specification.definition.digest(), title: specification.title,
            source: specification.source, target: specification.target, specificationYAML: file.text,
            specificationJSON: try specification.definition.canonicalJSON())
    }
}
