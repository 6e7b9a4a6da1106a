import Statistics
import Testing

@Suite struct BootstrapTests {
    @Test(
        "Intervals agree with the same resamples drawn and correlated by NumPy and SciPy",
        arguments: try ReferenceValues.load().bootstraps)
    func reference(interval: ReferenceValues.Interval) throws {
        let seed = try #require(UInt64(interval.seed))
        let method = try #require(CorrelationMethod(rawValue: interval.method))
        let bootstrap = try #require(
            correlate(
                Variable("x", interval.x), Variable("y", interval.y), method: method,
                given: variables(interval.covariates),
                bootstrap: Bootstrap(seed: seed, resamples: interval.resamples, level: interval.level)
            ).bootstrap)
        #expect(bootstrap.degenerate == interval.degenerate)
        // One resample in twenty may be undefined; "a column that is often constant" has more.
        #expect((bootstrap.bounds == nil) == (20 * interval.degenerate > interval.resamples))
        if let bounds = bootstrap.bounds {
            #expect(abs(bounds.lower - interval.lower) < 1e-12)
            #expect(abs(bounds.upper - interval.upper) < 1e-12)
            #expect(bounds.level == interval.level)
        }
        #expect(bootstrap.resamples == interval.resamples && bootstrap.seed == seed)
    }

    @Test("The same seed gives the same interval on every thread, another seed another one")
    func reproducible() async throws {
        let pair = try #require(try ReferenceValues.load().pairs.first { $0.name == "60 rows" })
        let x = Variable("x", pair.x), y = Variable("y", pair.y)
        let expected = correlate(x, y, bootstrap: Bootstrap(seed: 7, resamples: 200))
        try await withThrowingTaskGroup(of: Correlation.self) { group in
            for _ in 0..<8 { group.addTask { correlate(x, y, bootstrap: Bootstrap(seed: 7, resamples: 200)) } }
            for try await correlation in group { #expect(correlation == expected) }
        }
        // Differs from seed 7 in the upper half only.
        let other = correlate(x, y, bootstrap: Bootstrap(seed: 7 + 1 << 40, resamples: 200))
        #expect(other.bootstrap?.bounds != expected.bootstrap?.bounds)
        #expect(other.estimate == expected.estimate)
    }

    @Test("When more than one resample in twenty is degenerate there are no bounds, but their number")
    func degenerate() throws {
        // A single 1 among three rows is missing from a resample, or alone in it, more often than not for ranks of
        // three.
        let x = Variable("x", [0, 0, 1])
        let y = Variable("y", [0, 1, 0])
        let bootstrap = try #require(correlate(x, y, bootstrap: Bootstrap(seed: 1, resamples: 500)).bootstrap)
        #expect(bootstrap.bounds == nil)
        #expect(bootstrap.degenerate > 250 && bootstrap.degenerate < 500)
        #expect(
            bootstrap.reason
                == "\(bootstrap.degenerate) of 500 resamples have no correlation, as few rows make all the difference.")
    }

    @Test("A wider level gives a wider interval around the estimate")
    func level() throws {
        let pair = try #require(try ReferenceValues.load().pairs.first { $0.name == "100 rows" })
        func bounds(_ level: Double) throws -> ConfidenceInterval {
            try #require(
                correlate(
                    Variable("x", pair.x), Variable("y", pair.y),
                    bootstrap: Bootstrap(seed: 3, resamples: 500, level: level)
                ).bootstrap?.bounds)
        }
        let (narrow, wide) = (try bounds(0.5), try bounds(0.99))
        #expect(wide.lower < narrow.lower && narrow.upper < wide.upper)
        #expect(narrow.lower < pair.spearman.estimate && pair.spearman.estimate < narrow.upper)
    }

    @Test(
        "Percentile and BCa intervals agree with Efron's formulas over the same resamples in NumPy, clusters or not",
        arguments: try ResamplingValues.load().bootstraps, Bootstrap.Kind.allCases)
    func kinds(example: ResamplingValues.Bootstrapped, kind: Bootstrap.Kind) throws {
        let bootstrap = Bootstrap(
            seed: try #require(UInt64(example.seed)), resamples: example.resamples, level: example.level, kind: kind)
        let interval = try #require(
            correlate(
                Variable("x", example.x), Variable("y", example.y), method: example.method,
                given: variables(example.covariates), bootstrap: bootstrap, clusters: example.clusters
            ).bootstrap)
        let expected = kind == .bca ? example.bca : example.percentile
        let bounds = try #require(interval.bounds)
        #expect(abs(bounds.lower - expected[0]) < 1e-11)
        #expect(abs(bounds.upper - expected[1]) < 1e-11)
        #expect(interval.degenerate == example.degenerate && interval.clusters == example.clusterCount)
        #expect(interval.kind == kind && interval.reason == nil)
        if kind == .bca {
            #expect(abs(try #require(interval.biasCorrection) - example.bias) < 1e-12)
            #expect(abs(try #require(interval.acceleration) - example.acceleration) < 1e-11)
        } else {
            #expect(interval.biasCorrection == nil && interval.acceleration == nil)
        }
    }

    @Test(
        "Counting how often a row is drawn gives what correlating the drawn rows gives",
        arguments: [CorrelationMethod.spearman, .pearson], 0...3)
    func counted(method: CorrelationMethod, covariateCount: Int) throws {
        var columns = MadeUpColumns(seed: 31)
        let count = 23
        let z = [columns.column(count), columns.column(count).map { $0.rounded() }]
        // The third repeats the first two, up to ranks; x has ties, y lies far from 0.
        let covariates = variables(Array((z + [z[0].map { 2 - 3 * $0 }]).prefix(covariateCount)))
        let x = Variable("x", zip(columns.column(count), z[0]).map { (4 * ($0 + $1)).rounded() })
        let y = Variable("y", zip(columns.column(count), x.values).map { 1e6 + $0 + 0.1 * $1 })

        for clusters in [nil, (0..<count).map { $0 / 2 }] {
            let bootstrap = Bootstrap(seed: 32, resamples: 200, level: 0.9)
            let interval = try #require(
                correlate(
                    x, y, method: method, given: covariates, bootstrap: bootstrap, clusters: clusters
                ).bootstrap)
            let units =
                clusters == nil
                ? (0..<count).map { [$0] }
                : (0..<12).map { unit in
                    (0..<count).filter { $0 / 2 == unit }
                }
            var rows = RandomRows(seed: 32)
            var drawn = [Int32](repeating: 0, count: units.count)
            var values: [Double] = []
            for _ in 0..<200 {
                rows.draw(below: units.count, into: &drawn)
                let taken = drawn.flatMap { units[Int($0)] }
                func resampled(_ variable: Variable) -> Variable {
                    Variable(variable.name, taken.map { variable.values[$0] })
                }
                let resample = correlate(
                    resampled(x), resampled(y), method: method, given: covariates.map(resampled))
                if let value = resample.estimate { values.append(value) }
            }
            values.sort()
            func quantile(_ share: Double) -> Double {
                let place = share * Double(values.count - 1)
                let lower = Int(place)
                return values[lower] + (place - Double(lower))
                    * (values[min(lower + 1, values.count - 1)] - values[lower])
            }
            let bounds = try #require(interval.bounds)
            #expect(interval.degenerate == 200 - values.count)
            // y lies 1e6 from 0, which costs Pearson's r six digits of its deviations.
            let rounding = method == .pearson ? 1e-9 : 1e-12
            #expect(abs(bounds.lower - quantile(0.05)) < rounding)
            #expect(abs(bounds.upper - quantile(0.95)) < rounding)
        }
    }

    @Test("A perfect correlation is perfect in each resample, which is no interval, for BCa neither")
    func perfect() throws {
        let x = Variable("x", (1...20).map { Double($0 / 2) })
        for (sign, y) in [(1.0, Variable("y", x.values.map { $0 * $0 })), (-1, Variable("y", x.values.map { -$0 }))] {
            for kind in Bootstrap.Kind.allCases {
                let found = correlate(x, y, bootstrap: Bootstrap(seed: 1, resamples: 100, kind: kind))
                let interval = try #require(found.bootstrap)
                #expect(found.estimate == sign && interval.bounds == nil && interval.degenerate == 0)
                #expect(interval.reason == "All resamples have the same correlation, which would feign certainty.")
            }
        }
    }

    @Test("Where an interval cannot be made, a sentence says why")
    func reasons() throws {
        let x = Variable("x", [0, 0, 0, 0, 0, 1]), y = Variable("y", [3, 1, 2, 5, 6, 4])
        func interval(_ bootstrap: Bootstrap, clusters: [Int]? = nil) throws -> BootstrapInterval {
            try #require(correlate(x, y, bootstrap: bootstrap, clusters: clusters).bootstrap)
        }
        let single = try interval(Bootstrap(seed: 1, resamples: 50), clusters: [4, 4, 4, 4, 4, 4])
        #expect(single.bounds == nil && single.clusters == 1)
        #expect(single.reason == "All rows are in one cluster, so there is nothing to draw from.")
        let bca = try interval(Bootstrap(seed: 1, resamples: 50, kind: .bca))
        #expect(bca.bounds == nil)
        #expect(bca.reason == "12 of 50 resamples have no correlation, as few rows make all the difference.")
        let halves = try interval(Bootstrap(seed: 1, resamples: 50, kind: .bca), clusters: [0, 0, 0, 1, 1, 1])
        #expect(halves.bounds == nil && halves.reason != nil)
    }

    @Test("Numbers near the limits of double precision give bounds or a reason, never NaN")
    func extremes() throws {
        let columns: [[Double]] = [
            [1e308, -1e308, 3e307, 5, 7, 1], [1, 3, 2, 9, 4, 4].map { $0 * .leastNonzeroMagnitude },
            [-1e200, 1e200, 0, 1e-200, 3, 2], [2, 1, 4, 3, 6, 5],
        ]
        var defined = 0
        for x in columns {
            for y in columns {
                for z in columns {
                    for (method, given) in [
                        (CorrelationMethod.spearman, []), (.pearson, []), (.pearson, variables([z])),
                        (.spearman, variables([z])),
                    ] {
                        let correlation = correlate(
                            Variable("x", x), Variable("y", y), method: method, given: given,
                            bootstrap: Bootstrap(seed: 1, resamples: 40))
                        guard let bootstrap = correlation.bootstrap else { continue }
                        defined += 1
                        guard let bounds = bootstrap.bounds else {
                            #expect(bootstrap.reason != nil)
                            continue
                        }
                        #expect(-1 <= bounds.lower && bounds.lower <= bounds.upper && bounds.upper <= 1)
                    }
                }
            }
        }
        #expect(defined > 50)
    }
}
