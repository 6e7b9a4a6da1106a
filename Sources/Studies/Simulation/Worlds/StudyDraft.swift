import Foundation
import Measures
import Randomness
import Statistics

/// Draws the columns of one study, a column at a time.
///
/// Each column has a stream of its own, so that a study of more networks begins with the columns of a smaller one
/// where the networks' configurations do.
struct StudyDraft {
    let networks: Int
    /// The partial correlation that a cause is to have with the target.
    let effect: Double
    var target: [Double] = []
    var targetErrors: [Double?]?
    /// How many measures of pure noise the study has besides.
    var noiseMeasures = 2
    /// The standard deviation of the noise that the leak adds to the target.
    var leakNoise = 1.0

    private let layout: SimulatedLayout
    private let root: NativeStream
    private var drawn: UInt64 = 0
    private var measures: [SimulatedStudy.Measure] = []
    private var confounders: [SimulatedStudy.Confounder] = []
    private var latents: [Column] = []

    init(networks: Int, effect: Double, layout: SimulatedLayout, stream: NativeStream) {
        (self.networks, self.effect, self.layout, root) = (networks, effect, layout, stream)
    }

    /// The slope b with which a standard normal cause in b c + e has the effect as its correlation.
    var slope: Double { effect / (1 - effect * effect).squareRoot() }
}

// MARK: Draws

extension StudyDraft {
    /// A stream of its own.
    mutating func stream() -> NativeStream {
        defer { drawn += 1 }
        return root.child(drawn)
    }

    /// Standard normal numbers, one a network.
    mutating func normals() -> [Double] {
        var stream = stream()
        return (0..<networks).map { _ in stream.normal() }
    }

    /// Standard normal numbers, one a part; networks of one part have the same.
    ///
    /// - Parameter parts: each network's, numbered from 0.
    mutating func normals(by parts: [Int]) -> [Double] {
        var stream = stream()
        let numbers = (0..<(parts.max() ?? -1) + 1).map { _ in stream.normal() }
        return parts.map { numbers[$0] }
    }

    /// Uniform numbers in 0..<1, one a network.
    mutating func uniforms() -> [Double] {
        var stream = stream()
        return (0..<networks).map { _ in stream.unit() }
    }

    /// Student's t, one a network, by the polar method of Bailey (Math. Comp. 62, 1994).
    mutating func students(degrees: Double) -> [Double] {
        var stream = stream()
        return (0..<networks).map { _ in
            let (u, v) = (1 - stream.unit(), stream.unit())
            return (degrees * (pow(u, -2 / degrees) - 1)).squareRoot() * cos(2 * .pi * v)
        }
    }

    /// Whole numbers from 0 to `most` with mean `most`/2, one a network: how many of `most` coins show heads.
    mutating func counts(most: Int) -> [Double] {
        var stream = stream()
        return (0..<networks).map { _ in (0..<most).reduce(0.0) { sum, _ in sum + (stream.unit() < 0.5 ? 0 : 1) } }
    }

    /// One value a network.
    func column(_ value: (Int) -> Double) -> [Double] { (0..<networks).map(value) }
}

// MARK: The layout

extension StudyDraft {
    /// Each network's level of an axis, from 0; of the first axis for a name that is none.
    func levels(of axis: String) -> [Int] {
        let index = layout.axes.firstIndex { $0.name == axis } ?? 0
        return (0..<networks).map { layout.level(of: index, network: $0) }
    }

    /// 0 or 1 by the regime.
    var regime: [Double] { levels(of: SimulatedLayout.regime).map(Double.init) }

    /// What the regime does to the target where nothing else is said: two standard deviations of its noise.
    var shift: [Double] { regime.map { 2 * $0 } }

    /// Each network's configuration, from 0.
    var configurations: [Int] { (0..<networks).map { $0 % layout.configurations } }

    /// Each network's seed, from 0.
    var seeds: [Int] { (0..<networks).map { $0 / layout.configurations } }
}

// MARK: Columns of the study

extension StudyDraft {
    mutating func measure(
        _ name: String, _ truth: SimulatedTruth, _ values: [Double], standardErrors: [Double]? = nil
    ) {
        measures.append(
            SimulatedStudy.Measure(column: Column(name, values), standardErrors: standardErrors, truth: truth))
    }

    /// A measure that its truth is named after.
    mutating func measure(_ truth: SimulatedTruth, _ values: [Double], standardErrors: [Double]? = nil) {
        measure(truth.name, truth, values, standardErrors: standardErrors)
    }

    /// A confounder that the study measured. They are called as those are that `basin verdict` holds fixed by itself.
    mutating func confound(_ values: [Double], standardErrors: [Double]? = nil) {
        let name = SimulatedWorld.confounderNames[confounders.count]
        confounders.append(
            SimulatedStudy.Confounder(column: Column(name, values), standardErrors: standardErrors))
    }

    /// A true confounder of standard deviation 1 that the study measured with independent noise: `reliability` is the
    /// share of the column's variance that is the confounder's.
    ///
    /// - Parameter isStated: whether the study knows the standard error.
    mutating func confound(_ name: String, _ truth: [Double], reliability: Double, isStated: Bool = false) {
        let error = ((1 - reliability) / reliability).squareRoot()
        let noise = normals()
        confound(
            column { truth[$0] + error * noise[$0] }, standardErrors: isStated ? truth.map { _ in error } : nil)
        latent(name, truth)
    }

    /// What the study does not see.
    mutating func latent(_ name: String, _ values: [Double]) { latents.append(Column(name, values)) }

    /// The study, with noise and a leak after the measures that the world is about.
    mutating func study(of world: String) -> SimulatedStudy {
        for number in 0..<noiseMeasures { measure("noise_\(number + 1)", .noise, normals()) }
        let (y, h) = (target, normals())
        measure(.leak, column { y[$0] + leakNoise * h[$0] })
        measures[measures.count - 1].mayPredict = false
        return SimulatedStudy(
            world: world, target: Column("target", target), targetErrors: targetErrors, measures: measures,
            factors: layout.axes.enumerated().map { index, axis in
                SimulatedFactor(
                    name: axis.name,
                    labels: (0..<networks).map { axis.labels[layout.level(of: index, network: $0)] })
            },
            confounders: inOrder(confounders), seeds: seeds.map(UInt64.init), latents: latents)
    }

    /// In the order in which `basin verdict` holds them fixed.
    private func inOrder(_ confounders: [SimulatedStudy.Confounder]) -> [SimulatedStudy.Confounder] {
        MeasureCatalogue.confounders.compactMap { name in confounders.first { $0.column.name == name } }
    }
}
