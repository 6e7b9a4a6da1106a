import Definitions
import Documents
import Foundation
import Networks
import Parameters
import Randomness
import StudyFiles
import TestSupport
import Testing

/// Study files whose networks come from elsewhere, beside their index and weights.
@Suite struct ImportedNetworksReadingTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for seed in 0..<4 { try write(seed, widths: [4, 3, 2]) }
    }

    private func network(_ seed: Int, widths: [Int]) -> Network {
        var stream = NativeStream(seed: UInt64(seed))
        return Network(architecture: Architecture(widths: widths), initialisedFrom: &stream)
    }

    private func write(_ seed: Int, widths: [Int], to name: String? = nil) throws {
        try network(seed, widths: widths).safetensors().write(
            to: URL(fileURLWithPath: folder(name ?? "\(seed).safetensors")))
    }

    private func text(
        network: String = "{activation: relu}", networks: String = "{from: index.csv}",
        data: String = "{dataset: mnist, training_points: 250}", more: String = ""
    ) -> String {
        """
        name: elsewhere
        data: \(data)
        network: \(network)
        networks: \(networks)
        measures: [test_accuracy, hessian_trace]
        \(more)
        """
    }

    private func read(_ text: String, index: String) throws -> StudySpecification {
        try folder.write(index, to: "index.csv")
        try folder.write(text, to: "elsewhere.yml")
        return try StudyFile(path: folder("elsewhere.yml")).specification
    }

    /// What is wrong with a study and its index, without the folder's name.
    private func wrong(_ text: String? = nil, index: String = "path\n0.safetensors\n") throws -> [String] {
        do {
            _ = try read(text ?? self.text(), index: index)
            return []
        } catch let error as DocumentError {
            return error.problems.map { $0.message.replacing(folder.path + "/", with: "") }
        }
    }

    // MARK: What is read

    @Test("Each row is a network; regimes and hyperparameters make configurations, rows without seeds are numbered")
    func rows() throws {
        let study = try read(
            text(),
            index: """
                path,regime,epochs,learning_rate,optimiser
                0.safetensors, slow ,10,0.1,sgd
                1.safetensors,fast,20,0.5,adam

                "2.safetensors",slow,30,1e-1,sgd
                """)
        #expect(study.modelCount == 3 && study.configurations.count == 2)
        let slow = study.configurations[0]
        #expect(slow.regime == "slow" && slow.seeds == [0, 2])
        #expect(slow.values == ["learning_rate": .number(0.1), "optimiser": .word("sgd")])
        #expect(slow.label == "slow, learning_rate 0.1, optimiser sgd")
        let networks = try #require(slow.model.of(ImportedNetworks.self))
        #expect(networks.weights[2]?.epochs == 30)
        #expect(networks.shape.hidden == [3] && networks.inputs == 4 && networks.classes == 2)
        #expect(networks.facts["architecture"] == .word("4-3-2"))
        #expect(
            try networks.digest(seed: 2) == WeightsDigest.of([UInt8](network(2, widths: [4, 3, 2]).safetensors())))
    }

    @Test("Networks of other widths are a configuration of their own")
    func widths() throws {
        try write(1, widths: [4, 5, 2])
        let study = try read(text(), index: "path,seed\n0.safetensors,7\n1.safetensors,7\n2.safetensors,8\n")
        #expect(study.configurations.map(\.seeds) == [[7, 8], [7]])
    }

    @Test("What a study is hangs on the weights and on what the index says of them, not on where a file lies")
    func contentDecides() throws {
        let index = "path,seed,epochs\n0.safetensors,3,5\n1.safetensors,4,5\n"
        let before = try read(text(), index: index).definition
        try FileManager.default.createDirectory(atPath: folder("moved"), withIntermediateDirectories: true)
        try FileManager.default.moveItem(atPath: folder("0.safetensors"), toPath: folder("moved/first.safetensors"))
        let moved = try read(text(), index: index.replacing("0.safetensors", with: "moved/first.safetensors"))
            .definition
        #expect(try moved.digest() == before.digest() && moved == before)
        try write(9, widths: [4, 3, 2], to: "1.safetensors")
        let changed = try read(text(), index: index.replacing("0.safetensors", with: "moved/first.safetensors"))
            .definition
        #expect(try changed.digest() != before.digest())
        let models = zip(before.models, changed.models)
        #expect(try models.map { try $0.digest == $1.digest } == [true, false])
        try write(0, widths: [4, 3, 2])
        try write(1, widths: [4, 3, 2])
        #expect(try read(text(), index: index.replacing(",5", with: ",6")).definition.digest() != before.digest())
        #expect(try read(text(), index: index).definition.digest() == before.digest())
    }

    @Test("A definition is the same after it was written and read as JSON")
    func json() throws {
        let study = try read(text(network: "{activation: leaky-relu}"), index: "path\n0.safetensors\n1.safetensors\n")
        let text = try study.definition.canonicalJSON()
        let read = try JSONDecoder().decode(StudySpecification.Definition.self, from: Data(text.utf8))
        #expect(read == study.definition && read.kind.inWords == "networks from elsewhere")
        #expect(try read.canonicalJSON() == text)
        let networks = try #require(read.configurations[0].model.of(ImportedNetworks.self))
        #expect(networks.weights.values.allSatisfy { $0.file == nil })
        #expect(networks.facts["activation"] == .word("leaky-relu"))
    }

    @Test("Names and the way round of tensors can be stated")
    func tensors() throws {
        let stated = text(
            networks: """
                {from: index.csv, layout: outputs-by-inputs, tensors: [[fc1.weight, fc1.bias], [fc2.weight, fc2.bias]]}
                """)
        let plain = try read(text(), index: "path\n0.safetensors\n").definition
        #expect(try read(stated, index: "path\n0.safetensors\n").definition == plain)
    }

    @Test("Training points come out of a file, in its order, and the list is what counts")
    func indices() throws {
        try folder.write("5\n3\r\n\n 8 \n", to: "points.txt")
        let data = "{dataset: mnist, indices: points.txt}"
        let study = try read(text(data: data), index: "path\n0.safetensors\n")
        let points = try #require(study.configurations[0].model.kind.data)
        #expect(points.trainingPoints == 3 && points.indices?.places == [5, 3, 8])
        try folder.write("5\n3\n8\n", to: "others.txt")
        let same = try read(text(data: "{dataset: mnist, indices: others.txt}"), index: "path\n0.safetensors\n")
        #expect(same.definition == study.definition)
        try folder.write("3\n5\n8\n", to: "points.txt")
        let other = try read(text(data: data), index: "path\n0.safetensors\n")
        #expect(try other.definition.digest() != study.definition.digest())
    }

    @Test("Networks that are trained here take named points, too, and are others for it")
    func indicesOfTraining() throws {
        try folder.write("5\n3\n8\n", to: "points.txt")
        func trained(_ data: String) throws -> StudySpecification {
            try folder.write(
                exampleText.replacing("{dataset: mnist, training_points: 250}", with: data).replacing(
                    "batch_size: 64", with: "batch_size: 3"), to: "toy.yml")
            return try StudyFile(path: folder("toy.yml")).specification
        }
        let named = try trained("{dataset: mnist, indices: points.txt}")
        let first = try trained("{dataset: mnist, training_points: 3, stream: file-order}")
        #expect(named.configurations[0].model.kind.facts["training_points"] == .number(3))
        #expect(try named.definition.models[0].digest != first.definition.models[0].digest)
    }

    // MARK: What is wrong

    @Test("What is wrong with the section is said at once, before any file is read")
    func sections() throws {
        let bare = text(
            network: "{}", networks: "{layout: sideways, tensors: [[a], b]}", more: "population: {seeds: 0-3}")
        let found = try wrong(bare).joined(separator: "\n")
        for words in [
            "network lacks 'activation': what follows each hidden layer", "networks lacks 'from'",
            "networks.layout cannot be 'sideways'", "a layer is the names of its weight and of its bias",
            "population is what the index of the networks says",
        ] {
            #expect(found.contains(words), "\(found)")
        }
        let training = try wrong(text(more: "training: {learning_rate: 0.1, batch_size: 64, epochs: 500}"))
        #expect(training == ["training is of networks, and 'networks' is there: leave one of them out"])
    }

    static let indexes: [(index: String, words: [String])] = [
        ("", ["'index.csv', line 1: the file is empty"]),
        ("file\n0.safetensors\n", ["line 1: there is no column 'path'"]),
        ("path\n", ["names no network"]),
        ("path,seed\n0.safetensors\n", ["line 2: has 1 values, and there are 2 columns"]),
        (
            "path,seed\n0.safetensors,-1\n,2\n",
            ["line 2: seed must be a whole number from 0, not '-1'", "line 3: states no path"]
        ),
        ("path,epochs\n0.safetensors,\n", ["line 2: states no epochs"]),
        ("path,regime\n0.safetensors,Big\n", ["line 2: the regime 'Big'"]),
        ("path,Learning Rate\n0.safetensors,1\n", ["line 1: a column 'Learning Rate'"]),
        ("path,dataset\n0.safetensors,mnist\n", ["a column 'dataset' is what the data or the files say"]),
        ("path,test_accuracy\n0.safetensors,1\n", ["a column 'test_accuracy'"]),
        ("path,width\n0.safetensors,\n", ["line 2: states no width"]),
        ("path,seed\n0.safetensors,1\n1.safetensors,1\n", ["line 3: has the seed 1 of line 2"]),
        ("path,path\n0.safetensors,1\n", ["a column 'path' is there twice"]),
        ("path\n\"0.safetensors\n", ["line 2: a quotation mark is not closed"]),
        ("path\nabsent.npz\n0.safetensors\nbroken.npz\n", ["line 2: 'absent.npz'", "line 4: 'broken.npz'"]),
    ]

    @Test("What is wrong with the index is said by its lines", arguments: indexes)
    func index(index: String, words: [String]) throws {
        try folder.write("PK, but nothing else", to: "broken.npz")
        let found = try wrong(index: index)
        #expect(found.count == words.count, "\(found)")
        for word in words {
            #expect(found.contains { $0.contains(word) && $0.hasPrefix("networks.from: ") }, "\(found)")
        }
    }

    @Test("An index that is not there, and widths that are others than stated, are said")
    func absent() throws {
        let found = try wrong(text(networks: "{from: other.csv}"))
        #expect(found == ["networks.from: 'other.csv' cannot be read: there is no such file"])
        let widths = try wrong(text(network: "{activation: relu, hidden: [5]}"))
        #expect(
            widths.count == 1 && widths[0].contains("'0.safetensors' is 4-3-2, and network.hidden is [5]"), "\(widths)")
        #expect(try wrong(text(network: "{activation: relu, hidden: [3]}")).isEmpty)
    }

    static let lists: [(list: String, words: String)] = [
        ("1\n-2\n", "line 2: '-2' is no whole number from 0"), ("1\n\n2\n1\n", "line 4: 1 stands in line 1, too"),
        ("\n", "names no training image"), ("1.5", "line 1: '1.5'"),
    ]

    @Test("What is wrong with a list of points is said by its line", arguments: lists)
    func pointList(list: String, words: String) throws {
        try folder.write(list, to: "points.txt")
        let found = try wrong(text(data: "{dataset: mnist, indices: points.txt}"))
        #expect(
            found.count == 1 && found[0].hasPrefix("data.indices: 'points.txt'") && found[0].contains(words), "\(found)"
        )
    }

    @Test("Beside a list of points nothing else picks them")
    func pointsTwice() throws {
        try folder.write("1\n", to: "points.txt")
        let found = try wrong(
            text(data: "{dataset: mnist, indices: points.txt, training_points: 3, seed: 1, stream: native}"))
        #expect(found.count == 3 && found.allSatisfy { $0.contains("has no effect beside indices") }, "\(found)")
    }
}
