import Definitions
import StudyFiles
import TestSupport
import Testing

@Suite struct FiguresReaderTests {
    /// The example with two regimes and a grid of hidden widths and training epochs.
    private func text(_ entry: String) -> String {
        example(
            population:
                "seeds: 0-9, regimes: {a: {}, b: {training.learning_rate: 0.2}}, grid: {training.epochs: [5, 7]}")
            + "\nfigures:\n  - {\(entry)}\n"
    }

    private func text(_ first: String, _ second: String) -> String { text(first) + "  - {\(second)}\n" }

    @Test("A study without figures has none, and figures make no new version")
    func presentation() throws {
        let plain = try read(exampleText)
        #expect(plain.figures == [])
        let drawn = try read(exampleText + "\nfigures: [{name: a, kind: scatter, x: seed, y: test_accuracy}]\n")
        #expect(drawn.figures.count == 1)
        #expect(try drawn.definition.digest() == plain.definition.digest())
    }

    @Test("Each kind is read with all its keys")
    func kinds() throws {
        let figures = try read(
            text(
                """
                name: phases, title: When?, kind: heat-map, x: epochs, y: learning_rate, value: test_accuracy, \
                boundary: pair_proxy, scale: log-x, where: {regime: a, seed: [0, 3]}
                """,
                "name: growth_2, kind: curves, x: epochs, y: pair_proxy, by: regime, scale: log-log, slope: -0.5")
                + "  - {name: p, kind: scatter, x: pair_proxy, y: test_accuracy, by: epochs, where: {epochs: 5, "
                + "architecture: 784-64-8-10}}\n"
        ).figures
        #expect(
            figures == [
                Figure(
                    name: "phases", title: "When?", kind: .heatMap, x: "epochs", y: "learning_rate",
                    value: "test_accuracy",
                    boundary: "pair_proxy", scale: .logX,
                    selection: ModelSelection(["regime": [.word("a")], "seed": [.number(0), .number(3)]])),
                Figure(
                    name: "growth_2", title: "growth_2", kind: .curves, x: "epochs", y: "pair_proxy", by: "regime",
                    scale: .logLog,
                    slope: -0.5),
                Figure(
                    name: "p", title: "p", kind: .scatter, x: "pair_proxy", y: "test_accuracy", by: "epochs",
                    selection: ModelSelection(["epochs": [.number(5)], "architecture": [.word("784-64-8-10")]])),
            ])
    }

    @Test(
        "What is wrong with a figure is told with its line and the nearest name",
        arguments: [
            (
                "kind: scatter, x: epochs, y: test_accuracy",
                "figures[1] lacks 'name': a word for the picture's file, as phases"
            ),
            (
                "name: A b, kind: scatter, x: epochs, y: test_accuracy",
                "figures[1].name 'A b' is no name of a picture: use lower-case letters, digits, hyphens"
            ),
            ("name: a, x: epochs, y: test_accuracy", "figures[1] lacks 'kind': heat-map, curves, scatter"),
            (
                "name: a, kind: heatmap, x: epochs, y: test_accuracy",
                "figures[1].kind cannot be 'heatmap'. Did you mean 'heat-map'?"
            ),
            ("name: a, kind: scatter, y: test_accuracy", "figures[1] lacks 'x': the column along the bottom"),
            ("name: a, kind: scatter, x: epochs", "figures[1] lacks 'y': the column along the side"),
            (
                "name: a, kind: scatter, x: epoch, y: test_accuracy",
                "figures[1].x is 'epoch', which the study's models do not have. Did you mean 'epochs'?"
            ),
            (
                "name: a, kind: scatter, x: epochs, y: test_acuracy",
                "figures[1].y is 'test_acuracy', which the study's models do not have. Did you mean 'test_accuracy'?"
            ),
            (
                "name: a, kind: scatter, x: regime, y: test_accuracy",
                """
                figures[1].x is 'regime', which is no number. Known names: batch_size, epochs, learning_rate, \
                pair_proxy, seed, test_accuracy, training_points.
                """
            ),
            (
                "name: a, kind: heat-map, x: epochs, y: seed",
                "figures[1] lacks 'value': the column that is shown as colour"
            ),
            (
                "name: a, kind: heat-map, x: epochs, y: seed, value: test_accuracy, by: regime",
                "figures[1].by has no meaning in a figure of kind heat-map: leave it out"
            ),
            (
                "name: a, kind: curves, x: epochs, y: test_accuracy, value: pair_proxy",
                "figures[1].value has no meaning in a figure of kind curves: leave it out"
            ),
            (
                "name: a, kind: scatter, x: epochs, y: test_accuracy, boundary: pair_proxy",
                "figures[1].boundary has no meaning in a figure of kind scatter: leave it out"
            ),
            (
                "name: a, kind: curves, x: epochs, y: test_accuracy, by: test_accuracy",
                """
                figures[1].by is 'test_accuracy', a measure, which groups no models. Known names: architecture, \
                batch_size, dataset, epochs, learning_rate, regime, seed, training_points.
                """
            ),
            (
                "name: a, kind: curves, x: epochs, y: test_accuracy, by: regimes",
                """
                figures[1].by is 'regimes', neither a regime's name nor a setting of the study's models. Did you \
                mean 'regime'?
                """
            ),
            (
                "name: a, kind: curves, x: epochs, y: test_accuracy, scale: loglog",
                "figures[1].scale cannot be 'loglog'. Did you mean 'log-log'?"
            ),
            (
                "name: a, kind: curves, x: epochs, y: test_accuracy, slope: 1, scale: log-x",
                "figures[1].slope is one on logarithmic axes: it needs 'scale: log-log'"
            ),
            (
                "name: a, kind: curves, x: epochs, y: test_accuracy, slope: steep, scale: log-log",
                "figures[1].slope must be a number, not 'steep'"
            ),
            (
                "name: a, kind: curves, x: epochs, y: test_accuracy, groups: regime",
                """
                unknown key 'groups' in figures[1]. Known names: boundary, by, kind, name, scale, slope, title, \
                value, where, x, y.
                """
            ),
            (
                "name: a, kind: curves, x: epochs, y: test_accuracy, where: {epoch: 5}",
                """
                figures[1].where.epoch selects no models: it is neither a regime's name nor a setting of the \
                study's models. Did you mean 'epochs'?
                """
            ),
            (
                "name: a, kind: curves, x: epochs, y: test_accuracy, where: {pair_proxy: 5}",
                """
                figures[1].where.pair_proxy selects no models: it is a measure, which groups no models. Known \
                names: architecture, batch_size, dataset, epochs, learning_rate, regime, seed, training_points.
                """
            ),
            (
                "name: a, kind: curves, x: epochs, y: test_accuracy, where: {regime: c}",
                "figures[1].where.regime: there is no regime 'c'. Known names: a, b."
            ),
            (
                "name: a, kind: curves, x: epochs, y: test_accuracy, where: {epochs: [5, 5]}",
                "figures[1].where.epochs: '5' is given twice"
            ),
            (
                "name: a, kind: curves, x: epochs, y: test_accuracy, where: {epochs: []}",
                "figures[1].where.epochs is empty"
            ),
            (
                "name: a, kind: curves, x: epochs, y: test_accuracy, where: {epochs: }",
                "figures[1].where.epochs states no value"
            ),
            (
                "name: a, kind: curves, x: epochs, y: test_accuracy, where: {seed: first}",
                "figures[1].where.seed: a seed is a whole number, not 'first'"
            ),
            (
                "name: a, kind: curves, x: epochs, y: test_accuracy, where: {epochs: {a: 5}}",
                "figures[1].where.epochs: takes single values or a list of them, not keys and values"
            ),
        ])
    func wrong(entry: String, message: String) throws {
        #expect(try problems(text(entry)) == ["9: \(message)"])
    }

    @Test("A name may be given once")
    func twice() throws {
        let entry = "name: a, kind: scatter, x: epochs, y: test_accuracy"
        #expect(try problems(text(entry, entry)) == ["10: figures[2].name 'a' is given twice"])
    }

    @Test("A study without regimes groups by none")
    func noRegimes() throws {
        let found = try problems(
            exampleText + "\nfigures: [{name: a, kind: curves, x: seed, y: test_accuracy, by: regime}]\n")
        #expect(
            found.count == 1
                && found[0].hasPrefix("8: figures[1].by is 'regime', neither a regime's name nor a setting"))
    }

    @Test("What is no list of figures is told so")
    func noList() throws {
        #expect(try problems(exampleText + "\nfigures: {a: 1}\n") == ["8: figures must be a list, not keys and values"])
        #expect(try problems(exampleText + "\nfigures: [a]\n") == ["8: figures[1] needs keys and values, not 'a'"])
    }
}
