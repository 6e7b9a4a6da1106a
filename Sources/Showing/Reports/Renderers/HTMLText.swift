import Diagnostics
import Plots

/// `text` for HTML, in content or between double quotes: what would be markup is escaped, what commands a reader is
/// spelt out, line breaks are spaces.
func htmlEscaped(_ text: String) -> String { xmlEscaped(text).replacing("'", with: "&#39;") }

/// Networks as JSON that may stand within a page: no `<` could end the element around it.
enum NetworkJSON {
    /// Numbers have six significant digits: more than a picture shows.
    static func text(_ data: NetworkData) -> String {
        let columns = data.columns.map { column -> String in
            let word = column.word.map(string) ?? "null"
            return """
                {"name":\(string(column.name)),"predictor":\(column.isPredictor),"word":\(word),\
                "values":[\(column.values.map(number).joined(separator: ","))]}
                """
        }
        let factors = data.factors.map { factor in
            """
            {"name":\(string(factor.name)),"labels":[\(factor.labels.map(string).joined(separator: ","))],\
            "places":[\(factor.places.map { $0?.description ?? "null" }.joined(separator: ","))]}
            """
        }
        let seeds = data.seeds.map { seed -> String in seed.map { string($0.description) } ?? "null" }
        return """
            {"study":\(string(data.study)),"target":\(string(data.target)),"chosen":\(string(data.chosen)),\
            "total":\(data.total),"remark":\(data.remark.map(string) ?? "null"),\
            "seeds":[\(seeds.joined(separator: ","))],\
            "collapsed":[\(data.collapsed.map(\.description).joined(separator: ","))],\
            "factors":[\(factors.joined(separator: ","))],"columns":[\(columns.joined(separator: ","))]}
            """
    }

    private static func number(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "null" }
        if value == value.rounded(), abs(value) < 1e9 { return Int(value).description }
        return rounded(value).description
    }

    /// To six significant digits, or to a whole number.
    private static func rounded(_ value: Double) -> Double {
        // Powers of ten are exact up to 1e22.
        guard (1e-12...1e15).contains(abs(value)) else { return value }
        var scale = 1.0
        while abs(value) * scale < 1e5 { scale *= 10 }
        return (value * scale).rounded() / scale
    }

    private static func string(_ text: String) -> String {
        jsonString(text.withVisibleControlsOnOneLine).replacing("<", with: "\\u003c").replacing(">", with: "\\u003e")
    }
}
