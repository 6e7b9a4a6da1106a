import Analysis
import Diagnostics
import Parameters
import Typography

/// What a study's health is in sentences.
package struct HealthText {
    private let health: Health
    private let study: String
    /// "networks"
    private let unit: String
    private let isRestricted: Bool

    package init(_ health: Health, of population: Population) {
        (self.health, study, unit) = (health, population.study.name, population.unit)
        isRestricted = population.restriction != nil
    }

    /// All counts in a line: "100 of 100 networks made, none failed, none at chance, none stopped at the cap of 500
    /// epochs", and what is not known of them.
    package var summary: String {
        let counts = health.overall
        var parts = [
            counts.planned.map { "\(counts.made) of \($0) \(unit) made" }
                ?? "\(counted(counts.made, of: unit)) \(isRestricted ? "selected" : "made")"
        ]
        if counts.missing > 0 { parts.append("\(counts.missing) still to be made") }
        parts.append("\(number(counts.failed)) failed")
        let findings = [
            (counts.collapsed, "at chance"), (counts.stoppedAtCap, "stopped at \(cap)"),
            (counts.notMemorised, "\(shortOfGoal) at which training stops"),
        ]
        for (finding, words) in findings {
            guard let count = finding.count else { continue }
            let all = finding.judged == counts.made ? "" : " of \(finding.judged)"
            parts.append("\(number(count))\(all) \(words)")
        }
        return ([parts.joined(separator: ", ") + "."] + [chance].compactMap(\.self) + notKnown).joined(separator: " ")
    }

    /// What stands below a command's table, or before it: networks that learned nothing, or did not finish.
    package var remarks: [String] {
        let counts = health.overall
        var remarks: [String] = []
        if let collapsed = counts.collapsed.count, collapsed > 0 {
            remarks.append(
                """
                \(collapsed) of \(counts.made) \(unit) \(collapsed == 1 ? "is" : "are") at chance\(bound): \
                \(isRestricted ? "" : "'basin verdict \(study.shellWord) ")--without-collapsed\
                \(isRestricted ? "" : "'") judges without them
                """)
        }
        if counts.isMostlyCapped { remarks.append("\(capped), before the stopping rule was met") }
        return remarks
    }

    /// The same where those at chance were left out.
    package var remarksWithout: [String] {
        let counts = health.overall
        let collapsed = counts.collapsed.count ?? 0
        let left =
            collapsed == 0
            ? "no network is at chance: all are judged"
            : "judged without \(collapsed) of \(counts.made) \(unit), which \(collapsed == 1 ? "is" : "are") at "
                + "chance\(bound)"
        return [left] + (counts.isMostlyCapped ? ["\(capped), before the stopping rule was met"] : [])
    }

    /// Why it is not known which collapsed; nil where it is known of some.
    package var reasonWithoutCollapsed: String? {
        let collapsed = health.overall.collapsed
        guard collapsed.count == nil else { return nil }
        return "It is not known which networks of '\(study)' collapsed: \(words(collapsed.unknown ?? .noNetwork))."
    }

    /// A paragraph where most networks are unfinished.
    var warning: Prose? {
        guard health.overall.isMostlyCapped else { return nil }
        let stopped = health.overall.stoppedAtCap
        return """
            \(strong: "Most \(unit) ran into \(cap).") \(stopped.count ?? 0) of \(stopped.judged) were stopped there, \
            before their stopping rule was met: they may differ in how far they came rather than in what they would \
            have become.
            """
    }

    /// The configurations of which something is not well; nil where there are none, or only one configuration.
    var table: Table? {
        let odd = health.configurations.filter { !$0.counts.isSound }
        guard !odd.isEmpty else { return nil }
        return Table(
            [
                "configuration", .init(unit), "made", "failed", "at chance", "stopped at the cap", "cap",
                "not memorised",
            ],
            rows: odd.map { configuration in
                let counts = configuration.counts
                return [
                    .text(configuration.label), Cell(counts.planned), .integer(counts.made), .integer(counts.failed),
                    cell(counts.collapsed), cell(counts.stoppedAtCap), Cell(configuration.cap),
                    cell(counts.notMemorised),
                ]
            })
    }

    private func cell(_ finding: Health.Finding) -> Cell {
        Cell(finding.count, because: finding.unknown.map { words($0).capitalisedSentence })
    }

    private func number(_ count: Int) -> String { count == 0 ? "none" : "\(count)" }

    private var cap: String {
        health.caps.count == 1 ? "the cap of \(counted(health.caps[0], "epoch"))" : "the cap of epochs"
    }

    /// What training goes on to, as "the training accuracy", where a network is that did not come to it, and the bounds
    /// that stopping rules have for it.
    private var goal: (name: String, short: String, bounds: [Double]) {
        if health.trainedToLosses.isEmpty { return ("the training accuracy", "below", health.trainedTo) }
        if health.trainedTo.isEmpty { return ("the training loss", "above", health.trainedToLosses) }
        return ("the fit", "short of", [])
    }

    /// "below the training accuracy of 0.9999"
    private var shortOfGoal: String {
        let bound = goal.bounds.count == 1 ? " of \(ParameterValue.number(goal.bounds[0]))" : ""
        return "\(goal.short) \(goal.name)\(bound)"
    }

    private var capped: String {
        "\(health.overall.stoppedAtCap.count ?? 0) of \(health.overall.stoppedAtCap.judged) \(unit) stopped at \(cap)"
    }

    /// " (test accuracy of at most 0.115)"
    private var bound: String {
        guard health.chanceAccuracies.count == 1 else { return "" }
        return " (test accuracy of at most \(NumberFormat.significant(3).string(health.chanceAccuracies[0])))"
    }

    private var chance: String? {
        guard (health.overall.collapsed.count ?? 0) > 0, !bound.isEmpty else { return nil }
        return
            "At chance is a test accuracy of at most \(NumberFormat.significant(3).string(health.chanceAccuracies[0]))."
    }

    /// A sentence a reason, each once.
    private var notKnown: [String] {
        let counts = health.overall
        let questions = [
            (counts.collapsed, "is at chance"), (counts.stoppedAtCap, "stopped at a cap of epochs"),
            (counts.notMemorised, "missed \(goal.name) that it trains to"),
        ]
        var reasons: [Health.Unknown] = []
        for (finding, _) in questions {
            if let reason = finding.unknown, reason != .noNetwork, !reasons.contains(reason) { reasons.append(reason) }
        }
        return reasons.map { reason in
            guard reason != .fixedEpochs else { return words(reason).capitalisedSentence }
            let asked = questions.filter { $0.0.unknown == reason }
            let who = asked.allSatisfy { $0.0.count == nil } ? "any" : "each of the others"
            return "Whether \(who) \(asked.map(\.1).joined(separator: " or ")) is not known: \(words(reason))."
        }
    }

    private func words(_ reason: Health.Unknown) -> String {
        switch reason {
        case .noNetwork: "none was made"
        case .noTestAccuracy: "the test accuracy was not measured"
        case .noClasses: "no hyperparameter tells the architecture, and with it the number of classes"
        case .noTraining: "the study's definition does not say how they are trained"
        case .fixedEpochs: "training has no stopping rule, so there is none to miss"
        case .noEpochs: "their epochs were not recorded"
        case .noTrainingAccuracy: "the training accuracy was not measured"
        case .noTrainingLoss: "the training loss was not measured"
        case .stopsBySomePoints: "the stopping rule looks at some of the training points alone"
        }
    }
}

extension String {
    /// With a capital first letter and a full stop.
    fileprivate var capitalisedSentence: String { prefix(1).uppercased() + dropFirst() + "." }
}
