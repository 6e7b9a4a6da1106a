/// What was decided about every pair of probe and class, and how.
struct LabellingVerdicts: Sendable {
    enum Verdict: Sendable, Equatable {
        case undecided, feasible, infeasible
    }

    /// Where verified verdicts came from.
    struct Counts: Sendable, Equatable {
        /// Feasible through a unit that no training point activates.
        var byDeadUnit = 0
        /// Feasible: seen at a vertex on the way to something else.
        var byHarvest = 0
        /// Feasible by a problem of their own.
        var byOwnProblem = 0
        /// Infeasible already against one rival class.
        var byPairwiseCertificate = 0
        /// Infeasible by a certificate over all classes.
        var byFullCertificate = 0
        /// Witnesses or certificates that failed verification; each was tried again.
        var rejected = 0
    }

    let probeCount: Int
    let classCount: Int
    /// Whether any classifier separates the training points; nil when that itself is undecided.
    var separable: Bool?
    /// probes x classes.
    private(set) var verdicts: [Verdict]
    private(set) var undecided: Int
    var counts = Counts()
    var pivots = 0

    init(probeCount: Int, classCount: Int) {
        self.probeCount = probeCount
        self.classCount = classCount
        verdicts = [Verdict](repeating: .undecided, count: probeCount * classCount)
        undecided = probeCount * classCount
    }

    subscript(probe: Int, label: Int) -> Verdict { verdicts[probe * classCount + label] }

    var feasible: Int { verdicts.count { $0 == .feasible } }
    var infeasible: Int { verdicts.count { $0 == .infeasible } }

    mutating func decide(_ probe: Int, _ label: Int, _ verdict: Verdict) {
        precondition(self[probe, label] == .undecided && verdict != .undecided)
        verdicts[probe * classCount + label] = verdict
        undecided -= 1
    }
}
