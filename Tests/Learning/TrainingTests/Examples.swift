import Networks
import Randomness
import Training

extension Network {
    /// A network with PyTorch-like initial weights on the native stream.
    static func fresh(_ widths: [Int], seed: UInt64 = 1) -> Network {
        var stream = NativeStream(seed: seed)
        return Network(architecture: Architecture(widths: widths), initialisedFrom: &stream)
    }
}

extension LabelledPoints {
    /// Points with inputs between 0 and 1 and random labels; the columns in `blank` are zero on all of them.
    static func random(
        _ count: Int, inputSize: Int, classCount: Int, blank: Set<Int> = [], seed: UInt64 = 1
    ) -> LabelledPoints {
        var stream = NativeStream(seed: seed).child("points")
        var inputs = stream.uniforms(count: count * inputSize, low: 0, high: 1)
        for index in inputs.indices where blank.contains(index % inputSize) { inputs[index] = 0 }
        let labels = (0..<count).map { _ in UInt8(stream.below(UInt64(classCount))) }
        return LabelledPoints(inputs: inputs, labels: labels, inputSize: inputSize)
    }

    /// The same points with two thirds of their inputs zero.
    func sparse() -> LabelledPoints {
        var stream = NativeStream(seed: 4).child("sparse")
        let inputs = inputs.map { stream.below(3) == 0 ? $0 : 0 }
        return LabelledPoints(inputs: inputs, labels: labels, inputSize: inputSize)
    }

    /// Two classes that a network tells apart within some epochs, far apart in the first column.
    static func easy(_ count: Int) -> LabelledPoints {
        var stream = NativeStream(seed: 3).child("easy")
        var inputs = stream.uniforms(count: count * 3, low: 0, high: 1)
        let labels = (0..<count).map { UInt8($0 % 2) }
        for (point, label) in labels.enumerated() { inputs[point * 3] += 2 * Float(label) }
        return LabelledPoints(inputs: inputs, labels: labels, inputSize: 3)
    }
}

/// A permutation source that keeps what it was asked for.
struct RecordingOrder: PermutationSource {
    private(set) var requests: [Int] = []
    private var stream = NativeStream(seed: 5)

    mutating func permutation(of count: Int) -> [Int] {
        requests.append(count)
        return stream.permutation(of: count)
    }
}
