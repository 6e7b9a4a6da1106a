import Networks
import Randomness

/// Images that look to a network much as MNIST's do: ten classes, most pixels dark, some never lit.
///
/// Each class has a prototype that lights a third of the inner pixels; an image is its class's prototype with a part of
/// the pixels dropped, some noise, and a share of another class. A function of the seed alone.
struct SyntheticImages {
    static let side = 28
    static let classCount = 10

    private var stream: NativeStream
    private let prototypes: [[Double]]

    init(seed: UInt64) {
        var stream = NativeStream(seed: seed).child("prototypes")
        prototypes = (0..<Self.classCount).map { _ in
            (0..<Self.side * Self.side).map { pixel in
                let (row, column) = pixel.quotientAndRemainder(dividingBy: Self.side)
                let isInner = (3..<25).contains(row) && (3..<25).contains(column)
                let isLit = stream.unit() < 1.0 / 3
                let brightness = stream.unit()
                return isInner && isLit ? brightness : 0
            }
        }
        self.stream = NativeStream(seed: seed).child("images")
    }

    /// The next `count` images, classes in turn.
    mutating func next(_ count: Int) -> LabelledPoints { nextList(count).points }

    /// The same, kept as bytes.
    mutating func nextList(_ count: Int) -> PointList {
        let labels = (0..<count).map { UInt8($0 % Self.classCount) }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(count * Self.side * Self.side)
        for label in labels {
            let own = prototypes[Int(label)]
            let other = prototypes[Int(stream.below(UInt64(Self.classCount)))]
            let share = 0.5 * stream.unit()
            for pixel in own.indices {
                let isKept = stream.unit() < 0.5
                let light = (1 - share) * own[pixel] + share * other[pixel]
                pixels.append(isKept ? UInt8(255 * light) : 0)
            }
        }
        return PointList(pixels: pixels, labels: labels, inputSize: Self.side * Self.side, at: 0..<count)
    }
}
