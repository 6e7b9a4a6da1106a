import Analysis
import Foundation
import Results
import SyntheticStudies
import Testing

/// The same condition given to SQLite, on the same rows.
@Suite struct RestrictionOracleTests {
    /// Draws conditions whose columns, values, operators and parentheses are anything that has a meaning in both.
    private struct Conditions {
        private var state: UInt64

        init(seed: UInt64) { state = seed }

        private mutating func below(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(count))
        }

        private mutating func one<T>(_ choices: [T]) -> T { choices[below(choices.count)] }

        private mutating func blank() -> String { one([" ", " ", "  ", "\n"]) }

        /// A number's text: a column with holes, one without, a hyperparameter, or a literal near their values.
        private mutating func number(_ depth: Int) -> String {
            switch below(depth > 0 ? 9 : 6) {
            case 0, 1: one(["test_accuracy", "hessian_trace", "dead_units"])
            case 2: one(["position", "seed", "version", "model_id", "seconds"])
            case 3: one(["batch_size", "learning_rate", "\"odd name\""])
            case 4: one(["0.5", "1", "3", "7", "0", "16", "0.05", "2.5e1", ".25", "100", "-1", "9007199254740993"])
            case 5: "\(Double(below(2000)) / 1000)"
            case 6: "\(number(depth - 1)) \(one(["+", "-", "*"])) \(number(depth - 1))"
            // Whole numbers divide as whole numbers in SQLite.
            case 7: "(\(one(["test_accuracy", "hessian_trace"]))) / (\(number(depth - 1)))"
            default: "\(one(["-", "+"]))(\(number(depth - 1)))"
            }
        }

        private mutating func word() -> String {
            below(2) == 0
                ? one(["regime", "label", "variant", "status", "reason", "study", "optimiser"])
                : one(["'small'", "'large'", "'it''s'", "''", "'adam'", "'é'", "'e\u{301}'", "'toy'", "'T'"])
        }

        private mutating func comparison(_ depth: Int) -> String {
            let isWord = below(4) == 0
            func operand(_ conditions: inout Conditions) -> String {
                isWord ? conditions.word() : conditions.number(depth)
            }
            let first = operand(&self)
            switch below(10) {
            case 0: return "\(first)\(blank())\(one(["IS NULL", "is not null", "IS  NOT NULL"]))"
            case 1:
                let (low, high) = (operand(&self), operand(&self))
                return "\(first) \(one(["between", "NOT BETWEEN"])) \(low) AND \(high)"
            case 2, 3:
                let list = (0...below(4)).map { _ in operand(&self) }.joined(separator: ",\(blank())")
                return "\(first) \(one(["IN", "not in"])) (\(list))"
            default:
                return "\(first)\(blank())\(one(["=", "==", "<>", "!=", "<", "<=", ">", ">="])) \(operand(&self))"
            }
        }

        mutating func condition(_ depth: Int) -> String {
            guard depth > 0 else { return comparison(1) }
            switch below(7) {
            case 0, 1: return "\(condition(depth - 1)) \(one(["AND", "and"])) \(condition(depth - 1))"
            case 2, 3: return "\(condition(depth - 1)) \(one(["OR", "Or"])) \(condition(depth - 1))"
            case 4: return "NOT\(blank())\(condition(depth - 1))"
            case 5: return "(\(condition(depth - 1)))"
            default: return comparison(2)
            }
        }
    }

    /// Networks with holes in every kind of column, repeated, failed and rescaled ones among them.
    private static func study() -> SyntheticStudy {
        let draws = noise(seed: 91, count: 200)
        let regimes: [String?] = ["small", "large", nil, "it's", "é", "e\u{301}"]
        var networks = (0..<40).map { index in
            var columns = ["test_accuracy": 0.5 + 0.2 * draws[index], "dead_units": Double(index % 7)]
            if index % 5 != 0 { columns["hessian_trace"] = 10 * draws[40 + index] }
            if index % 11 == 3 { columns["test_accuracy"] = nil }
            let optimiser = [#","optimiser":"adam""#, "", #","optimiser":null"#, #","optimiser":"""#][index % 4]
            let rate = index % 3 == 0 ? "" : #","learning_rate":\#([0.05, 0.1, 1][index % 3])"#
            return SyntheticStudy.Network(
                regime: regimes[index % 6],
                hyperparameters:
                    #"{"batch_size":\#([16, 32, 100][index % 3])\#(optimiser)\#(rate),"odd name":\#(index % 2)}"#,
                columns: columns, seed: index % 13 == 0 ? 9_007_199_254_740_993 : UInt64(index % 10))
        }
        networks[7].digest = "toy 2"
        for index in [11, 20, 33] {
            networks[index].failure = "The loss is not finite."
            networks[index].columns = [:]
        }
        networks.append(.init(columns: ["test_accuracy": 0.9], copyOf: 1, variant: "layer 1 x 2"))
        networks.append(.init(columns: ["test_accuracy": 0.1], copyOf: 3, variant: "layer 1 x 2"))
        return SyntheticStudy(networks: networks)
    }

    /// Hyperparameters are no columns of the view.
    private func sql(_ condition: String) -> String {
        ["batch_size", "learning_rate", "optimiser"].reduce(condition) { text, name in
            text.replacing(name, with: "json_extract(hyperparameters, '$.\(name)')")
        }.replacing("\"odd name\"", with: "json_extract(hyperparameters, '$.\"odd name\"')")
    }

    @Test("A condition selects the models that SQLite selects by it, and so does its one spelling")
    func sameModels() throws {
        let archive = try Archive()
        let study = try Self.study().enter(in: archive.store)
        var drawn = Conditions(seed: 4)
        var (nonEmpty, partial) = (0, 0)
        for _ in 0..<40 {
            let texts = (0..<50).map { _ in drawn.condition(3) }
            let restrictions = try texts.map { try Restriction($0) }
            let asked = (texts + restrictions.map(\.description)).map { "(\(sql($0)))" }
            let answer = try ReadOnlyQuery(
                "SELECT position, variant, status, \(asked.joined(separator: ", ")) FROM models ORDER BY position",
                at: archive.store.path)
            for (index, restriction) in restrictions.enumerated() {
                func positions(_ place: Int, _ status: String) -> [Int] {
                    answer.rows.compactMap { row in
                        guard row[1] == .null, row[2] == .text(status), row[3 + place] == .integer(1),
                            case .integer(let position) = row[0]
                        else { return nil }
                        return Int(position)
                    }
                }
                let wanted = positions(index, "trained")
                #expect(positions(texts.count + index, "trained") == wanted, "\(texts[index]) and \(restriction)")
                do {
                    let population = try Population(of: study, in: archive.store, where: restriction)
                    #expect(population.models.map(\.position) == wanted, "\(texts[index])")
                    #expect(population.failed.map(\.position) == positions(index, "failed"), "\(texts[index])")
                    nonEmpty += 1
                    if wanted.count < 36 { partial += 1 }
                } catch let few as TooFewSelected {
                    #expect(few.selected == wanted.count && few.selected < 3 && few.total == 36, "\(texts[index])")
                }
            }
        }
        // The draws are no trivial ones.
        #expect(nonEmpty > 800 && partial > 500, "\(nonEmpty), \(partial)")
    }

    @Test("Division is that of numbers, as 1 / 2 is 0.5, and by 0 unknown")
    func division() throws {
        let archive = try Archive()
        let study = try Self.study().enter(in: archive.store)
        func count(_ text: String) throws -> Int {
            try Population(of: study, in: archive.store, where: Restriction(text)).models.count
        }
        #expect(try count("1 / 2 = 0.5") == 36)
        #expect(try count("batch_size / 200 = 0.5") == count("batch_size = 100"))
        #expect(try count("1 / dead_units > 0") == count("dead_units <> 0"))
        #expect(try count("NOT 1 / dead_units > 0 OR dead_units > 0") == count("dead_units <> 0"))
    }
}
