import Foundation
import Results
import Testing

@Suite struct SimulateTests {
    @Test("A simulated study is written with its truths, can be asked like any other, and is the same again")
    func results() throws {
        let place = try Workplace(networks: 1)
        let request = ["simulate", "results", "--models", "300", "--measures", "6", "--seed", "4", "--name", "made-up"]
        let written = try place.start(request).wait()
        #expect(written.status == 0, "\(written.errors)")
        #expect(written.output.contains("pair_proxy,pair_proxy,causal,0.4,\r\n"))
        #expect(written.output.contains("test_loss,test_loss,leaking,,\r\n"))
        let correlated = try place.basin("correlate", "made-up", "--format", "json")
        #expect(correlated.status == 0, "\(correlated.errors)")
        let rows = try #require(
            try JSONSerialization.jsonObject(with: Data(correlated.output.utf8)) as? [[String: Any]])
        #expect(rows.count == 5 && rows.allSatisfy { ($0["interval"] as? String ?? "").hasPrefix("bootstrap") })
        #expect(rows.first { $0["measure"] as? String == "test_loss" }?["predictor"] as? String == "no")
        // Regime and grid are what the study varies.
        let varied = try place.basin("robustness", "made-up").output
        #expect(["psi regime", "psi learning_rate", "psi width"].allSatisfy(varied.prefix { $0 != "\r\n" }.contains))
        let digest = try place.digest(of: "made-up")
        #expect(try place.start(request).wait().status == 0)
        #expect(try place.start(request + ["--db", "again.sqlite"]).wait().status == 0)
        #expect(try place.digest(of: "made-up") == digest && place.digest(of: "made-up", in: "again.sqlite") == digest)
    }

    @Test("A study that cannot be simulated is refused, and no file is made")
    func refused() throws {
        let place = try Workplace(networks: 1)
        let answer = try place.basin("simulate", "results", "--models", "0", "--measures", "6")
        #expect(answer.status == 2 && answer.errors.contains("it takes a whole number from 1 to"))
        #expect(try place.basin("simulate", "results", "--models", "9", "--measures", "1").status == 2)
        #expect(try !place.folder.names().contains("basin.sqlite"))
    }
}
