import ArgumentParser
import Datasets
import Definitions
import Foundation
import StudyFiles

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
    var name: String {
        get throws { try Self.name(of: study) }
    }

    /// The name by which a results file knows a study that a person named by it or by its file.
    ///
    /// A name need not be a study file: the database is enough for reports.
    static func name(of study: String) throws -> String {
        let isFile = study.hasSuffix(".yml") || study.hasSuffix(".yaml") || study.contains("/")
        return isFile ? try StudyFile(path: StudyLocator().path(of: study)).specification.name : study
    }
}
