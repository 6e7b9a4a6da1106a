import Statistics

/// Each predictor's verdict in every study of a family.
package struct FamilyVerdicts: Sendable {
    package let family: StudyFamily
    /// One a member, in the family's order.
    package let studies: [StudyVerdicts]
    /// Those that may predict the target of any study; what stands in most studies first.
    package private(set) var measures: [String]

    /// - Throws: `UnknownColumn` when a study's target was not measured.
    package init(of family: StudyFamily) throws(UnknownColumn) {
        var studies: [StudyVerdicts] = []
        for member in family.members { studies.append(try StudyVerdicts(of: member)) }
        var measures: [String] = []
        for member in family.members {
            for name in member.columns
            where name != member.study.target && member.mayPredict(name) && !measures.contains(name) {
                measures.append(name)
            }
        }
        (self.family, self.studies, self.measures) = (family, studies, measures)
        // As often as it is supported, then as often as it is fragile, and so on.
        let tallies = measures.map { measure in Verdict.Word.allCases.map { count(measure, $0) } }
        self.measures = measures.indices.sorted {
            tallies[$0] == tallies[$1] ? $0 < $1 : tallies[$1].lexicographicallyPrecedes(tallies[$0])
        }.map { measures[$0] }
    }

    /// The measure's row in a member's verdicts; nil where the member lacks it, or where it may not predict.
    package func row(_ measure: String, in member: Int) -> StudyVerdicts.Row? {
        guard family.members[member].mayPredict(measure) else { return nil }
        return studies[member].rows.first { $0.verdict.measure == measure }
    }

    /// In how many studies a measure has this word.
    package func count(_ measure: String, _ word: Verdict.Word) -> Int {
        studies.indices.count { row(measure, in: $0).map { $0.verdict.word == word } ?? false }
    }

    /// How many verdicts have this word.
    package func count(_ word: Verdict.Word) -> Int { measures.reduce(0) { $0 + count($1, word) } }
}
