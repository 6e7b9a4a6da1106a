import Testing

@Suite struct WindowTests {
    private let calls = [
        "spearman(c1, c2)", "kendall_p(c1, c2)", "partial_spearman(c1, c2, c3)",
        "partial_spearman(c1, c2, 'g' || (c3 < 5))",
        "median(c1)", "quantile(c1, 0.1)", "welch_p(c1, c3 < 5)",
    ]

    @Test("GROUP BY gives each group what WHERE gives it alone")
    func groups() throws {
        let connection = try Connection(rows: scatteredWithHoles(rows: 300, columns: 3))
        for call in calls {
            let grouped = try connection.values("SELECT \(call) FROM t GROUP BY rowid % 3 ORDER BY rowid % 3")
            let alone = try (0..<3).map { try connection.values("SELECT \(call) FROM t WHERE rowid % 3 = \($0)")[0] }
            #expect(grouped == alone)
            #expect(Set(grouped).count == 3)
        }
    }

    @Test("FILTER gives what WHERE gives, beside another that has all rows")
    func filter() throws {
        let connection = try Connection(rows: scatteredWithHoles(rows: 200, columns: 3))
        for call in calls {
            let row = try connection.values("SELECT \(call) FILTER (WHERE rowid > 60), \(call) FROM t")[0]
            #expect(row[0] == (try connection.value("SELECT \(call) FROM t WHERE rowid > 60")))
            #expect(row[1] == (try connection.value("SELECT \(call) FROM t")))
            #expect(row[0] != row[1] || call.hasPrefix("quantile"))
        }
    }

    @Test(
        "A moving window has in each row what its rows have alone, holes included",
        arguments: [
            "ROWS BETWEEN 9 PRECEDING AND CURRENT ROW", "ROWS BETWEEN 40 PRECEDING AND 3 FOLLOWING",
            "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW", "ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
            "ROWS BETWEEN 12 PRECEDING AND 4 PRECEDING", "ROWS BETWEEN 9 PRECEDING AND 9 FOLLOWING EXCLUDE CURRENT ROW",
        ])
    func moving(frame: String) throws {
        let connection = try Connection(rows: scatteredWithHoles(rows: 400, columns: 3))
        for call in calls {
            let moving = try connection.values("SELECT \(call) OVER (ORDER BY rowid \(frame)) FROM t").map(\.[0])
            let ids = try connection.values("SELECT rowid FROM t").compactMap(\.[0]).map(Int.init)
            // The frame's rows by SQLite's own aggregate, then the function over them without a window.
            let frames = try connection.values(
                """
                SELECT ifnull(min(rowid) OVER w, 0), ifnull(max(rowid) OVER w, 0) FROM t WINDOW w AS (ORDER BY \
                rowid \(frame))
                """
            )
            for index in stride(from: 0, to: ids.count, by: 29) {
                let (low, high) = (Int(frames[index][0] ?? 0), Int(frames[index][1] ?? 0))
                let left = frame.contains("EXCLUDE") ? ids[index] : 0
                let alone = try connection.value(
                    "SELECT \(call) FROM t WHERE rowid BETWEEN \(low) AND \(high) AND rowid <> \(left)")
                #expect(moving[index] == alone, "\(call), row \(ids[index])")
            }
            #expect(Set(moving).count > 10 || call.hasPrefix("quantile"))
        }
    }

    @Test("A partition without an order has one value in all its rows")
    func partition() throws {
        let connection = try Connection(rows: scattered(rows: 100, columns: 2))
        let rows = try connection.values("SELECT rowid % 2, spearman(c1, c2) OVER (PARTITION BY rowid % 2) FROM t")
        #expect(Set(rows).count == 2)
    }
}
