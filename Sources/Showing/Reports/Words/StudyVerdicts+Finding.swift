import Analysis
import Diagnostics
import Statistics

extension StudyVerdicts {
    /// What was found, in a sentence: "Of 12 measures that may predict test_accuracy one is supported: pair_proxy;
    /// eight cannot be told from nothing with 100 networks; …". Nil where there is no measure at all.
    package func finding(of population: Population) -> Prose? {
        guard rows.contains(where: { population.mayPredict($0.verdict.measure) }) else {
            return rows.isEmpty ? nil : "No measure was taken that may predict \(code: target)."
        }
        let predictors = rows.filter { population.mayPredict($0.verdict.measure) }
        let count = predictors.count
        func having(_ word: Verdict.Word?) -> [Row] { predictors.filter { $0.verdict.word == word } }
        func names(_ rows: [Row]) -> Prose {
            let shown = rows.prefix(4).map { "\(code: $0.verdict.measure)" as Prose }.joined(separator: ", ")
            return rows.count > 4 ? "\(shown) and \(rows.count - 4) more" : shown
        }
        let supported = having(.supported)
        var parts: [Prose] = [
            supported.isEmpty
                ? "\(strong: "none is supported")"
                : """
                \(strong: "\(numeral(supported.count)) \(supported.count == 1 ? "is" : "are") supported"): \
                \(names(supported))
                """
        ]
        let others: [(Verdict.Word, String)] = [
            (.fragile, "fragile"), (.open, "open"), (.masked, "masked"), (.unstable, "unstable"),
        ]
        for (word, text) in others {
            let rows = having(word)
            if !rows.isEmpty {
                parts.append("\(numeral(rows.count)) \(rows.count == 1 ? "is" : "are") \(text): \(names(rows))")
            }
        }
        let confounded = having(.confounded).count
        if confounded > 0 {
            parts.append(
                """
                \(numeral(confounded)) \(confounded == 1 ? "goes or turns" : "go or turn") once something else is held \
                fixed
                """
            )
        }
        let silent = having(.undetectable).count
        if silent > 0 {
            parts.append(
                """
                \(numeral(silent)) cannot be told from nothing with \(population.models.count) \
                \(population.unit)
                """)
        }
        let unknown = having(nil).count
        if unknown > 0 { parts.append("\(numeral(unknown)) \(unknown == 1 ? "has" : "have") no correlation") }
        return """
            Of \(count) \(count == 1 ? "measure" : "measures") that may predict \(code: target), \
            \(parts.joined(separator: "; ")).
            """
    }
}

/// "two"; a large number in digits.
private func numeral(_ count: Int) -> String {
    let words = [
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ]
    return count < words.count ? words[count] : "\(count)"
}

extension FamilyVerdicts {
    /// What was found in the studies, in two sentences; nil where there is no measure at all.
    var finding: Prose? {
        guard !measures.isEmpty else { return nil }
        let supported = measures.map { ($0, count($0, .supported)) }.filter { $0.1 > 0 }
        let names = supported.prefix(6).map { measure, count -> Prose in
            "\(code: measure) in \(count == studies.count ? "all" : "\(count)")"
        }
        let others = supported.count - names.count
        let verb = supported.count == 1 ? "is" : "are"
        let answer: Prose =
            supported.isEmpty
            ? "\(strong: "none is supported") in any of \(studies.count) studies"
            : """
            \(strong: "\(supported.count) \(verb) supported"): \(names.joined(separator: ", "))\
            \(others > 0 ? ", \(others) more" : "") of \(studies.count) studies
            """
        let words = Verdict.Word.allCases.filter { $0 != .notAPredictor }.map { ($0, count($0)) }.filter { $0.1 > 0 }
        let all = words.reduce(0) { $0 + $1.1 }
        let parts = words.map { word, count -> String in "\(count) \(word.shortName)" }
        let targets = Set(studies.map(\.target))
        let target: Prose = targets.count == 1 ? "\(code: targets.first ?? "")" : "their study's target"
        return """
            Of \(counted(measures.count, "measure")) that may predict \(target), \(answer). Of \
            \(counted(all, "verdict")) \(parts.joined(separator: ", ")).
            """
    }
}
