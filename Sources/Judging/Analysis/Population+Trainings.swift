import Definitions
import Digests
import Results

extension Population {
    /// What each network's training is called, one a model, in whatever study: its training digest; in another
    /// arithmetic that of the study's own network, of which it is no independent repetition.
    var trainings: [String] {
        let digests = models.map(\.trainingDigest)
        guard study.rounding != 0,
            let definition = try? CanonicalJSON.value(StudySpecification.Definition.self, of: study.specificationJSON),
            let planned = definition.rounded(0)?.models
        else { return digests }
        return zip(models, digests).map { model, digest in
            guard planned.indices.contains(model.position) else { return digest }
            return (try? planned[model.position].trainingDigest) ?? digest
        }
    }
}
