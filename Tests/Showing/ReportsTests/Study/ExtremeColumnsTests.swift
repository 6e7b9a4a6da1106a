import Analysis
import Definitions
import Reports
import Results
import Statistics
import SyntheticStudies
import TestSupport
import Testing

/// Reports of results files that hold any number that there is.
@Suite struct ExtremeColumnsTests {
    private static let huge = Double.greatestFiniteMagnitude
    private static let tiny = Double.leastNonzeroMagnitude

    /// One column each; a network in turn.
    static let columns: [String: [Double]] = [
        "test_accuracy": [0.1, 0.5, 0.3, 0.9, 0.7, 0.2, 0.8, 0.4], "train_accuracy": [1, 1, 0.5, 1, 0, 1, 1, 1],
        "hessian_trace": [huge, -huge, 1e300, tiny, -tiny, 0, -0.0, 1], "train_loss": [tiny, tiny, tiny, 2 * tiny],
        "weight_norm_l2": [huge, huge.nextDown, huge.nextDown.nextDown], "weight_norm_l1": [huge],
        "dead_units": [0x1p-1063, 1, 1e308], "feature_rank": [0.1, 0.1.nextUp], "pair_proxy": [-0.0, 0],
        "test_loss": [0x1p-1024, 0x1.8p-1024, 0x1p-1023, 3e-308, 5e-308], "epochs": [1e18, 1e19, 1e20],
        "unheard_of": [-huge, huge],
    ]

    private static func study(target: String) -> SyntheticStudy {
        let batchSizes = [16, 1e300, Double.leastNonzeroMagnitude]
        let networks = (0..<48).map { place in
            var columns: [String: Double] = [:]
            for (name, values) in Self.columns { columns[name] = values[(place * 5 + place / 11) % values.count] }
            return SyntheticStudy.Network(
                regime: ["small", "large"][place % 2],
                hyperparameters:
                    #"{"batch_size":\#(batchSizes[place / 2 % 3]),"data.seed":\#(place % 4)}"#,
                columns: columns, failure: place == 47 ? "out of memory" : nil)
        }
        let copies = (0..<4).map { place in
            SyntheticStudy.Network(
                regime: networks[place].regime,
                hyperparameters: #"{"rescaled_by":\#([1e300, 1e-300, 2, -1][place]),"rescaled_layer":1}"#,
                columns: networks[place + 5].columns, copyOf: place, variant: "layer 1")
        }
        let names = columns.keys.sorted()
        let scales: [Figure.Scale] = [.linear, .logX, .logY, .logLog]
        var figures: [Figure] = []
        for (place, name) in names.enumerated() {
            let other = names[(place + 5) % names.count]
            for (index, scale) in scales.enumerated() {
                figures += [
                    Figure(
                        name: "s\(place)-\(index)", title: "Scatter", kind: .scatter, x: name, y: other, by: "regime",
                        scale: scale),
                    Figure(name: "c\(place)-\(index)", title: "Curves", kind: .curves, x: name, y: other, scale: scale),
                    Figure(
                        name: "h\(place)-\(index)", title: "Map", kind: .heatMap, x: "batch_size", y: other,
                        value: name,
                        boundary: name, scale: scale),
                ]
            }
            figures.append(
                Figure(
                    name: "l\(place)", title: "Slope", kind: .curves, x: name, y: other, scale: .logLog, slope: 1e300))
        }
        let claims = names.flatMap { name in
            SummaryStatistic.allCases.map { statistic in
                Claim(
                    claim: "\(statistic.rawValue) of \(name)", origin: .derived, statistic: statistic, measure: name,
                    over: statistic.isOverAnother ? "test_accuracy" : nil, expected: 1e308,
                    tolerance: .leastNonzeroMagnitude)
            }
        }
        let published = names.enumerated().map { place, name in
            PublishedValue(
                kind: [.mean, .minimum, .maximum][place % 3], measure: name, regime: nil,
                value: [1e308, .leastNonzeroMagnitude, -1e-300, 0.5][place % 4], tolerance: 0x1p-1063)
        }
        return SyntheticStudy(
            networks: networks + copies, published: published, figures: figures, claims: claims, target: target)
    }

    @Test(
        "Whatever legal numbers a results file has, its report is written, with whole pictures and readable numbers",
        arguments: columns.keys.sorted())
    func report(target: String) throws {
        let archive = try Archive()
        let population = try archive.population(Self.study(target: target))
        let report = try StudyReport(of: population, in: archive.store)
        let path = try report.write(into: archive.folder("out"))
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text == report.markdown && report.pictures.count > 100)
        #expect(text.split(separator: "\n").filter { !Self.oddWords(String($0)).isEmpty } == [])
        for picture in report.pictures {
            let drawn = try ParsedSVG(picture.svg)
            #expect(Self.oddWords(drawn.texts.joined(separator: " ")).isEmpty, "\(picture.name)")
            for element in drawn.elements {
                for (name, value) in element.attributes where ["x", "x1", "x2", "cx"].contains(name) {
                    #expect(Double(value).map { (0...drawn.width).contains($0) } == true, "\(picture.name) \(value)")
                }
            }
        }
        for table in [
            try MeasureCorrelations(of: population, .init()).table, try StudyVerdicts(of: population).table,
            try Robustness(of: population).table, try Repetitions(of: population, over: "data.seed").table,
        ] {
            for format in TableFormat.allCases { #expect(Self.oddWords(table.render(format)).isEmpty) }
        }
        #expect(Self.oddWords(try #require(ReportFormat(named: "terminal")).render(report.report)).isEmpty)
    }

    @Test("A family of such studies has its report too")
    func family() throws {
        let archive = try Archive()
        let members = try ["a", "b"].map { name in
            var study = Self.study(target: "test_accuracy")
            study.name = name
            study.figures = []
            return try archive.population(study)
        }
        let report = try FamilyReport(of: members, name: "both", in: archive.store)
        #expect(Self.oddWords(report.markdown).isEmpty)
        for picture in report.pictures { #expect(throws: Never.self) { try ParsedSVG(picture.svg) } }
    }

    /// Words of numbers that are none, and numbers of more digits than anybody reads.
    private static func oddWords(_ text: String) -> [Substring] {
        let words = text.split { !($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
        return words.filter { word in
            ["nan", "-nan", "inf", "-inf"].contains(word.lowercased())
                || word.count > 40 && word.contains(where: \.isNumber)
                    && word.allSatisfy { "-.0123456789".contains($0) }
        }
    }
}
