import Foundation
import Results
import TestSupport
import Testing

/// Networks from elsewhere as a user has them, from files of weights to a report.
@Suite struct ImportedNetworksCommandTests {
    private let study = """
        name: elsewhere
        title: Networks from elsewhere
        data: {dataset: synthetic, training_points: 60, seed: 3, probes: {count: 10, seed: 4}}
        network: {activation: relu}
        networks: {from: index.csv}
        measures: [test_accuracy, pair_proxy, hessian_trace, distance_from_initialization]
        """

    /// A workplace with networks that Basin trained and wrote to files, and the index of them.
    private func workplace(networks: Int) throws -> Workplace {
        let place = try Workplace(networks: networks)
        #expect(try place.basin("run", "toy").status == 0)
        let store = try ResultsStore.openReadOnly(at: place.folder("basin.sqlite"))
        try place.folder.makeFolder("studies/weights")
        var index = "path,seed,half\n"
        for model in try store.models(of: store.study(named: "toy", version: nil).id) {
            let weights = try #require(try store.weights(of: model.id))
            let name = "weights/\(model.position).safetensors"
            try Data(weights).write(to: URL(fileURLWithPath: place.folder("studies/\(name)")))
            index += "\(name),\(model.position),\(model.position % 2)\n"
        }
        try place.folder.write(index, to: "studies/index.csv")
        try place.folder.write(study, to: "studies/elsewhere.yml")
        return place
    }

    @Test("They are planned, run, measured, judged and reported by name, as what they are")
    func fromFilesToReport() throws {
        let place = try workplace(networks: 12)
        let plan = try place.basin("run", "elsewhere", "--plan")
        #expect(plan.status == 0 && plan.errors.contains("12 of 12 networks to make"), "\(plan.errors)")
        let run = try place.basin("run", "elsewhere")
        #expect(run.status == 0 && run.errors.contains("12/12 networks"), "\(run.errors)")
        #expect(
            run.errors.contains(
                "distance_from_initialization has no value for 12 of 12 networks: it reads the weights"),
            "\(run.errors)")
        #expect(try place.basin("run", "elsewhere").errors.contains("nothing left to do"))
        #expect(try place.basin("run", "elsewhere", "--jobs", "1", "--db", "one.sqlite").status == 0)
        #expect(try place.digest(of: "elsewhere") == place.digest(of: "elsewhere", in: "one.sqlite"))
        #expect(try place.basin("measure", "elsewhere", "--measures", "dead_units,training_speed").status == 0)
        for command in ["correlate", "verdict", "robustness"] {
            let answer = try place.basin(command, "elsewhere")
            #expect(answer.status == 0, "\(command): \(answer.errors)")
        }
        #expect(try place.basin("compare", "elsewhere", "pair_proxy", "hessian_trace").status == 0)
        #expect(try place.basin("check").status == 0)
        #expect(try place.basin("report", "elsewhere").status == 0)
        let report = try String(contentsOfFile: place.folder("reports/elsewhere/report.md"), encoding: .utf8)
        #expect(report.contains("12 networks from elsewhere of 12"), "\(report.prefix(2000))")
        #expect(!report.contains("trained networks"))
        let same = try place.basin(
            "sql", "--format", "csv",
            """
            SELECT count(*) FROM models a JOIN models b ON a.seed = b.seed AND a.hessian_trace = b.hessian_trace \
            AND a.test_accuracy = b.test_accuracy WHERE a.study = 'toy' AND b.study = 'elsewhere'
            """)
        #expect(same.output.contains("12"), "\(same.output)\(same.errors)")
    }

    @Test("A request that cannot be met ends with status 2, naming the file, the tensor and the way out")
    func refused() throws {
        let place = try workplace(networks: 2)
        try place.folder.write("these are no weights", to: "studies/weights/1.safetensors")
        let run = try place.basin("run", "elsewhere")
        #expect(
            run.status == 2 && run.errors.contains("line 3") && run.errors.contains("1.safetensors"), "\(run.errors)")
        let rounding = try place.basin("run", "toy", "--rounding", "1")
        #expect(rounding.status == 0)
    }

    // MARK: PyTorch

    /// A Python with PyTorch: the one that `Benchmarks/compare` installs, or the system's.
    private static let torch: String? = [packageFolder + "/Benchmarks/.venv/bin/python", "/usr/bin/python3"].first {
        (try? OtherPrograms.run($0, ["-c", "import numpy, torch"]).status) == 0
    }

    @Test(
        "Networks that PyTorch trained have the accuracy and the loss here that they have there",
        .enabled(if: torch != nil, "no Python with torch and numpy; Benchmarks/compare installs one"))
    func pyTorch() throws {
        let place = try Workplace()
        try place.folder.write(Self.program, to: "train.py")
        let trained = try OtherPrograms.run(try #require(Self.torch), [place.folder("train.py"), place.folder.path])
        #expect(trained.status == 0, "\(trained.errors)")
        try place.folder.write(
            study.replacing("training_points: 60, seed: 3", with: "training_points: 60, stream: file-order").replacing(
                "measures: [", with: "measures: [train_loss, "), to: "elsewhere.yml")
        let run = try place.basin("run", "elsewhere.yml")
        #expect(run.status == 0, "\(run.errors)")
        let rows = try place.basin(
            "sql", "--format", "csv",
            """
            SELECT round(test_accuracy * 80), hyperparameters ->> 'right', train_loss, hyperparameters ->> 'loss', \
            hyperparameters ->> 'learning_rate' FROM models WHERE study = 'elsewhere' ORDER BY position
            """
        ).output.split(whereSeparator: \.isNewline).dropFirst().map {
            $0.split(separator: ",").compactMap { Double($0) }
        }
        #expect(rows.count == 4)
        for row in rows {
            try #require(row.count == 5)
            #expect(row[0] == row[1], "test images that are right")
            #expect(abs(row[2] - row[3]) < 1e-5 * max(1, row[3]), "loss")
        }
        #expect(Set(rows.map { $0.last }) == [0.1, 0.5])
    }

    /// Trains four networks, two as `.npz` with PyTorch's names and two with kernels that lie the other way round.
    private static let program = """
        import gzip, sys
        import numpy as np, torch
        folder = sys.argv[1]
        torch.set_num_threads(1)

        def idx(name):
            data = gzip.open(f"{folder}/datasets/synthetic/{name}.gz").read()
            shape = [int.from_bytes(data[4 + 4 * i:8 + 4 * i], "big") for i in range(data[3])]
            return np.frombuffer(data, np.uint8, offset=4 + 4 * len(shape)).reshape(shape)

        def part(name, count=None):
            x = idx(f"{name}-images-idx3-ubyte")[:count].astype(np.float32).reshape(-1, 64) / np.float32(255)
            return torch.tensor(x), torch.tensor(idx(f"{name}-labels-idx1-ubyte")[:count].astype(np.int64))

        (x, y), (test_x, test_y) = part("train", 60), part("t10k")
        rows = ["path,seed,learning_rate,epochs,right,loss"]
        for seed in range(4):
            torch.manual_seed(seed)
            rate = [0.1, 0.5][seed % 2]
            linear, relu = torch.nn.Linear, torch.nn.ReLU
            model = torch.nn.Sequential(linear(64, 12), relu(), linear(12, 6), relu(), linear(6, 4))
            optimiser = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
            for epoch in range(30 + seed):
                optimiser.zero_grad()
                torch.nn.functional.cross_entropy(model(x), y).backward()
                optimiser.step()
            state = {name: value.numpy() for name, value in model.state_dict().items()}
            if seed >= 2:
                state = {f"Dense_{int(name[0]) // 2}/" + ("kernel" if value.ndim == 2 else "bias"): value.T
                         for name, value in state.items()}
            np.savez(f"{folder}/{seed}.npz", **state)
            right = (model(test_x).argmax(1) == test_y).sum().item()
            loss = torch.nn.functional.cross_entropy(model(x).double(), y).item()
            rows.append(f"{seed}.npz,{seed},{rate},{30 + seed},{right},{loss}")
        open(f"{folder}/index.csv", "w").write("\\n".join(rows) + "\\n")
        """
}
