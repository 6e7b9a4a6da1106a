import Foundation
import GRDB
import Results
import Testing

@Suite struct CheckCommandTests {
    private func damage(_ place: Workplace, _ sql: String) throws {
        let queue = try DatabaseQueue(path: place.folder("basin.sqlite"))
        try queue.writeWithoutTransaction { db in try db.execute(sql: sql) }
        try queue.close()
    }

    @Test("A damaged row is named by every command and used by none; removed, it is made again with the same bits")
    func damaged() throws {
        let place = try Workplace(networks: 6)
        #expect(try place.basin("run", "toy").status == 0)
        let sound = try place.basin("check")
        #expect(
            sound.status == 0
                && sound.output.contains("is sound: 1 study, 6 models, 30 measurements, 6 networks' weights"),
            "\(sound)")
        let digest = try place.digest()
        try damage(place, "UPDATE measurement SET value = value + 1 WHERE measure = 'pair_proxy' AND model_id = 3")
        for command in [
            ["correlate", "toy"], ["verdict", "toy"], ["report", "toy"], ["robustness", "toy"], ["run", "toy"],
            ["measure", "toy", "--measures", "train_loss"],
            ["compare", "toy", "pair_proxy", "weight_norm_l2"], ["sql", "SELECT count(*) FROM models"], ["check"],
        ] {
            let answer = try place.start(command).wait()
            #expect(answer.status == 1, "\(command): \(answer)")
            #expect((answer.errors + answer.output).contains("table measurement, pair_proxy of 'seed "), "\(answer)")
        }
        let removed = try place.basin("check", "--remove")
        #expect(removed.status == 0 && removed.output.contains("is sound now"), "\(removed)")
        #expect(try place.digest() != digest)
        #expect(try place.basin("run", "toy").status == 0)
        #expect(try place.digest() == digest)
    }

    @Test("A model that is lost is missed, and trained again after its loss is taken note of")
    func lost() throws {
        let place = try Workplace(networks: 5)
        #expect(try place.basin("run", "toy").status == 0)
        let digest = try place.digest()
        try damage(place, "PRAGMA foreign_keys = ON; DELETE FROM model WHERE position = 2")
        let answer = try place.basin("correlate", "toy")
        #expect(answer.status == 1 && answer.errors.contains("4 of the 5 rows that were written"), "\(answer.errors)")
        #expect(try place.basin("check", "--remove").status == 0)
        #expect(try place.basin("run", "toy").status == 0)
        #expect(try place.digest() == digest)
    }

    @Test("Weights of another architecture, and a model beyond the plan, are named")
    func strangers() throws {
        let place = try Workplace(networks: 3)
        #expect(try place.basin("run", "toy").status == 0)
        try place.writeStudy("other", networks: 1)
        let text = try String(contentsOfFile: place.folder("studies/other.yml"), encoding: .utf8)
        try place.folder.write(text.replacing("[12, 6]", with: "[5]"), to: "studies/other.yml")
        #expect(try place.basin("run", "other").status == 0)
        try damage(
            place,
            """
            UPDATE weights SET safetensors = (SELECT w.safetensors FROM weights w JOIN model m ON m.id = w.model_id
                WHERE m.study_id = 2) WHERE model_id = 1
            """)
        let answer = try place.basin("measure", "toy", "--measures", "train_loss")
        #expect(answer.status == 1 && answer.errors.contains("The weights of 'seed "), "\(answer.errors)")
        #expect(answer.errors.contains("they are those of 64-5-"), "\(answer.errors)")
        let place2 = try Workplace(networks: 3)
        #expect(try place2.basin("run", "toy").status == 0)
        try alter(place2.folder("basin.sqlite"), "UPDATE model SET position = 99 WHERE position = 1")
        let stray = try place2.basin("run", "toy")
        #expect(stray.status == 1 && stray.errors.contains("at position 99 of 'toy', which has 3 models"), "\(stray)")
        // Of an earlier version, from which networks would be taken over.
        try place2.writeStudy("toy", networks: 4)
        #expect(try place2.basin("run", "toy").errors.contains("at position 99 of 'toy'"))
    }

    @Test("What was changed on purpose is accepted on request; a run that is lost takes no network with it")
    func accepted() throws {
        let place = try Workplace(networks: 4)
        #expect(try place.basin("run", "toy").status == 0)
        try damage(place, "UPDATE study SET title = 'Renamed'; CREATE TABLE aside (x REFERENCES elsewhere (y))")
        let refused = try place.basin("check", "--remove")
        #expect(refused.status == 1 && refused.errors.contains("what is left stays"), "\(refused)")
        #expect(try place.basin("check", "--accept").output.contains("was taken as it is: 1 study, 4 models"))
        #expect(try place.basin("check").status == 0 && place.basin("correlate", "toy").status == 0)
        try damage(place, "PRAGMA foreign_keys = OFF; DELETE FROM run; INSERT INTO aside VALUES (1)")
        #expect(try place.basin("check", "--remove").status == 1)
        #expect(try place.basin("sql", "SELECT 1").status == 1)
        #expect(try place.basin("check", "--accept").output.contains("4 models"))
        try damage(place, "DELETE FROM weights WHERE model_id = 2")
        let missing = try place.basin("check")
        #expect(missing.status == 1 && missing.output.contains("table weights, those of 'seed "), "\(missing)")
        let removed = try place.basin("check", "--remove")
        #expect(removed.status == 0 && removed.output.contains("is sound now"), "\(removed)")
    }
}
