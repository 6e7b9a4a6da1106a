import SQLFunctions
import Statistics
import Testing

@Suite struct ValuesTests {
    /// Column `index` of rows without a hole.
    private func column(_ rows: [[Double?]], _ index: Int) -> [Double] { rows.compactMap { $0[index] } }

    private func variable(_ rows: [[Double?]], _ index: Int) -> Variable { Variable("c", column(rows, index)) }

    @Test(
        "Each correlation and its p value are the numbers of Statistics, bit for bit",
        arguments: CorrelationMethod.allCases, [3, 4, 20, 500])
    func correlations(method: CorrelationMethod, count: Int) throws {
        let rows = scattered(rows: count, columns: 2)
        let expected = correlate(variable(rows, 0), variable(rows, 1), method: method)
        let name = method.rawValue
        let row = try Connection(rows: rows).values("SELECT \(name)(c1, c2), \(name)_p(c1, c2) FROM t")[0]
        #expect(row == [expected.estimate, expected.pValue])
        #expect(row[0] != nil)
    }

    @Test("Four rows have the coefficients that are computed by hand")
    func byHand() throws {
        let connection = try Connection(rows: [[1, 2], [2, 1], [3, 5], [4, 4]])
        // Ranks 1 2 3 4 and 2 1 4 3: four squared differences of 1. Four pairs agree, two do not.
        #expect(abs(try #require(try connection.value("SELECT spearman(c1, c2) FROM t")) - 0.6) < 1e-15)
        #expect(abs(try #require(try connection.value("SELECT kendall(c1, c2) FROM t")) - 1.0 / 3) < 1e-15)
        // Of the 24 orders, 18 have at least two or at most four inversions.
        #expect(abs(try #require(try connection.value("SELECT kendall_p(c1, c2) FROM t")) - 0.75) < 1e-15)
        // Products of deviations: 1.5 + 1 + 1 + 1.5 = 5, squares 5 and 10.
        #expect(
            abs(try #require(try connection.value("SELECT pearson(c1, c2) FROM t")) - 5 / 50.0.squareRoot()) < 1e-15)
        #expect(try connection.value("SELECT median(c2) FROM t") == 3)
        #expect(try connection.value("SELECT quantile(c2, 0.25) FROM t") == 1.75)
    }

    @Test("A perfect correlation is 1, which one of three orders has or its opposite; an opposite one is -1")
    func perfect() throws {
        let connection = try Connection(rows: [[1, 8, -1], [2, 9, -8], [3, 27, -27]])
        #expect(
            try connection.values("SELECT spearman(c1, c2), spearman_p(c1, c2), kendall(c1, c3) FROM t") == [
                [1, 1.0 / 3, -1]
            ])
    }

    @Test(
        "Rows with a NULL are skipped as if they were not there",
        arguments: [
            "spearman(c1, c2)", "kendall(c1, c2)", "pearson_p(c1, c2)", "partial_spearman(c1, c2, c3)",
            "partial_spearman(c1, c2, c3, c4)", "median(c1)", "quantile(c1, 0.9)", "welch_p(c1, c2 < 4)",
        ])
    func nulls(call: String) throws {
        let rows = scatteredWithHoles(rows: 300, columns: 4)
        let used = Set([1, 2, 3, 4].filter { call.contains("c\($0)") })
        let complete = rows.filter { row in used.allSatisfy { row[$0 - 1] != nil } }
        #expect(complete.count < 290)
        let value = try Connection(rows: rows).value("SELECT \(call) FROM t")
        #expect(value != nil)
        #expect(try value == Connection(rows: complete).value("SELECT \(call) FROM t"))
    }

    @Test(
        "What is undefined is NULL: no rows, too few, constants, infinities",
        arguments: [
            "spearman(c1, 1)", "spearman(1, c1)", "kendall(c1, 2.5)", "pearson(1, 1)", "spearman_p(c1, 0)",
            "pearson_p(c1, 0)",
            "kendall_p(c1, 0)", "spearman(c1, NULL)", "median(NULL)", "quantile(c1, NULL)", "spearman(c1, c2 + 9e999)",
            "pearson(c1, 1 + 1e-16 * c2)", "spearman(c1, 1 + 1e-16 * c2)", "kendall_p(1 + 1e-16 * c1, c2)",
            "median(c1 - 9e999)", "quantile(9e999, 0.5)",
            "spearman(c1, c2) FILTER (WHERE rowid < 3)", "median(c1) FILTER (WHERE rowid < 1)",
            "partial_spearman(c1, c2, c1)", "partial_spearman(c1, 1, c2)", "partial_spearman(c1, c2, 'g' || rowid)",
            "partial_spearman(c1, c2, c2, c1) FILTER (WHERE rowid <= 4)", "welch_p(c1, 1)", "welch_p(c1, rowid % 3)",
            "welch_p(5, rowid % 2)",
            "welch_p(c1, rowid = 1)", "welch_p(9e999, rowid % 2)",
        ])
    func undefined(call: String) throws {
        let connection = try Connection(rows: scattered(rows: 30, columns: 2))
        #expect(try connection.values("SELECT \(call) FROM t") == [[nil]])
        #expect(try Connection(columns: 2).values("SELECT \(call) FROM t") == [[nil]])
    }

    @Test("Medians and quantiles are those of the sorted values, interpolated", arguments: [1, 2, 5, 100])
    func quantiles(count: Int) throws {
        let rows = scattered(rows: count, columns: 1, values: 1000)
        let sorted = column(rows, 0).sorted()
        let connection = try Connection(rows: rows)
        for share in [0, 0.05, 0.25, 1.0 / 3, 0.5, 0.99, 1] {
            let place = share * Double(count - 1)
            let below = Int(place)
            let above = min(below + 1, count - 1)
            let expected = sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
            let value = try #require(try connection.value("SELECT quantile(c1, \(share)) FROM t"))
            #expect(abs(value - expected) <= 1e-13 * (1 + abs(expected)))
        }
        #expect(try connection.value("SELECT median(c1) FROM t") == connection.value("SELECT quantile(c1, 0.5) FROM t"))
    }

    @Test("A partial correlation is that of Statistics, given numbers, categories or both")
    func partial() throws {
        let rows = scattered(rows: 200, columns: 4, values: 9)
        let connection = try Connection(rows: rows)
        let (x, y) = (variable(rows, 0), variable(rows, 1))
        let numbers = correlate(x, y, given: [variable(rows, 2), variable(rows, 3)])
        func isThat(_ expected: Correlation, given: String) throws -> Bool {
            let found = try #require(try connection.value("SELECT partial_spearman(c1, c2, \(given)) FROM t"))
            return abs(found - (try #require(expected.estimate))) < 1e-13
        }
        #expect(try isThat(numbers, given: "c3, c4"))
        let names = rows.map { row in row[2].map { "g\($0)" } }
        let categories = indicators("g", names).map { Variable($0.name, $0.values.compactMap(\.self)) }
        #expect(categories.count == 8)
        let within = correlate(x, y, given: categories)
        #expect(try isThat(within, given: "'g' || c3"))
        let both = correlate(x, y, given: categories + [variable(rows, 3)])
        #expect(try isThat(both, given: "'g' || c3, c4"))
        #expect(numbers.estimate != within.estimate && within.estimate != both.estimate)
    }

    // With a column for each category the first query alone takes minutes.
    @Test("Many categories over many rows take no longer than a query's guard allows", .timeLimit(.minutes(5)))
    func manyCategories() throws {
        let connection = try Connection(columns: 1)
        let made = """
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999),
                m (g, h, x, y) AS (
                    SELECT 'g' || (i % 500), 'h' || (i * 7919 % 31), (i * 7 + i % 500 * 900) % 99991,
                        (i * 13 + i % 500 * 800) % 99989 FROM n)
            """
        #expect(try connection.value("\(made) SELECT partial_spearman(x, y, g) FROM m") != nil)
        #expect(try connection.value("\(made) SELECT partial_spearman(x, y, h, g) FROM m") != nil)
    }

    @Test("What would take longer is refused at once, with the numbers that are too many")
    func tooMuch() throws {
        let connection = try Connection(columns: 1)
        #expect {
            _ = try connection.value(
                """
                WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 299999)
                SELECT partial_spearman(i % 97, i % 89, 'g' || (i % 60), 'h' || (i / 60 % 61)) FROM n
                """)
        } throws: { "\($0)".contains("300000 rows with 59 columns to hold fixed are too many") }
    }

    @Test("No p value is 0, and values of any size have a correlation")
    func extremes() throws {
        let connection = try Connection(rows: (0..<200).map { [Double($0), Double($0 * 7919 % 200)] })
        for call in [
            "spearman_p(c1, c1)", "kendall_p(c1, c1)", "pearson_p(c1, 3 * c1)", "spearman_p(c1, -c1)",
            "welch_p(c1 + 1e9 * (c1 > 99), c1 > 99)",
        ] {
            let p = try #require(try connection.value("SELECT \(call) FROM t"))
            #expect(p > 0 && p < 1e-100, "\(call)")
        }
        let plain = try #require(try connection.value("SELECT pearson(c1, c2) FROM t"))
        for unit in ["1e300", "1e-300", "5e-324", "8e305"] {
            let scaled = try #require(try connection.value("SELECT pearson(c1 * \(unit), c2) FROM t"))
            #expect(abs(scaled - plain) < 1e-12, "\(unit)")
        }
    }

    @Test("Two clusters make a correlation that the category takes away")
    func clusters() throws {
        let connection = try Connection(columns: 1)
        let made = """
            WITH n (i) AS (SELECT value FROM json_each('[0,1,2,3,4,5,6,7]')),
                m (g, x, y) AS (SELECT 'a', i, (i * 3) % 8 FROM n UNION ALL SELECT 'b', 20 + i, 20 + (i * 3) % 8 FROM n)
            """
        let raw = try #require(try connection.value("\(made) SELECT spearman(x, y) FROM m"))
        let given = try #require(try connection.value("\(made) SELECT partial_spearman(x, y, g) FROM m"))
        let inside = try #require(try connection.value("\(made) SELECT spearman(x, y) FROM m WHERE g = 'a'"))
        #expect(raw > 0.8)
        #expect(abs(given - inside) < 1e-12)
        #expect(abs(given) < 0.5)
    }

    @Test(
        "Welch's p value is that of the two groups, whatever names them and whichever comes first",
        arguments: [
            "c2 < 4", "CASE WHEN c2 < 4 THEN 'low' ELSE 'high' END", "CASE WHEN c2 < 4 THEN 1 ELSE 1.5 END",
            "CASE WHEN c2 < 4 THEN '1' ELSE 1 END", "CASE WHEN c2 < 4 THEN 9007199254740992 ELSE 9007199254740993 END",
        ])
    func welch(group: String) throws {
        let rows = scattered(rows: 90, columns: 2)
        let low = rows.filter { ($0[1] ?? 0) < 4 }.compactMap(\.[0])
        let high = rows.filter { ($0[1] ?? 0) >= 4 }.compactMap(\.[0])
        let expected = try welchTest(low, high).get().pValue
        let value = try #require(try Connection(rows: rows).value("SELECT welch_p(c1, \(group)) FROM t"))
        #expect(abs(value - expected) <= 1e-15)
        #expect(value > 0 && value < 1)
    }

    @Test("A whole number is one group, stored as an integer or as a real")
    func sameGroup() throws {
        let connection = try Connection(rows: scattered(rows: 20, columns: 1))
        #expect(try connection.value("SELECT welch_p(c1, CASE rowid % 2 WHEN 0 THEN 1 ELSE 1.0 END) FROM t") == nil)
        #expect(try connection.value("SELECT welch_p(c1, CASE rowid % 2 WHEN 0 THEN 1 ELSE '1' END) FROM t") != nil)
    }

    @Test("A text that reads as a number is one")
    func numericText() throws {
        let connection = try Connection(rows: scattered(rows: 20, columns: 2))
        #expect(
            try connection.value("SELECT spearman(CAST(c1 AS TEXT), ' ' || c2 || ' ') = spearman(c1, c2) FROM t") == 1)
    }

    @Test(
        "A value of another kind is an error with a sentence",
        arguments: [
            ("spearman(c1, 'abc')", "spearman(x, y): argument 2 is 'abc', which is no number"),
            ("kendall_p('', c1)", "kendall_p(x, y): argument 1 is '', which is no number"),
            ("pearson(c1, x'00')", "pearson(x, y): argument 2 is a blob, which is no number"),
            ("median('1 kg')", "median(x): argument 1 is '1 kg', which is no number"),
            ("quantile(c1, 1.01)", "quantile(x, q): argument 2 is 1.01, outside 0...1"),
            ("quantile(c1, -0.5)", "quantile(x, q): argument 2 is -0.5, outside 0...1"),
            ("quantile(c1, 9e999)", "quantile(x, q): argument 2 is inf, outside 0...1"),
            (
                "quantile(c1, rowid / 20.0)",
                "quantile(x, q): argument 2 is one number for all rows, but it is 0.05 and then 0.1"
            ),
            ("welch_p(c1, x'00')", "welch_p(value, group): argument 2 is a blob, which is no category"),
            ("welch_p('a', c1)", "welch_p(value, group): argument 1 is 'a', which is no number"),
            ("partial_spearman(c1, c2)", "partial_spearman(x, y, z, …): it takes at least 3 arguments"),
            ("partial_spearman(c1, 'b', c2)", "partial_spearman(x, y, z, …): argument 2 is 'b', which is no number"),
            (
                "partial_spearman(c1, c2, CASE rowid WHEN 9 THEN 'x' ELSE 1 END)",
                "partial_spearman(x, y, z, …): argument 3 mixes numbers and texts: cast it to one of them"
            ),
            ("spearman(c1)", "wrong number of arguments to function spearman()"),
        ])
    func refused(call: String, message: String) throws {
        let connection = try Connection(rows: scattered(rows: 20, columns: 2))
        #expect(throws: Connection.Failure(message: message)) { try connection.values("SELECT \(call) FROM t") }
        // The connection is as good as before.
        #expect(try connection.value("SELECT count(*) FROM t") == 20)
    }

    @Test("More columns to hold fixed than memory could take are refused")
    func tooManyCategories() throws {
        let connection = try Connection(columns: 1)
        let rows = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)"
        #expect(
            throws: Connection.Failure(
                message: "partial_spearman(x, y, z, …): 10000 rows with 1999 columns to hold fixed are too many")
        ) {
            try connection.values(
                "\(rows) SELECT partial_spearman(i, (i * 37) % 101, 'c' || (i / 4), 'd' || (i % 2000)) FROM n")
        }
        #expect(try connection.values("\(rows) SELECT partial_spearman(i, (i * 37) % 101, 'c' || i) FROM n") == [[nil]])
    }

    @Test("Every function has a name, arguments and one line that says what it returns")
    func described() throws {
        #expect(Set(SQLFunction.all.map(\.name)).count == SQLFunction.all.count)
        let connection = try Connection(columns: 1)
        for function in SQLFunction.all {
            #expect(!function.summary.isEmpty && !function.summary.contains("\n"))
            let known = try connection.value(
                "SELECT count(*) FROM pragma_function_list WHERE name = '\(function.name)'")
            #expect(known == 1)
        }
    }

    @Test("A statistic of more values than it may hold is refused, and holds none of them")
    func tooManyValues() throws {
        let connection = try Connection(rows: scatteredWithHoles(rows: 10, columns: 2))
        let many = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000001) SELECT"
        let error = #expect(throws: (any Error).self) { try connection.value("\(many) spearman(i, -i) FROM n") }
        #expect("\(error as Any)".contains("it takes at most 10000000 values"), "\(error as Any)")
    }
}
