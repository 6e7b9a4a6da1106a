import Foundation
import Results
import TestSupport
import Testing

@Suite struct StudyReferenceTests {
    /// Three definitions of one name, of which two are run, the first one last.
    private func place() throws -> Workplace {
        let place = try Workplace(networks: 1)
        for (file, epochs) in [("first", 20), ("second", 21), ("never", 22)] {
            try place.writeStudy("toy", networks: 6, epochs: epochs)
            try FileManager.default.moveItem(
                atPath: place.folder("studies/toy.yml"), toPath: place.folder("\(file).yml"))
        }
        for file in ["first", "second", "first"] { #expect(try place.basin("run", "\(file).yml").status == 0) }
        return place
    }

    @Test("A study file means the version that it defines, in every command; a name means the newest")
    func versions() throws {
        let place = try place()
        let store = try ResultsStore.openReadOnly(at: place.folder("basin.sqlite"))
        #expect(try store.studies().map(\.version) == [1, 2])
        for command in [["correlate"], ["verdict"], ["robustness"], ["report", "--out", "out"], ["compare"]] {
            func answer(_ study: String) throws -> Answer {
                let columns = command == ["compare"] ? ["pair_proxy", "weight_norm_l2"] : []
                return try place.start([command[0], study] + columns + command.dropFirst()).wait()
            }
            let (first, second, newest, never) = try (
                answer("first.yml"), answer("second.yml"), answer("toy"), answer("never.yml")
            )
            #expect(never.status == 2 && never.errors.contains("'never.yml', which was never run into it"), "\(never)")
            guard command[0] != "report" else {
                let report = try String(contentsOfFile: place.folder("out/toy/report.md"), encoding: .utf8)
                #expect(report.contains("version 2"))
                continue
            }
            #expect(first.output == second.output && command[0] == "robustness" || first.output != second.output)
            #expect(newest.output == second.output && newest.errors == second.errors)
        }
    }

    @Test("A study that the results file alone holds is run and measured by its name; a wrong name has the nearest")
    func held() throws {
        let place = try place()
        let again = try place.basin("run", "toy")
        #expect(again.status == 0 && again.errors.contains("toy v2: 6 networks, nothing left to do"), "\(again.errors)")
        #expect(try place.basin("measure", "toy", "--measures", "train_loss").status == 0)
        #expect(try place.basin("run", "toi").errors.contains("Did you mean 'toy'?"))
    }

    @Test(
        "A name means in every command what it means to run, and a file its own target; none is measured before a run"
    )
    func sameMeaning() throws {
        let place = try place()
        try FileManager.default.copyItem(atPath: place.folder("first.yml"), toPath: place.folder("studies/toy.yml"))
        let (byName, byFile) = (try place.basin("correlate", "toy"), try place.basin("correlate", "first.yml"))
        #expect(byName.status == 0 && byName.output == byFile.output)
        #expect(try place.basin("correlate", "second.yml").output != byName.output)
        let text = try String(contentsOfFile: place.folder("first.yml"), encoding: .utf8)
        try place.folder.write(text + "\ntarget: weight_norm_l2\n", to: "other-target.yml")
        let other = try place.basin("correlate", "other-target.yml")
        #expect(other.status == 0 && other.output.contains("test_accuracy") && other.output != byName.output)
        #expect(try place.basin("correlate", "first.yml", "--against", "weight_norm_l2").output == other.output)
        let measured = try place.basin("measure", "never.yml", "--measures", "train_loss")
        #expect(measured.status == 2 && measured.errors.contains("was never run into it"), "\(measured)")
        #expect(try ResultsStore.openReadOnly(at: place.folder("basin.sqlite")).studies().count == 2)
    }
}
