import Foundation
import Testing
import TheoryLabs

@Suite struct HyperbolaTests {
    @Test(
        "The maximal variation has its golden values",
        arguments: [
            (1, 0.01, 7.531777068e-4), (1, 0.1, 0.07606629439), (1, 0.5, 2.026331506), (0, 0.5, 0.6924016953),
        ])
    func golden(s: Double, radius: Double, expected: Double) {
        let found = Hyperbola(s: s).variation(radius: radius)
        #expect(abs(found.attained / expected - 1) < 5e-10)
        #expect(found.gap <= 1e-14 * found.bound)
    }

    @Test("No point of a fine polar scan varies more, and one varies nearly as much, off the minima too")
    func scan() {
        for point in [Hyperbola(s: 0.7), Hyperbola(x: 1.4, y: 0.2), Hyperbola(x: -0.3, y: 0.8), Hyperbola(x: 0, y: 0)] {
            for radius in [0.05, 0.6, 2] {
                let found = point.variation(radius: radius)
                var largest = 0.0
                for step in 0..<20_000 {
                    let angle = 2 * Double.pi * Double(step) / 20_000
                    let other = Hyperbola(x: point.x + radius * cos(angle), y: point.y + radius * sin(angle))
                    largest = max(largest, other.loss - point.loss)
                }
                #expect(largest <= found.bound + 1e-15)
                #expect(largest >= found.attained * (1 - 1e-6))
            }
        }
    }

    @Test("At s = 0 variation and distance have closed forms")
    func flattest() throws {
        for radius in [1e-6, 0.01, 0.5, 3] {
            let found = Hyperbola(s: 0).variation(radius: radius).attained
            #expect(abs(found / Hyperbola.leastVariation(radius: radius) - 1) < 1e-13)
        }
        for level in [1e-10, 0.01, 1, 9] {
            let found = try #require(LevelSetDistance.bracket(level: level) { Hyperbola(s: 0).variation(radius: $0) })
            let expected = 2.0.squareRoot() * ((1 + level.squareRoot()).squareRoot() - 1)
            #expect(abs(Hyperbola.greatestDistance(level: level) / expected - 1) < 1e-9)
            #expect(abs(found.attained / Hyperbola.greatestDistance(level: level) - 1) < 1e-13)
            #expect(found.gap <= 1e-13 * found.attained)
        }
    }

    @Test("The distance to a level set is the radius at which the variation reaches it")
    func duality() throws {
        for s in [0.3, 1, 2] {
            let point = Hyperbola(s: s)
            let distance = try #require(LevelSetDistance.bracket(level: 0.3) { point.variation(radius: $0) })
            #expect(abs(point.variation(radius: distance.attained).attained / 0.3 - 1) < 1e-13)
            #expect(distance.attained < Hyperbola.greatestDistance(level: 0.3))
        }
    }

    @Test(
        "The expansion of the variation's root errs by the fourth power of the radius", arguments: [0.2, 0.5, 1, 1.5])
    func expansion(s: Double) {
        func error(_ radius: Double) -> Double {
            abs(
                Hyperbola(s: s).variation(radius: radius).attained.squareRoot()
                    - Hyperbola.rootExpansion(s: s, radius: radius))
        }
        let order = log2(error(0.04) / error(0.02))
        #expect(order > 3.8)
        #expect(error(0.02) < 1e-6)
    }

    @Test("Trace and largest curvature at a minimum are both 2 N², and the variation per r² tends to half of it")
    func curvature() {
        for s in [0, 0.5, 1.5] {
            let point = Hyperbola(s: s)
            let expected = 4 * cosh(2 * s)
            #expect(abs(point.trace / expected - 1) < 1e-14 && abs(point.largestCurvature / expected - 1) < 1e-14)
            #expect(abs(point.variation(radius: 1e-7).attained / 0.5e-14 / expected - 1) < 1e-6)
        }
    }

    @Test("The flow keeps xy, follows the tanh law, and flattens all the way", arguments: [0.1, 1, 3, -2])
    func flow(s: Double) throws {
        let start = Hyperbola(s: s)
        let product = start.x * start.y
        var variation = start.variation(radius: 0.1).attained
        for time in [1e-3, 0.01, 0.1, 0.3, 1] {
            let point = try start.flowed(time: time)
            #expect(abs(point.x * point.y - product) < 1e-12)
            let expected = Hyperbola.flowed(s: s, time: time)
            #expect(abs(point.s - expected) < 1e-11 * abs(s))
            #expect(abs(tanh(expected) - tanh(s) * exp(-8 * time)) < 1e-15)
            let next = point.variation(radius: 0.1).attained
            #expect(next < variation)
            variation = next
        }
        #expect(try start.flowed(time: 0) == start)
    }
}
