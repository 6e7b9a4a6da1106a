import Measures
import Testing

/// On the line: class 0 at 1, class 1 at 3, probe 0 at 0.5, probe 1 at 2.
@Suite struct CertificateCheckerTests {
    private let checker = CertificateChecker(
        LabellingProblem(classCount: 2, width: 1, features: [1, 3], labels: [0, 1], probes: [0.5, 2]))

    // MARK: Witnesses

    /// Class 1 has the score weight · x + bias, class 0 nothing.
    private func classifier(weight: Double, bias: Double) -> Classifier {
        var result = Classifier(classCount: 2, width: 1)
        result[1, 0] = weight
        result[1, 1] = bias
        return result
    }

    @Test("A threshold between the classes is a witness, at any scale")
    func witness() {
        for scale in [1, 1e-30, 1e30] {
            let witness = classifier(weight: scale, bias: -2.5 * scale)
            #expect(checker.classifiesTraining(witness))
            #expect(checker.gives(witness, probe: 1, class: 0))
            #expect(!checker.gives(witness, probe: 1, class: 1))
        }
    }

    @Test("A witness that misclassifies one point is rejected")
    func misclassifies() {
        #expect(!checker.classifiesTraining(classifier(weight: 1, bias: -3.5)))
        #expect(!checker.classifiesTraining(classifier(weight: 1, bias: -0.5)))
        #expect(!checker.classifiesTraining(classifier(weight: -1, bias: 2)))
    }

    @Test("A witness with a margin of zero, or of rounding's size, is rejected")
    func zeroMargin() {
        #expect(!checker.classifiesTraining(classifier(weight: 1, bias: -3)))
        #expect(!checker.classifiesTraining(classifier(weight: 1, bias: -1)))
        #expect(!checker.classifiesTraining(classifier(weight: 1, bias: -3 + 1e-14)))
        #expect(!checker.classifiesTraining(classifier(weight: 0, bias: 0)))
        #expect(!checker.gives(classifier(weight: 1, bias: -2), probe: 1, class: 0))
        #expect(!checker.gives(classifier(weight: 1, bias: -2), probe: 1, class: 1))
    }

    @Test("Weights that are not finite are no witness", arguments: [Double.nan, .infinity, -.infinity])
    func notFinite(value: Double) {
        for witness in [classifier(weight: value, bias: -2), classifier(weight: 1, bias: value)] {
            #expect(!checker.classifiesTraining(witness))
            for c in 0..<2 { #expect(!checker.gives(witness, probe: 0, class: c)) }
        }
    }

    @Test("Every one of many points is looked at")
    func everyPoint() {
        let labels = (0..<50).map { UInt8($0 % 3) }
        let features = labels.map { Float($0) * 4 }
        var witness = Classifier(classCount: 3, width: 1)
        // Breakpoints at 2 and 6.
        for (c, (weight, bias)) in [(0.0, 0.0), (1, -2), (2, -8)].enumerated() {
            (witness[c, 0], witness[c, 1]) = (weight, bias)
        }
        for spoilt in 0..<50 {
            var features = features
            let sound = CertificateChecker(
                LabellingProblem(classCount: 3, width: 1, features: features, labels: labels, probes: []))
            #expect(sound.classifiesTraining(witness))
            features[spoilt] = labels[spoilt] == 1 ? 7 : 4
            let broken = CertificateChecker(
                LabellingProblem(classCount: 3, width: 1, features: features, labels: labels, probes: []))
            #expect(!broken.classifiesTraining(witness), "point \(spoilt)")
        }
    }

    // MARK: Certificates

    private typealias Row = InfeasibilityCertificate.Row

    /// With d = w1 - w0 and e = b1 - b0: 4 · (d/2 + e) + 5 · (-d - e) + 1 · (3d + e) = 0.
    private let terms: [(row: Row, multiplier: Double)] = [
        (.target(rival: 0), 4), (.training(point: 0, other: 1), 5), (.training(point: 1, other: 0), 1),
    ]

    private func proves(_ terms: [(row: Row, multiplier: Double)], target: (probe: Int, class: Int)? = (0, 1)) -> Bool {
        checker.proves(InfeasibilityCertificate(terms: terms), target: target)
    }

    @Test("Multipliers that add the constraints up to nothing are a proof, at any scale")
    func proof() {
        for scale in [1, 1e-20, 1e20] { #expect(proves(terms.map { ($0.row, $0.multiplier * scale) })) }
    }

    @Test("The same multipliers prove nothing of another probe, another class or of separability")
    func otherTarget() {
        #expect(!proves(terms, target: (1, 1)))
        #expect(!proves(terms, target: (0, 0)))
        #expect(!proves(terms, target: nil))
    }

    @Test("A tampered multiplier is rejected", arguments: 0..<3)
    func tampered(index: Int) {
        for factor in [0, 0.5, 1.000_001, 2] {
            var terms = terms
            terms[index].multiplier *= factor
            #expect(!proves(terms))
        }
    }

    @Test("A negative multiplier is rejected, even where the sum vanishes")
    func negative() {
        #expect(!proves(terms.map { ($0.row, -$0.multiplier) }))
        #expect(!proves(terms + [(.training(point: 0, other: 1), 1), (.training(point: 0, other: 1), -1)]))
    }

    @Test("A multiplier that is not finite is rejected", arguments: [Double.nan, .infinity])
    func notFinite(multiplier: Double) {
        for index in 0..<3 {
            var terms = terms
            terms[index].multiplier = multiplier
            #expect(!proves(terms))
        }
    }

    @Test("A wrong row is rejected")
    func wrongRow() {
        var terms = terms
        terms[1].row = .training(point: 1, other: 0)
        #expect(!proves(terms))
        // A point against its own class, or the wanted class against itself, is no constraint: it would add up to
        // nothing.
        #expect(!proves([(.training(point: 0, other: 0), 1)]))
        #expect(!proves([(.target(rival: 1), 1)]))
    }

    @Test("An empty certificate and one of zeros prove nothing")
    func empty() {
        #expect(!proves([]))
        #expect(!proves(terms.map { ($0.row, 0) }))
        #expect(!proves([], target: nil))
    }

    @Test("Equal points with two labels are a proof without a target")
    func inseparable() {
        let checker = CertificateChecker(
            LabellingProblem(classCount: 2, width: 2, features: [1, 2, 1, 2], labels: [0, 1], probes: []))
        let certificate = InfeasibilityCertificate(
            terms: [(.training(point: 0, other: 1), 1), (.training(point: 1, other: 0), 1)])
        #expect(checker.proves(certificate, target: nil))
    }
}
