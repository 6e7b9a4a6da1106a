import Measures
import Networks
import Parameters
import Testing

/// Measures of what was written down while a network was trained.
@Suite struct TrainingCourseTests {
    private func subject(_ history: TrainingHistory) -> Subject {
        Subject(
            .random([4, 6, 3], seed: 1), training: .random(10, inputSize: 4, classCount: 3, seed: 3), epochs: 30,
            history: history)
    }

    @Test(
        "A loss is reached at the first epoch written down with no more of it; the one before is told",
        arguments: [(2.5, 0, nil), (2.3, 0, nil), (1.5, 1, 0), (0.4, 16, 4), (0.02, 30, 16)]
            as [(Double, Double, Double?)])
    func reached(loss: Double, epoch: Double, before: Double?) {
        let found = EpochsToLoss(stating: ["loss": .number(loss)]).evaluate(subject(.example))
        #expect(found.value == epoch && found.details["last_epoch_above"] == before)
    }

    @Test("A loss that a training never came to, or that nobody wrote down, has no value and a reason")
    func never() {
        let low = EpochsToLoss(stating: ["loss": .number(0.001)]).evaluate(subject(.example))
        #expect(low.reason == "the training loss was above 0.001 at all 5 epochs written down")
        for measure in [EpochsToLoss() as any Measure, TrainingSpeed()] {
            #expect(
                measure.evaluate(subject(TrainingHistory())).reason
                    == "nothing was written down while this network was trained: training.history does that")
        }
        let losses = TrainingHistory([.init(epoch: 0, values: [.trainLoss: 1])])
        #expect(
            LateGradientNoise().evaluate(subject(losses)).reason
                == "nothing was written down while this network was trained: also: [gradient_noise] in "
                + "training.history does that")
    }

    @Test("The sum of losses is the area below the straight lines between them")
    func area() throws {
        let found = try #require(TrainingSpeed().evaluate(subject(.example)).value)
        #expect(abs(found - (1.9 + 3 + 12 * 0.29 + 14 * 0.05)) < 1e-12)
        // Every epoch of a line may be written down as well as its ends.
        let line = TrainingHistory((0...10).map { .init(epoch: $0, values: [.trainLoss: 3 - 0.25 * Double($0)]) })
        let ends = TrainingHistory([line.entries[0], line.entries[10]])
        #expect(TrainingSpeed().evaluate(subject(line)).value == TrainingSpeed().evaluate(subject(ends)).value)
        #expect(TrainingSpeed().evaluate(subject(TrainingHistory([line.entries[0]]))).value == 0)
    }

    @Test("Late noise is the mean over the last quarter of the epochs")
    func late() {
        #expect(LateGradientNoise().evaluate(subject(.example)).value == 0.25)
        let steps = TrainingHistory((0...8).map { .init(epoch: $0, values: [.gradientNoise: Double($0 * $0)]) })
        #expect(LateGradientNoise().evaluate(subject(steps)).value == 149.0 / 3)
    }

    @Test("What is written down of a network is what the measures say of it, and no more than was asked for")
    func entry() {
        let points = LabelledPoints.random(20, inputSize: 4, classCount: 3, seed: 3)
        let subject = Subject(.random([4, 6, 3], seed: 1), training: points, test: points, epochs: 7)
        let entry = subject.entry([.trainLoss, .gradientNoise, .hessianTrace])
        #expect(entry.epoch == 7)
        #expect(
            entry.values == [
                .trainLoss: TrainLoss.value(subject), .gradientNoise: GradientNoise.value(subject),
                .hessianTrace: HessianTrace.value(subject),
            ])
        for quantity in TrainingHistory.Quantity.allCases {
            #expect(MeasureCatalogue.all.contains { $0.about.id == quantity.rawValue })
        }
    }
}
