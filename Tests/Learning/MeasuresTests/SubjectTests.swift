import Measures
import Networks
import Testing

@Suite struct SubjectTests {
    @Test("What was computed of a network goes with it")
    func released() {
        weak var view: PointView?
        do {
            let made = PointView(
                Float64Network(.random([3, 4, 2])), .random(5, inputSize: 3, classCount: 2))
            #expect(made.lossSurface.loss(at: made.network.parameters) > 0)
            view = made
        }
        #expect(view == nil)
    }

    private func subject(_ initialNetwork: (() -> Network)?) -> Subject {
        Subject(
            network: .random([3, 2]), training: .random(4, inputSize: 3, classCount: 2), test: .none(inputSize: 3),
            unseen: .none(inputSize: 3), probes: [], position: 0, seed: 0, epochs: 1, initialNetwork: initialNetwork)
    }

    @Test("The initial network is drawn when a measure first asks for it, and once")
    func drawnOnce() {
        var drawn = 0
        let subject = subject {
            drawn += 1
            return .random([3, 2], seed: 7)
        }
        for measure in MeasureCatalogue.all where !measure.about.reads.contains(.initialWeights) {
            _ = measure.init().evaluate(subject)
        }
        #expect(drawn == 0)
        #expect(subject.initialNetwork == .random([3, 2], seed: 7))
        #expect(subject.initialNetwork == .random([3, 2], seed: 7))
        #expect(drawn == 1)
    }

    @Test("A network that came without its initial one has none")
    func unknown() {
        #expect(subject(nil).initialNetwork == nil)
    }
}
