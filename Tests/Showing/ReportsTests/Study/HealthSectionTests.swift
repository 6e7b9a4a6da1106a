import Analysis
import Reports
import SyntheticStudies
import Testing

@Suite struct HealthSectionTests {
    private func report(
        _ networks: [SyntheticStudy.Network], _ configurations: [TrainedConfiguration]
    ) throws -> String {
        let archive = try Archive()
        let study = SyntheticStudy(
            networks: networks, population: TrainedConfiguration.population(configurations))
        return try StudyReport(of: archive.population(study), in: archive.store).markdown
    }

    private func section(_ report: String) throws -> String {
        // Above the first section, with the title and what was found.
        let head = report[..<(try #require(report.firstRange(of: "\n## "))).lowerBound]
        return head.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("# ") && !$0.hasPrefix("Source:") && !$0.hasPrefix("Of ") }.joined(separator: "\n")
    }

    private func network(
        _ index: Int, _ plan: TrainedConfiguration, test: Double? = nil, train: Double = 1, epochs: Int = 40
    ) -> SyntheticStudy.Network {
        .init(
            hyperparameters: plan.hyperparameters(),
            columns: [
                "test_accuracy": test ?? 0.8 + 0.01 * Double(index * 7 % 11), "train_accuracy": train,
                "weight_norm_l2": Double(index * 5 % 13),
            ], epochs: epochs)
    }

    @Test("Where all is well a line says so, above the first section")
    func sound() throws {
        let plan = TrainedConfiguration(seeds: 0..<12)
        let text = try report((0..<12).map { network($0, plan) }, [plan])
        #expect(
            try section(text).split(separator: "\n") == [
                """
                12 of 12 networks made, none failed, none at chance, none stopped at the cap of 100 epochs, none \
                below the training accuracy of 0.99 at which training stops.
                """
            ])
        #expect(!text.contains("--without-collapsed"))
    }

    @Test("Configurations in which something is amiss have a row each, and the others none")
    func table() throws {
        let plans = [0.1, 0.5, 2].map { TrainedConfiguration(seeds: 0..<6, learningRate: $0) }
        var networks = (0..<17).map { index in network(index, plans[index / 6]) }
        networks[7] = network(7, plans[1], test: 0.1135, train: 0.2, epochs: 100)
        networks[13] = .init(hyperparameters: plans[2].hyperparameters(), columns: [:], failure: "no luck")
        let text = try section(report(networks, plans))
        #expect(
            text.contains(
                """
                16 of 18 networks made, 1 still to be made, 1 failed, 1 at chance, 1 stopped at the cap of 100 epochs, \
                1 below the training accuracy of 0.99 at which training stops. At chance is a test accuracy of at most \
                0.115.
                """))
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| learning_rate") }
        #expect(
            rows == [
                "| learning_rate 0.5 | 6 | 6 | 0 | 1 | 1 | 100 | 1 |",
                "| learning_rate 2 | 6 | 4 | 1 | 0 | 0 | 100 | 0 |",
            ])
        #expect(!text.contains("**Most"))
    }

    @Test("Where most networks ran into the cap a paragraph warns of it")
    func capped() throws {
        let plan = TrainedConfiguration(seeds: 0..<12)
        let networks = (0..<12).map {
            network($0, plan, train: $0 < 7 ? 0.9 : 1, epochs: $0 < 7 ? 100 : 40)
        }
        let whole = try report(networks, [plan])
        let text = try section(whole)
        // Before what was found.
        #expect(
            whole.contains(
                "# Study toy\n\n**Most networks ran into the cap of 100 epochs.** 7 of 12 were stopped there"))
        #expect(!text.contains("| configuration |"))
    }

    @Test("What is not known is said with its reason, and no count stands for it")
    func unknown() throws {
        let archive = try Archive()
        let population = try KnownTruth().enter(in: archive)
        let text = try section(StudyReport(of: population, in: archive.store).markdown)
        #expect(
            text.split(separator: "\n") == [
                """
                60 networks made, none failed. Whether any is at chance is not known: no hyperparameter tells the \
                architecture, and with it the number of classes. Whether any stopped at a cap of epochs or missed \
                the training accuracy that it trains to is not known: the study's definition does not say how they \
                are trained.
                """
            ])
        let plan = TrainedConfiguration(seeds: 0..<12, stop: nil)
        let fixed = try section(report((0..<12).map { network($0, plan) }, [plan]))
        #expect(
            fixed.split(separator: "\n") == [
                """
                12 of 12 networks made, none failed, none at chance. Training has no stopping rule, so there is none \
                to miss.
                """
            ])
    }

    @Test("Verdicts that networks at chance make have their other word beside them, and the command that judges so")
    func verdicts() throws {
        let plan = TrainedConfiguration(seeds: 0..<40)
        let draws = noise(seed: 31, count: 200)
        let networks = (0..<40).map { index in
            var network = network(index, plan, test: index % 13 == 5 ? 0.1 : 0.8 + 0.01 * draws[index])
            network.columns["weight_norm_l2"] = index % 13 == 5 ? 1 + 0.1 * Double(index) : 10 + draws[40 + index]
            return network
        }
        let text = try report(networks, [plan])
        let start = try #require(
            text.firstRange(of: "**Without the 3 networks at chance** 1 of 2 verdicts has another"))
        #expect(try #require(text.firstRange(of: "## Verdicts")).lowerBound < start.lowerBound)
        #expect(
            text.contains(
                /`weight_norm_l2` is \*\*undetectable at this n\*\* without them \(rho \S+ over 37 networks\), [csu]/))
        #expect(text.contains("    basin verdict toy --without-collapsed\n"))
    }

    @Test("Networks at chance that change no word are said to change none")
    func unchanged() throws {
        let plan = TrainedConfiguration(seeds: 0..<30)
        let draws = noise(seed: 5, count: 60)
        let networks = (0..<30).map { index in
            var network = network(index, plan, test: index == 3 ? 0.1 : 0.8 + 0.01 * draws[index])
            network.columns["weight_norm_l2"] = draws[30 + index]
            return network
        }
        #expect(
            try report(networks, [plan]).contains("**Without the network at chance** every verdict has the same word."))
    }

    @Test("A lab's models have no section of this kind")
    func lab() throws {
        let archive = try Archive()
        let study = SyntheticStudy(
            networks: [.init(columns: ["test_accuracy": 0.1, "weight_norm_l2": 2])],
            population: #"{"configurations":[{"lab":{"experiment":"none"},"seeds":[0]}]}"#)
        #expect(!(try StudyReport(of: archive.population(study), in: archive.store).markdown).contains("## Health"))
    }
}
