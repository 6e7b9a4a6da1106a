import Foundation

/// The largest loss met at θ + c ∘ ε, |ε| at most ρ, by projected gradient ascent with momentum whose step is halved by
/// how well it does (Auto-PGD: Croce and Hein, arXiv 2003.01690, in ε = δ/c), 20 steps from ε = 0.
///
/// A lower bound of the greatest loss, and never less than the loss at θ.
package struct Ascent {
    package enum Norm: String, CaseIterable, Sendable {
        case linf, l2
    }

    package let loss: Double
    /// θ + c ∘ ε where it was met.
    package let parameters: [Double]

    private static let steps = 20
    /// After so many steps the step's size is looked at.
    private static let marks: Set<Int> = [5, 9, 12, 14, 16, 18, 19]

    /// - Parameters:
    ///   - scale: c of each parameter.
    ///   - radius: ρ.
    /// - Complexity: 20 gradients, each with its loss, and a loss more.
    package init(_ surface: LossSurface, from theta: [Double], scale: [Double], radius: Double, _ norm: Norm) {
        func point(_ offset: [Double]) -> [Double] {
            var point = theta
            for place in point.indices { point[place] += scale[place] * offset[place] }
            return point
        }
        func project(_ offset: inout [Double]) {
            switch norm {
            case .linf:
                for place in offset.indices { offset[place] = min(max(offset[place], -radius), radius) }
            case .l2:
                let length = sumOfSquares(offset, offset.indices).squareRoot()
                let factor = min(1, radius / max(length, 1e-300))
                for place in offset.indices { offset[place] *= factor }
            }
        }
        func direction(_ gradient: [Double]) -> [Double] {
            var gradient = gradient
            for place in gradient.indices { gradient[place] *= scale[place] }
            switch norm {
            case .linf:
                for place in gradient.indices {
                    gradient[place] = gradient[place] > 0 ? 1 : gradient[place] < 0 ? -1 : 0
                }
            case .l2:
                let length = sumOfSquares(gradient, gradient.indices).squareRoot()
                if length > 0 { for place in gradient.indices { gradient[place] /= length } }
            }
            return gradient
        }
        // Each point's loss and gradient come from one pass: the next step begins there, or where it was best.
        var offset = [Double](repeating: 0, count: theta.count)
        var previous = offset
        var (best, gradient) = surface.lossAndGradient(at: theta)
        var (bestOffset, bestGradient) = (offset, gradient)
        var (step, gained, lastMark) = (2 * radius, 0, 0)
        var (lastStep, lastBest) = (step, best)
        for number in 0..<Self.steps {
            var after = direction(gradient)
            for place in after.indices { after[place] = offset[place] + step * after[place] }
            project(&after)
            if number > 0 {
                for place in after.indices {
                    after[place] =
                        offset[place] + 0.75 * (after[place] - offset[place])
                        + 0.25 * (offset[place] - previous[place])
                }
                project(&after)
            }
            (previous, offset) = (offset, after)
            guard number < Self.steps - 1 else {
                let last = surface.loss(at: point(offset))
                if last > best { (best, bestOffset) = (last, offset) }
                break
            }
            let value: Double
            (value, gradient) = surface.lossAndGradient(at: point(offset))
            if value > best { (best, bestOffset, bestGradient, gained) = (value, offset, gradient, gained + 1) }
            guard Self.marks.contains(number + 1) else { continue }
            let halves = Double(gained) < 0.75 * Double(number + 1 - lastMark) || lastStep == step && lastBest == best
            (lastStep, lastBest, lastMark, gained) = (step, best, number + 1, 0)
            if halves {
                step /= 2
                (offset, gradient) = (bestOffset, bestGradient)
                previous = bestOffset
            }
        }
        (loss, parameters) = (best, point(bestOffset))
    }
}
