import Analysis
import Testing

/// What is read as a condition, and what is said of what is none.
@Suite struct RestrictionTests {
    @Test(
        "A condition has one spelling, which reads as itself",
        arguments: [
            ("test_accuracy>0.50", "test_accuracy > 0.5"), ("a == 1 and B != 2", "a = 1 AND B <> 2"),
            ("((a<1))", "a < 1"), ("(a < 1 or b < 2) and c >= 3", "(a < 1 OR b < 2) AND c >= 3"),
            ("a < 1 or (b < 2 and c >= 3)", "a < 1 OR b < 2 AND c >= 3"), ("not(a = 1)", "NOT a = 1"),
            ("NoT (a = 1 aNd b = 2)", "NOT (a = 1 AND b = 2)"), ("NOT NOT a = 1", "NOT NOT a = 1"),
            ("regime='it''s'", "regime = 'it''s'"), ("\"data.seed\" in(1,2 , 3)", "data.seed IN (1, 2, 3)"),
            ("\"and\" is not null", "\"and\" IS NOT NULL"), ("\"a b\"\"c\" is null", "\"a b\"\"c\" IS NULL"),
            ("x not between -1e3 and .5", "x NOT BETWEEN -1000 AND 0.5"), ("x NOT IN (1)", "x NOT IN (1)"),
            ("a+b*2-(c-d)>1", "a + b * 2 - (c - d) > 1"), ("(a+b)*2>1", "(a + b) * 2 > 1"),
            ("a/(b*c) = - a", "a / (b * c) = -a"), ("- - 2 < + 3", "2 < 3"), ("-(a+1)<-(-a)", "-(a + 1) < -(-a)"),
            ("a < 9007199254740993", "a < 9007199254740993"), ("a < 1e300", "a < 1e+300"),
            ("a < 18446744073709551615", "a < 1.8446744073709552e+19"), ("a\n<\t1", "a < 1"),
            ("a BETWEEN 1 AND 2 AND b = 3 OR c = 4", "a BETWEEN 1 AND 2 AND b = 3 OR c = 4"),
        ])
    func spelling(text: String, canonical: String) throws {
        let restriction = try Restriction(text)
        #expect(restriction.description == canonical)
        #expect(try Restriction(canonical).description == canonical)
        #expect(try Restriction(canonical) == restriction)
    }

    @Test("The columns are those that it names, each once, in their order")
    func columns() throws {
        let restriction = try Restriction("b > 1 AND NOT (a + b IN (c, 2)) OR \"d\" IS NULL OR e BETWEEN f AND -g * 2")
        #expect(restriction.columns == ["b", "a", "c", "d", "e", "f", "g"])
        #expect(try Restriction("1 = 1").columns.isEmpty)
    }

    @Test(
        "What is no condition is refused with the place and what is wrong",
        arguments: [
            ("a >", 4, "missing at the end"), ("> 1", 1, "missing before '>'"), ("a", 1, "compared with nothing"),
            ("a > 1 b", 7, "missing before 'b'"), ("a > 1 AND b", 11, "'b' is compared with nothing"),
            ("a > 'x", 5, "quote ' is not closed"), ("\"a > 1", 1, "quote \" is not closed"),
            ("(a > 1", 1, "parenthesis is not closed"), ("a > 1)", 6, "no parenthesis is open"),
            ("a IN (1, 2", 6, "parenthesis is not closed"), ("a IN 1", 6, "list in parentheses"),
            ("a IN ()", 7, "missing before ')'"), ("a BETWEEN 1", 12, "upper bound"),
            ("a BETWEEN 1 OR 2", 13, "upper bound"), ("a NOT 1", 7, "IN or BETWEEN"), ("a = NULL", 5, "IS NULL"),
            ("a IN (1, NULL)", 10, "IS NULL"), ("a IS 3", 6, "= compares"), ("1 < a < 3", 7, "Join two comparisons"),
            ("(a < 1) = 1", 2, "is true or not"), ("a + (b < 1) > 2", 6, "is true or not"),
            ("abs(a) > 1", 1, "no functions"), ("a > 1; DROP TABLE model", 6, "';' says nothing here"),
            ("a > 1 -- all", 7, "comment"), ("a /* x */ > 1", 3, "comment"), ("a > --1", 5, "comment"),
            ("a ≤ 1", 3, "Write <= instead"), ("a = ‘x’", 5, "Write ' instead"), ("a > 1 && b > 2", 7, "Write AND"),
            ("a\u{a0}> 1", 2, "U+00A0"), ("a > 0x10", 5, "'0x10' is no number"), ("a > 1e999", 5, "is no number"),
            ("a > 1.2.3", 5, "is no number"), ("a > 12ab", 5, "is no number"), ("NOT", 4, "missing at the end"),
            ("a LIKE 'x%'", 3, "missing before 'LIKE'"), ("a > (SELECT 1)", 13, "missing before '1'"),
            ("a = 1 AND AND b = 2", 11, "missing before 'AND'"), ("a = = 1", 5, "missing before '='"),
            ("a = ?", 5, "'?' says nothing here"), ("[a] = 1", 1, "'[' says nothing here"),
        ])
    func refused(text: String, place: Int, words: String) throws {
        let error = try #require(throws: UnreadableRestriction.self) { try Restriction(text) }
        #expect(error.place == place, "\(error)")
        #expect(error.description.contains("at character \(place): ") && error.description.contains(words), "\(error)")
        #expect(error.exitStatus == 2)
    }

    @Test("Nothing is no condition", arguments: ["", "   ", "\n\t"])
    func empty(text: String) throws {
        let error = try #require(throws: UnreadableRestriction.self) { try Restriction(text) }
        #expect(error.problem == .empty && error.place == nil)
        #expect(error.description.hasPrefix("The selection is empty."))
    }

    @Test("However deep or long a text is, it is read or refused, and never ends the program")
    func deep() throws {
        func nested(_ open: String, _ count: Int, _ inner: String, _ close: String = "") -> String {
            String(repeating: open, count: count) + inner + String(repeating: close, count: count)
        }
        for (text, isDeep) in [
            (nested("(", 100, "a = 1", ")"), false), (nested("(", 101, "a = 1", ")"), true),
            (nested("(", 4900, "a = 1", ")"), true), (nested("(", 4900, "a = 1"), true),
            (nested("NOT ", 100, "a = 1"), false), (nested("NOT ", 101, "a = 1"), true),
            (nested("NOT (", 1600, "a = 1", ")"), true), (nested("NOT ", 2400, "a = 1"), true),
            (nested("-(", 100, "a", ")") + " = 1", false), (nested("-(", 101, "a", ")") + " = 1", true),
            (nested("(", 4990, ""), true), (nested("- ", 4900, "1") + " = a", false),
            (Array(repeating: "a = 1", count: 900).joined(separator: " OR "), false),
            (Array(repeating: "1", count: 4900).joined(separator: "+") + "=1", false),
            ("a IN (" + Array(repeating: "1", count: 4900).joined(separator: ",") + ")", false),
        ] {
            #expect(text.utf8.count <= Restriction.mostBytes)
            if isDeep {
                let error = #expect(throws: UnreadableRestriction.self) { try Restriction(text) }
                #expect(error?.problem == .tooDeep)
            } else {
                let canonical = try Restriction(text).description
                #expect(
                    try canonical.utf8.count > Restriction.mostBytes || Restriction(canonical).description == canonical)
            }
        }
        for text in [nested("(", 10_000, "a = 1", ")"), nested("NOT ", 10_000, "a = 1")] {
            let error = #expect(throws: UnreadableRestriction.self) { try Restriction(text) }
            #expect(error?.problem == .tooLong(bytes: text.utf8.count))
        }
    }

    @Test("Words are compared by their bytes, and quotes are single characters whatever follows them")
    func characters() throws {
        // A combining accent behind a quote is no part of it.
        #expect(try Restriction("a = 'x'").description == "a = 'x'")
        #expect(throws: UnreadableRestriction.self) { try Restriction("a = 'x'\u{301}") }
        #expect(try Restriction("a = '\u{301}x'").description == "a = '\u{301}x'")
        #expect(try Restriction("a\r\n= 1").description == "a = 1")
    }
}
