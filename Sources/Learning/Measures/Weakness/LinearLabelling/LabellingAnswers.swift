/// What was decided about every pair of probe and class, and how.
package struct LabellingAnswers: Sendable {
    package enum Answer: Sendable, Equatable {
        case undecided, feasible, infeasible
    }

    /// Where verified answers came from.
    package struct Counts: Sendable, Equatable {
        /// Feasible through a unit that no training point activates.
        package var byDeadUnit = 0
        /// Feasible: seen at a vertex on the way to something else.
        package var byHarvest = 0
        /// Feasible by a problem of their own.
        package var byOwnProblem = 0
        /// Infeasible already against one rival class.
        package var byPairwiseCertificate = 0
        /// Infeasible by a certificate over all classes.
        package var byFullCertificate = 0
        /// How often rounding errors made a new start necessary.
        package var restarts = 0
        /// Witnesses or certificates that failed verification; each was tried again.
        package var rejected = 0
    }

    let probeCount: Int
    let classCount: Int
    /// Whether any classifier separates the training points; nil when that itself is undecided.
    package var separable: Bool?
    /// probes x classes.
    private(set) var answers: [Answer]
    package private(set) var undecided: Int
    package var counts = Counts()
    package var pivots = 0

    init(probeCount: Int, classCount: Int) {
        self.probeCount = probeCount
        self.classCount = classCount
        answers = [Answer](repeating: .undecided, count: probeCount * classCount)
        undecided = probeCount * classCount
    }

    package subscript(probe: Int, label: Int) -> Answer { answers[probe * classCount + label] }

    package var feasible: Int { answers.count { $0 == .feasible } }
    package var infeasible: Int { answers.count { $0 == .infeasible } }

    /// The classes that are feasible for a probe.
    package func feasibleClasses(_ probe: Int) -> [Int] {
        (0..<classCount).filter { self[probe, $0] == .feasible }
    }

    /// How many of a probe's classes have no answer.
    func undecidedClasses(_ probe: Int) -> Int {
        (0..<classCount).count { self[probe, $0] == .undecided }
    }

    mutating func decide(_ probe: Int, _ label: Int, _ answer: Answer) {
        precondition(self[probe, label] == .undecided && answer != .undecided)
        answers[probe * classCount + label] = answer
        undecided -= 1
    }
}
