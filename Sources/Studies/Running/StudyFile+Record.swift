import Definitions
import Results
import StudyFiles

extension StudyFile {
    /// The study file that a results file keeps of a study; of a study in another arithmetic that of its study, in this
    /// arithmetic.
    ///
    /// - Throws: `DocumentError`; `NoOtherArithmetic`.
    public init(_ study: StudyRecord) throws {
        guard study.rounding != 0, let name = RoundedName(study.name) else {
            self = try StudyFile(text: study.specificationYAML, path: "\(study.name).yml")
            return
        }
        self = try StudyFile(text: study.specificationYAML, path: "\(name.study).yml").rounded(study.rounding)
    }
}
