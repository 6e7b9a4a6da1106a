import Analysis
import Statistics
import Typography

extension ReportSection {
    /// Measures of different families held against each other, a sentence each.
    static func contrast(_ contrast: Contrast, of population: Population) -> ReportSection {
        guard !contrast.pairs.isEmpty else { return ReportSection() }
        let strongest = contrast.pairs.contains { $0.choice == .strongest }
        var blocks: [Block] = [
            .heading(2, "One measure against another"),
            .list(contrast.pairs.map { sentence($0, target: contrast.target, models: population.modelsInWords) }),
            .command(
                contrast.pairs.map {
                    "basin compare \(population.study.name.shellWord) \($0.first.shellWord) \($0.second.shellWord)"
                        + population.whereOption
                }),
        ]
        if strongest {
            blocks.append(
                .note(
                    """
                    The strongest measures of the two strongest families are held against each other on the \
                    \(population.modelsInWords) that showed them to be the strongest, which flatters both.
                    """))
        }
        return ReportSection(blocks)
    }

    private static func sentence(_ pair: Contrast.Pair, target: String, models: String) -> Prose {
        let families =
            pair.families.first == pair.families.second
            ? "" : " (\(pair.families.first) against \(pair.families.second))"
        let lead: Prose = "\(code: pair.first) against \(code: pair.second)\(families)"
        let found: DependentCorrelations
        switch pair.comparison {
        case .failure(let undefined): return "\(lead) cannot be told: \(undefined.description)"
        case .success(let comparison): found = comparison
        }
        let size = NumberFormat.fixed(2)
        let interval = found.bootstrap?.bounds.map {
            " (\(signed($0.lower, digits: 2)) to \(signed($0.upper, digits: 2)))"
        }
        let test = found.williams.map { ", Williams p \(NumberFormat.significant(2).string($0.pValue))" }
        let numbers = """
            sizes \(size.string(abs(found.first))) and \(size.string(abs(found.second))), difference \
            \(signed(found.difference, digits: 2))\(interval ?? "")\(test ?? "")
            """
        let these = "these \(found.count) \(models)"
        return switch pair.outcome {
        case .first: "\(lead): \(numbers): in \(these) \(code: pair.first) goes closer with \(code: target)."
        case .second: "\(lead): \(numbers): in \(these) \(code: pair.second) goes closer with \(code: target)."
        case .open: "\(lead): \(numbers): \(these) do not tell which goes closer with \(code: target)."
        }
    }
}
