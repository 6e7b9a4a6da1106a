import ArgumentParser
import Datasets
import Definitions
import Foundation
import Results
import Running
import StudyFiles

/// `--data DIR`.
struct DataFolderOptions: ParsableArguments {
    @Option(name: .customLong("data"), help: "A folder of datasets to look in before all others.")
    var folder: String?

    func validate() throws {
        guard let folder else { return }
        do {
            _ = try Surroundings.current.absolutePath(folder)
        } catch {
            throw ValidationError("\(error)")
        }
    }
}

/// STUDY.
struct StudyArgument: ParsableArguments {
    @Argument(help: "The name of a study (see 'basin studies'), or the path of a study file.")
    var study: String

    /// Reads the study file; for a name that no file has, what the results file holds under it.
    ///
    /// - Throws: `UnknownStudy`, with the nearest name of both.
    func load(in database: DatabaseOption) throws -> StudyFile {
        do {
            return try StudyFile(path: StudyLocator().path(of: study))
        } catch let unknown as UnknownStudy where !unknown.isPath {
            let path = try database.path
            guard FileManager.default.fileExists(atPath: path) else { throw unknown }
            let store = try ResultsStore.openReadOnly(at: path)
            let versions = try store.studies()
            guard let newest = versions.last(where: { $0.name == study }) else {
                throw UnknownStudy(
                    name: study, isPath: false, names: Set(unknown.names + versions.map(\.name)).sorted(),
                    folders: unknown.folders)
            }
            return try StudyFile(newest)
        }
    }

    /// What the argument means in a results file.
    var reference: StudyReference {
        get throws { try Self.reference(to: study) }
    }

    /// What a person means who names a study or its file: the version that the file defines. A name is that of the file
    /// in a folder of studies, as for `basin run`, if that version was run, else of the newest version.
    ///
    /// A name need not be a study file: the database is enough for reports.
    static func reference(to study: String) throws -> StudyReference {
        guard StudyLocator.isPath(study) else {
            let file = try? StudyFile(path: StudyLocator().path(of: study))
            guard let file, file.specification.name == study else { return StudyReference(study) }
            return StudyReference(study, preferring: try file.specification.definition.digest())
        }
        let file = try StudyFile(path: StudyLocator().path(of: study))
        return StudyReference(
            file.specification.name, digest: try file.specification.definition.digest(),
            target: file.specification.target, file: study)
    }
}
