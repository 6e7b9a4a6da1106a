import Analysis
import Reports
import SyntheticStudies
import Testing

@Suite struct ContrastSectionTests {
    private func report(_ columns: (Double, [Double]) -> [String: Double], count: Int = 100) throws -> String {
        let draws = noise(seed: 8, count: 4 * count)
        let networks = (0..<count).map { place in
            let noise = (1..<4).map { draws[$0 * count + place] }
            var all = columns(draws[place], noise)
            all["test_accuracy"] = draws[place]
            return SyntheticStudy.Network(columns: all, seed: UInt64(place))
        }
        let archive = try Archive()
        return try StudyReport(of: archive.population(SyntheticStudy(networks: networks)), in: archive.store).markdown
    }

    private static let heading = "## One measure against another"

    @Test("Each pair is a sentence with sizes, difference, interval and test, below the verdicts, and its command")
    func sentences() throws {
        let text = try report { accuracy, noise in
            [
                "pair_proxy": accuracy + 2 * noise[0], "hessian_trace": -accuracy + 2.2 * noise[1],
                "weight_norm_l2": accuracy + 0.2 * noise[2],
            ]
        }
        let number = #"[+-]?0\.\d\d"#
        let numbers =
            "sizes 0.\\d\\d and 0.\\d\\d, difference \(number) \\(\(number) to \(number)\\), Williams p [0-9.e-]+"
        let open = try Regex(
            "- `pair_proxy` against `hessian_trace` \\(weakness against sharpness\\): \(numbers): these 100 trained "
                + "networks do not tell which goes closer with `test_accuracy`\\.")
        #expect(text.contains(open))
        let told = try Regex(
            "- `weight_norm_l2` against `[a-z_]+` \\(simplicity against [a-z]+\\): \(numbers): in these 100 trained "
                + "networks `weight_norm_l2` goes closer with `test_accuracy`\\.")
        #expect(text.contains(told))
        #expect(text.contains("basin compare toy pair_proxy hessian_trace\n"))
        #expect(text.contains("which flatters both."))
        let place = try #require(text.firstRange(of: Self.heading)).lowerBound
        #expect(text[..<place].contains("## Verdicts\n"))
    }

    @Test("A comparison that is undefined says why, and one family has no such section")
    func undefined() throws {
        let constant = try report { accuracy, noise in ["pair_proxy": accuracy + noise[0], "hessian_trace": 3] }
        #expect(
            constant.contains(
                "`pair_proxy` against `hessian_trace` (weakness against sharpness) cannot be told: hessian_trace has "
                    + "the same value in every row."))
        #expect(!constant.contains("flatters both"))
        let alone = try report { accuracy, noise in ["weight_norm_l2": accuracy + noise[0], "weight_norm_l1": noise[1]]
        }
        #expect(!alone.contains(Self.heading))
    }
}
