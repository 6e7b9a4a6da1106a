import Analysis
import Reports
import SyntheticStudies

extension FamilySamples {
    static func report(_ studies: [SyntheticStudy] = studies()) throws -> FamilyReport {
        let archive = try Archive()
        let populations = try studies.reversed().map(archive.population)
        return try FamilyReport(of: populations, name: "scale", in: archive.store)
    }
}
