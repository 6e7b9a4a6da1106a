import Datasets
import Networks
import Randomness
import Definitions
import StudyFiles
import Running
import TestSupport
import Testing

@Suite struct StudyMaterialTests {
    /// Images whose pixels are their index, so that points tell where they came from: 120 training, 30 test images.
    private func numbered() throws -> ImageDataset {
        func part(_ indices: Range<Int>) -> (IDXArray, IDXArray) {
            let pixels: [UInt8] = indices.flatMap { [UInt8($0), 0] as [UInt8] }
            return (
                IDXArray(shape: [indices.count, 1, 2], elements: pixels),
                IDXArray(shape: [indices.count], elements: indices.map { UInt8($0 % 3) })
            )
        }
        let (train, test) = (part(0..<120), part(120..<150))
        return try ImageDataset(
            name: "numbered",
            arrays: [.trainImages: train.0, .trainLabels: train.1, .testImages: test.0, .testLabels: test.1])
    }

    private func material(_ study: ToyStudy, _ pool: UnseenPool = .all) throws -> StudyMaterial {
        var data = try study.file.specification.configurations[0].data
        data.unseen = pool
        return try StudyMaterial(data, dataset: numbered())
    }

    /// Which images the rows of `inputs` are.
    private func indices(_ inputs: [Float]) -> [Int] {
        stride(from: 0, to: inputs.count, by: 2).map { Int((inputs[$0] * 255).rounded()) }
    }

    @Test("Training points are the first of the stream's permutation of the training images, with their labels")
    func trainingPoints() throws {
        let material = try material(ToyStudy(trainingPoints: 50, stream: "stream: torch-cpu, seed: 42"))
        var stream = TorchCPUStream(seed: 42)
        let expected = Array(stream.permutation(of: 120).prefix(50))
        #expect(indices(material.training.inputs) == expected)
        #expect(material.training.labels == expected.map { UInt8($0 % 3) })
        #expect(material.training.inputs[0] == Float(expected[0]) / 255)
        #expect((material.training.inputSize, material.classCount) == (2, 3))
    }

    @Test(
        "Each stream that a study may name deals its own permutation",
        arguments: ["native", "torch-cpu", "torch-cuda", "numpy"])
    func streams(name: String) throws {
        let expected: [Int]
        switch name {
        case "torch-cpu":
            var stream = TorchCPUStream(seed: 7)
            expected = stream.permutation(of: 120)
        case "torch-cuda":
            var stream = TorchCUDAStream(seed: 7)
            expected = stream.permutation(of: 120)
        case "numpy":
            var stream = NumPyStream(seed: 7)
            expected = stream.permutation(of: 120)
        default:
            var stream = NativeStream(seed: 7).child("training-points")
            expected = stream.permutation(of: 120)
        }
        let material = try material(ToyStudy(trainingPoints: 40, stream: "stream: \(name), seed: 7"))
        #expect(indices(material.training.inputs) == Array(expected.prefix(40)))
    }

    @Test("In file order the training points are the first images, and all others are unseen in their order")
    func fileOrder() throws {
        let material = try material(
            ToyStudy(trainingPoints: 100, stream: "stream: file-order", probes: "{count: 50, stream: file-order}"))
        #expect(indices(material.training.inputs) == Array(0..<100))
        #expect(indices(material.probes) == Array(100..<150))
    }

    @Test("Probes are dealt out of all images but the training points, training images first, then test images")
    func probes() throws {
        let study = ToyStudy(
            trainingPoints: 90, stream: "stream: torch-cpu, seed: 1", probes: "{count: 25, stream: torch-cpu, seed: 99}"
        )
        let material = try material(study)
        var split = TorchCPUStream(seed: 1)
        let training = split.permutation(of: 120).prefix(90)
        let unseen = (0..<150).filter { !training.contains($0) }
        var order = TorchCPUStream(seed: 99)
        #expect(indices(material.probes) == order.permutation(of: unseen.count).prefix(25).map { unseen[$0] })
    }

    @Test(
        "Unseen points are the pool's images that are not training points, in file order, with their labels",
        arguments: UnseenPool.allCases)
    func unseen(pool: UnseenPool) throws {
        let study = ToyStudy(
            trainingPoints: 90, stream: "stream: torch-cpu, seed: 1", probes: "{count: 20, stream: torch-cpu, seed: 99}"
        )
        let material = try material(study, pool)
        var split = TorchCPUStream(seed: 1)
        let training = split.permutation(of: 120).prefix(90)
        let images = [UnseenPool.all: 0..<150, .trainingImages: 0..<120, .testImages: 120..<150][pool] ?? 0..<0
        let expected = images.filter { !training.contains($0) }
        #expect(material.unseen.indices == expected)
        #expect(indices(material.unseen.points.inputs) == expected)
        #expect(material.unseen.labels == expected.map { UInt8($0 % 3) })
        var order = TorchCPUStream(seed: 99)
        #expect(indices(material.probes) == order.permutation(of: expected.count).prefix(20).map { expected[$0] })
    }

    @Test("A pool without images leaves no unseen points, and a study that wants probes of it is answered")
    func emptyPool() throws {
        let all = ToyStudy(trainingPoints: 120, probes: "{count: 0}")
        #expect(try material(all, .trainingImages).unseen.count == 0)
        let error = try #require(throws: StudyDataError.self) {
            try material(ToyStudy(trainingPoints: 120, probes: "{count: 1}"), .trainingImages)
        }
        #expect((error.key, error.wanted, error.available) == ("probes", 1, 0))
    }

    @Test("The test images are whole and in order, whatever the split")
    func test() throws {
        let material = try material(ToyStudy(trainingPoints: 17))
        #expect(indices(material.test.inputs) == Array(120..<150))
        #expect(material.test.labels == (120..<150).map { UInt8($0 % 3) })
    }

    @Test("Training points and probes of one native seed are dealt apart")
    func purposes() throws {
        let material = try material(
            ToyStudy(trainingPoints: 20, stream: "stream: native, seed: 5", probes: "{count: 130, seed: 5}"))
        var sameStream = NativeStream(seed: 5)
        var same = NativeStream(seed: 5).child("training-points")
        let trained = indices(material.training.inputs)
        let unseen = (0..<150).filter { !trained.contains($0) }
        #expect(Set(indices(material.probes)) == Set(unseen))
        #expect(indices(material.probes) != sameStream.permutation(of: 130).map { unseen[$0] })
        #expect(indices(material.probes) != same.permutation(of: 130).map { unseen[$0] })
    }

    @Test("Digests name each file of the data set")
    func digests() throws {
        let dataset = try numbered()
        let digests = try material(ToyStudy()).digests
        #expect(digests.count == 4)
        #expect(digests["numbered/t10k-labels-idx1-ubyte"] == dataset.digests["t10k-labels-idx1-ubyte"])
    }

    @Test("More training points than training images: the message has both numbers, the key and the data set")
    func tooManyTrainingPoints() throws {
        let error = try #require(throws: StudyDataError.self) { try material(ToyStudy(trainingPoints: 121)) }
        #expect((error.key, error.wanted, error.available) == ("training_points", 121, 120))
        #expect(
            error.description
                == """
                The study asks for 121 points (training_points), but 'numbered' has 120 training images. Lower \
                'training_points'.
                """
        )
        #expect(throws: Never.self) { try material(ToyStudy(trainingPoints: 120)) }
    }

    @Test("More probes than unseen images are an error, exactly as many are not")
    func tooManyProbes() throws {
        let error = try #require(throws: StudyDataError.self) {
            try material(ToyStudy(trainingPoints: 120, probes: "{count: 31}"))
        }
        #expect((error.key, error.wanted, error.available) == ("probes", 31, 30))
        #expect(try material(ToyStudy(trainingPoints: 120, probes: "{count: 30}")).probes.count == 60)
        #expect(try material(ToyStudy(trainingPoints: 120, probes: "{count: 0}")).probes.isEmpty)
    }
}
