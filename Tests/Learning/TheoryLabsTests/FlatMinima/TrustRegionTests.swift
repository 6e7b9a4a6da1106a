import Foundation
import Randomness
import Testing
import TheoryLabs

@Suite struct TrustRegionTests {
    private func value(_ linear: [Double], _ curvatures: [Double], _ point: [Double]) -> Double {
        point.indices.reduce(0) { $0 + point[$1] * (linear[$1] + 0.5 * curvatures[$1] * point[$1]) }
    }

    @Test("The value is attained, certified to rounding, and no point of the ball has more")
    func certified() {
        var stream = NativeStream(seed: 4)
        for draw in 0..<300 {
            let size = 1 + draw % 6
            let (scale, radius) = (pow(10, 2 * stream.normal()), pow(10, stream.normal()))
            let linear = (0..<size).map { _ in scale * stream.normal() }
            let curvatures = (0..<size).map { _ in stream.normal() - (draw % 7 == 0 ? 3 : 0) }
            let found = TrustRegion(linear: linear, curvatures: curvatures, radius: radius)
            #expect(found.point.reduce(0) { $0 + $1 * $1 } <= radius * radius * (1 + 1e-13))
            #expect(abs(value(linear, curvatures, found.point) - found.value.attained) <= 1e-13 * found.value.attained)
            #expect(found.value.gap <= 1e-12 * found.value.bound)
            for _ in 0..<50 {
                let direction = (0..<size).map { _ in stream.normal() }
                let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
                let factor = radius * (stream.unit() < 0.5 ? 1 : stream.unit()) / length
                #expect(value(linear, curvatures, direction.map { factor * $0 }) <= found.value.bound * (1 + 1e-14))
            }
        }
    }

    @Test("Where the linear part misses the largest curvature, the rest of the radius goes along it")
    func hardCase() {
        let found = TrustRegion(linear: [1, 0], curvatures: [0, 2], radius: 3)
        // λ = 2: u_1 = ½, u_2² = 9 - ¼.
        #expect(found.point[0] == 0.5)
        #expect(abs(found.value.attained - (0.5 + 8.75)) < 1e-14)
        #expect(found.value.gap < 1e-14)
        // A linear part that is almost 0 there.
        let near = TrustRegion(linear: [1, 1e-200], curvatures: [0, 2], radius: 3)
        #expect(abs(near.value.attained - 9.25) < 1e-13 && near.value.gap < 1e-13)
    }

    @Test("A maximum inside the ball is found, and at radius 0 there is only 0")
    func inside() {
        let found = TrustRegion(linear: [1, -2], curvatures: [-1, -4], radius: 3)
        #expect(found.point == [1, -0.5])
        #expect(abs(found.value.attained - 1) < 1e-15 && found.value.gap < 1e-15)
        #expect(TrustRegion(linear: [1, -2], curvatures: [1, 4], radius: 0).value == Bracket(attained: 0, bound: 0))
        #expect(TrustRegion(linear: [0, 0], curvatures: [-1, 0], radius: 2).value == Bracket(attained: 0, bound: 0))
    }
}
