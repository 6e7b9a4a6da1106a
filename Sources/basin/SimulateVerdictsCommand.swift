import Analysis
import ArgumentParser
import Dispatch
import Foundation
import Reports
import Statistics
import Synchronization
import Typography

struct SimulateVerdictsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verdicts",
        abstract: "How often each word is right: verdicts on simulated studies whose truth is known.",
        discussion: """
            Each study has two regimes and six measures: one that moves the target, one that only the regime links to \
            it, one that only another column links to it, two that are noise, and one that reads the target. Each row \
            is what is true, each column the share of verdicts with that word, with its standard error.

            Example: basin simulate verdicts --studies 1000 --models 100 --effect 0.5
            """)

    @OptionGroup var output: TableOptions

    @Option(name: .long, help: "Simulated studies; 1000 unless given.", transform: wholeNumber(in: 1...1_000_000))
    var studies = 1000

    @Option(name: .long, help: "Models in each study; 100 unless given.", transform: wholeNumber(in: 4...1_000_000))
    var models = 100

    @Option(
        name: .long,
        help:
            "The true measure's correlation with the target, given all else: above 0 and below 1; 0.5 unless given.",
        transform: number(between: 0, and: 1))
    var effect = 0.5

    @Option(
        name: .long, help: "The first study's seed, 1 unless given; the others follow.",
        transform: wholeNumber(in: 0...UInt64.max))
    var seed: UInt64 = 1

    func run() throws {
        let total = Mutex(VerdictRates())
        let (studies, models, effect, seed) = (studies, models, effect, seed)
        let workers = max(1, ProcessInfo.processInfo.activeProcessorCount)
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
            var rates = VerdictRates()
            for study in stride(from: worker, to: studies, by: workers) {
                rates.add(
                    SimulatedStudy(models: models, effect: effect, seed: seed &+ UInt64(study)), judgedBy: VerdictRule()
                )
            }
            total.withLock { $0.merge(rates) }
        }
        try output.print(Table(total.withLock(\.self)))
    }
}

extension Table {
    /// One row a truth, one column a word: the share of verdicts and its standard error.
    init(_ rates: VerdictRates) {
        self.init(
            ["truth", "right word", "verdicts"] + Verdict.Word.allCases.map { Column($0.rawValue, alignment: .right) })
        for truth in SimulatedStudy.Truth.allCases {
            let count = rates.counts[truth]?.values.reduce(0, +) ?? 0
            append(
                [.text(truth.rawValue), .text(truth.word.rawValue), .integer(count)]
                    + Verdict.Word.allCases.map { word in
                        let (share, error) = rates.share(truth, called: word)
                        return .text("\(NumberFormat.fixed(3).string(share)) ± \(NumberFormat.fixed(3).string(error))")
                    })
        }
    }
}
