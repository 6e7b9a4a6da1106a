import ArgumentParser
import Datasets
import Foundation
import Studies

/// `--data DIR`.
struct DataFolderOptions: ParsableArguments {
    @Option(name: .customLong("data"), help: "A folder of datasets to look in before all others.")
    var folder: String?
}

/// STUDY.
struct StudyArgument: ParsableArguments {
    @Argument(help: "The name of a study (see 'basin studies'), or the path of a study file.")
    var study: String

    /// Reads the study file.
    func load() throws -> StudyFile {
        try StudyFile(path: StudyLocator().path(of: study))
    }

    /// The name by which a results file knows the study.
    ///
    /// A name need not be a study file: the database is enough for reports.
    var name: String {
        get throws { study.hasSuffix(".yml") || study.hasSuffix(".yaml") || study.contains("/") ? try load().specification.name : study }
    }
}
