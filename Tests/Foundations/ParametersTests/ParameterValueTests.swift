import Digests
import Parameters
import Testing

@Suite("A parameter's value")
struct ParameterValueTests {
    @Test(
        "It is written as a bare JSON scalar, a whole-valued number as the whole number",
        arguments: [
            (ParameterValue.integer(2), "2"), (.number(2), "2"), (.number(0.1), "0.1"), (.number(1e-7), "1e-07"),
            (.integer(-3), "-3"), (.number(1e15), "1000000000000000"), (.integer(.max), "9223372036854775807"),
            (.number(1e16), "1e+16"), (.word("a/b"), "\"a/b\""), (.word("2"), "\"2\""), (.flag(true), "true"),
        ])
    func json(value: ParameterValue, text: String) throws {
        #expect(try CanonicalJSON.text(of: ["v": value]) == #"{"v":\#(text)}"#)
    }

    @Test("Reading JSON gives an equal value, whose text is the one that was read")
    func reading() throws {
        for text in ["2", "-0.5", "0.05", "9223372036854775807", "9007199254740993", "1e+300", "\"sam\"", "false"] {
            let value = try CanonicalJSON.value([String: ParameterValue].self, of: #"{"v":\#(text)}"#)
            #expect(try CanonicalJSON.text(of: value) == #"{"v":\#(text)}"#)
        }
        #expect(try CanonicalJSON.value([ParameterValue].self, of: "[1.0,true]") == [.integer(1), .flag(true)])
        for text in ["[null]", "[[1]]", "[{}]"] {
            #expect(throws: UnreadableJSON.self) { try CanonicalJSON.value([ParameterValue].self, of: text) }
        }
    }

    @Test("A whole number and a number are equal where they are one number, and then have one hash and one text")
    func equality() throws {
        for integer in [0, 1, -7, 1 << 53, -(1 << 53)] {
            let (whole, number) = (ParameterValue.integer(integer), ParameterValue.number(Double(integer)))
            #expect(whole == number && number == whole)
            #expect(whole.hashValue == number.hashValue)
            #expect(whole.description == number.description)
            #expect(try CanonicalJSON.text(of: [whole]) == CanonicalJSON.text(of: [number]))
        }
        #expect(ParameterValue.integer(1) != .number(1.5))
        #expect(ParameterValue.integer(.max) != .number(Double(Int.max)))
        #expect(ParameterValue.word("1") != .integer(1))
        #expect(ParameterValue.flag(true) != .integer(1))
    }

    @Test("Values read as what they are, and a whole-valued number as a whole number")
    func accessors() {
        #expect(ParameterValue.number(2).integer == 2)
        #expect(ParameterValue.number(2.5).integer == nil)
        #expect(ParameterValue.integer(3).number == 3)
        #expect(ParameterValue.word("a").word == "a")
        #expect(ParameterValue.flag(false).flag == false)
        #expect(ParameterValue.flag(true).number == nil)
        #expect(ParameterValue.word("1").integer == nil)
    }

    @Test("People read numbers without a needless fraction")
    func text() {
        let values: [ParameterValue] = [64, 64.0, 0.05, "sam", true]
        #expect(values.map(\.description) == ["64", "64", "0.05", "sam", "true"])
    }
}
