import Results

extension ReportSection {
    /// That the models saw other data than those whose name the study gives, where they did.
    ///
    /// - Parameter stated: SHA-256 of each data file that the catalogue states, by "dataset/file".
    static func otherData(runs: [RunRecord], stated: [String: String]) -> ReportSection {
        let other = runs.flatMap { run in
            run.provenance.datasetDigests.filter { file, digest in stated[file].map { $0 != digest } ?? false }.keys
        }
        let names = Set(other.compactMap { $0.split(separator: "/").first.map(String.init) }).sorted()
        return ReportSection(
            names.map { name in
                .paragraph(
                    """
                    These models were not made from the data set \(code: name) that the catalogue states, but from \
                    other files in a folder of that name; their SHA-256 is recorded with each run.
                    """)
            })
    }
}
