import Measures
import Networks
import Randomness
import Testing

@Suite struct LabellingSolverTests {
    private typealias Fixture = LabellingFixtures.Problem

    private func rows(_ problem: LabellingProblem, _ fixture: Fixture) -> [String] {
        LabellingSolver.solve(problem).rows(probes: fixture.feasible.count, classes: fixture.classes)
    }

    // MARK: Against SciPy

    @Test("The committed problems are there, and cover the widths and class counts that matter")
    func fixtures() throws {
        let fixtures = try LabellingFixtures.load()
        #expect(fixtures.problems.count >= 16)
        #expect(Set(fixtures.problems.map(\.width)).isSuperset(of: [1, 2, 3, 5, 8, 20, 40, 64]))
        #expect(Set(fixtures.problems.map(\.classes)).isSuperset(of: [2, 3, 5, 10, 26]))
        #expect(fixtures.unit == 0.0625)
        let ambiguous = fixtures.problems.flatMap(\.feasible).joined().count { $0 == "?" }
        #expect(ambiguous == fixtures.ambiguous)
    }

    @Test("Every answer is SciPy's, and no pair is left undecided", arguments: LabellingFixtures.problems)
    func agreesWithSciPy(fixture: LabellingFixtures.Problem) {
        let answers = LabellingSolver.solve(fixture.problem())
        #expect(answers.separable == fixture.separable)
        guard fixture.separable else { return }
        #expect(answers.undecided == 0)
        let found = answers.rows(probes: fixture.feasible.count, classes: fixture.classes)
        for (found, expected) in zip(found, fixture.feasible) {
            for (a, b) in zip(found, expected) where b != "?" { #expect(a == b, "\(found), expected \(expected)") }
        }
        #expect(answers.feasible == found.joined().count { $0 == "1" })
        #expect(answers.infeasible == found.joined().count { $0 == "0" })
    }

    // MARK: What answers must not depend on

    @Test("Positive rescaling of units changes no answer", arguments: LabellingFixtures.problems.filter(\.separable))
    func unitScales(fixture: LabellingFixtures.Problem) {
        // Small whole numbers and powers of two keep the features exact.
        let scales = (0..<fixture.width).map { [3, 0x1p-12, 1, 0x1p20, 5][$0 % 5] as Float }
        #expect(rows(fixture.problem(scales: scales), fixture) == rows(fixture.problem(), fixture))
    }

    @Test("Renaming classes renames the answers", arguments: LabellingFixtures.problems.filter(\.separable))
    func renamedClasses(fixture: LabellingFixtures.Problem) {
        var stream = NativeStream(seed: 8)
        for _ in 0..<2 {
            let names = stream.permutation(of: fixture.classes)
            let expected = rows(fixture.problem(), fixture).map { row in
                let old = Array(row)
                return String((0..<fixture.classes).map { new in old[names.firstIndex(of: new) ?? 0] })
            }
            #expect(rows(fixture.problem(names: names), fixture) == expected)
        }
    }

    @Test("The same problem gives the same answers by the same way, run after run")
    func repeatable() throws {
        let fixture = try #require(LabellingFixtures.problems.first { $0.width == 8 && $0.classes == 10 })
        let first = LabellingSolver.solve(fixture.problem())
        let second = LabellingSolver.solve(fixture.problem())
        #expect(first.counts == second.counts)
        #expect(first.pivots == second.pivots)
    }

    // MARK: On the line, where the answer is known

    /// Classes with points on a line are separable when their hulls are disjoint, and a probe may join every class
    /// whose hull with it stays clear of the others; a class without points, when the probe lies in no hull.
    private func onTheLine(_ points: [Int], _ labels: [Int], probe: Int, classCount: Int) -> (
        separable: Bool, row: String
    ) {
        func hulls(_ points: [Int], _ labels: [Int]) -> [ClosedRange<Int>] {
            (0..<classCount).compactMap { c in
                let own = zip(points, labels).filter { $0.1 == c }.map(\.0)
                guard let low = own.min(), let high = own.max() else { return nil }
                return low...high
            }
        }
        func disjoint(_ hulls: [ClosedRange<Int>]) -> Bool {
            hulls.indices.allSatisfy { a in hulls[..<a].allSatisfy { !$0.overlaps(hulls[a]) } }
        }
        let row = (0..<classCount).map { disjoint(hulls(points + [probe], labels + [$0])) ? "1" : "0" }.joined()
        return (disjoint(hulls(points, labels)), row)
    }

    @Test(
        "Hundreds of random problems on a line have the answers of interval arithmetic",
        arguments: 1...4 as ClosedRange<UInt64>)
    func line(seed: UInt64) {
        var stream = NativeStream(seed: seed)
        var separable = 0
        for _ in 0..<100 {
            let classCount = 2 + Int(stream.below(5))
            let count = 1 + Int(stream.below(12))
            let points = (0..<count).map { _ in Int(stream.below(40)) }
            // Classes by stretches of the line, so that most problems are separable; sometimes one label is off.
            let names = stream.permutation(of: classCount)
            var labels = points.map { names[$0 * classCount / 40] }
            if stream.below(4) == 0 { labels[0] = Int(stream.below(UInt64(classCount))) }
            let probes = [-7, 50] + (0..<5).map { _ in Int(stream.below(40)) } + points.prefix(2)
            let answers = LabellingSolver.solve(
                LabellingProblem(
                    classCount: classCount, width: 1, features: points.map { Float($0) / 8 },
                    labels: labels.map { UInt8($0) }, probes: probes.map { Float($0) / 8 }))
            let expected = probes.map { onTheLine(points, labels, probe: $0, classCount: classCount) }
            #expect(answers.separable == expected[0].separable, "\(points) \(labels)")
            guard expected[0].separable else { continue }
            separable += 1
            #expect(
                answers.rows(probes: probes.count, classes: classCount) == expected.map(\.row),
                "points \(points), labels \(labels), probes \(probes)")
        }
        #expect((50..<100).contains(separable))
    }

    // MARK: Where rounding bites

    /// Points labelled by a random linear classifier, so that some lie close to a boundary, on units of which one is
    /// nearly a copy of another and all follow five numbers.
    private func thin(seed: UInt64) -> LabellingProblem {
        let (points, probes, width, classCount) = (150, 40, 8, 6)
        var stream = NativeStream(seed: seed).child("thin")
        let mixing = stream.uniforms(count: width * 5, low: -1, high: 1)
        let teacher = stream.uniforms(count: classCount * (width + 1), low: -1, high: 1)
        func features(_ count: Int) -> [Float] {
            (0..<count).flatMap { _ in
                let hidden = stream.uniforms(count: 5, low: -1, high: 1)
                var units = (0..<width).map { u in
                    max(0, (0..<5).reduce(Float(0.1)) { $0 + mixing[u * 5 + $1] * hidden[$1] })
                }
                units[1] = units[0] + 1e-5 * stream.uniforms(count: 1, low: 0, high: 1)[0]
                return units
            }
        }
        let training = features(points)
        let labels = (0..<points).map { i in
            let scores = (0..<classCount).map { c in
                (0..<width).reduce(Double(teacher[c * (width + 1) + width])) {
                    $0 + Double(teacher[c * (width + 1) + $1]) * Double(training[i * width + $1])
                }
            }
            return UInt8(scores.indices.max { scores[$0] < scores[$1] } ?? 0)
        }
        return LabellingProblem(
            classCount: classCount, width: width, features: training, labels: labels, probes: features(probes))
    }

    @Test("Thin margins and nearly equal units leave no pair undecided", arguments: 0..<24 as Range<UInt64>)
    func thinMargins(seed: UInt64) {
        let problem = thin(seed: seed)
        let answers = LabellingSolver.solve(problem)
        #expect(answers.separable == true)
        #expect(answers.undecided == 0, "\(answers.counts)")
        #expect(answers.infeasible > 0)
    }

    // MARK: In the plane, by hand

    @Test("Around a square and a point the plane divides as a drawing shows")
    func plane() {
        // Class 0: the corners of the square 7...9; class 1: (12, 8). Coordinates are shifted so that all are positive.
        let drawn: [(x: Float, y: Float, row: String)] = [
            (8, 8, "10"), (9, 9, "10"), (9, 8, "10"), (12, 8, "01"),
            (3, 8, "10"),  // from here the square hides (12, 8)
            (8, 11, "11"), (5, 10, "10"), (5, 12, "11"),
            (13, 8, "01"),  // with it the square's hull would swallow (12, 8)
            (13, 9, "11"), (10.5, 8, "11"),
        ]
        let answers = LabellingSolver.solve(
            LabellingProblem(
                classCount: 2, width: 2, features: [7, 7, 7, 9, 9, 7, 9, 9, 12, 8], labels: [0, 0, 0, 0, 1],
                probes: drawn.flatMap { [$0.x, $0.y] }))
        #expect(answers.rows(probes: drawn.count, classes: 2) == drawn.map(\.row))
    }

    // MARK: At the edges

    @Test("With one class every probe gets it")
    func oneClass() {
        let answers = LabellingSolver.solve(
            LabellingProblem(classCount: 1, width: 2, features: [1, 2, 3, 4], labels: [0, 0], probes: [1, 2, 9, 9]))
        #expect(answers.separable == true)
        #expect(answers.rows(probes: 2, classes: 1) == ["1", "1"])
    }

    @Test("Without probes only separability is decided")
    func noProbes() {
        let answers = LabellingSolver.solve(
            LabellingProblem(classCount: 2, width: 1, features: [1, 2], labels: [0, 1], probes: []))
        #expect(answers.separable == true)
        #expect(answers.undecided == 0)
    }

    @Test(
        "Wide features and many classes are decided in full",
        arguments: [
            (width: 64, classes: 10, count: 150), (width: 24, classes: 26, count: 78),
            (width: 3, classes: 100, count: 100),
        ])
    func large(width: Int, classes: Int, count: Int) {
        var stream = NativeStream(seed: 21)
        let features = stream.uniforms(count: count * width, low: 0, high: 1)
        let probes = stream.uniforms(count: 2 * width, low: 0, high: 1) + features.prefix(width)
        let answers = LabellingSolver.solve(
            LabellingProblem(
                classCount: classes, width: width, features: features, labels: (0..<count).map { UInt8($0 % classes) },
                probes: probes))
        #expect(answers.separable == true)
        #expect(answers.undecided == 0)
        let last = answers.rows(probes: 3, classes: classes)[2]
        #expect(last == "1" + String(repeating: "0", count: classes - 1))
    }
}
