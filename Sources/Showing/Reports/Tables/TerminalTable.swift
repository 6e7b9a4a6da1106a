import Diagnostics
import Plots
import Typography

/// What a terminal shows of a table: as many cells across, and colours or none.
public struct TerminalWindow: Sendable, Hashable {
    /// Character cells across.
    public var columns: Int
    public var isColoured: Bool

    public init(columns: Int, isColoured: Bool) {
        self.columns = columns
        self.isColoured = isColoured
    }

    /// A column of words is cut no narrower than this for the sake of others.
    fileprivate static let leastText = 24
    /// The same of the first column, which names the row.
    fileprivate static let leastName = 40
    fileprivate static let gap = 2
}

extension Table {
    /// The table as it fits a window: columns of words are cut, with "…", and where even that is too wide, columns are
    /// left out, those first that matter least. A line below says which.
    ///
    /// - Complexity: O(cells).
    public func terminalText(in window: TerminalWindow) -> String {
        let text = readableCells(escape: \.withVisibleControlsOnOneLine).rows
        let alignments = alignments()
        let natural = columns.indices.map { index in
            text.reduce(displayWidth(columns[index].name)) { max($0, displayWidth($1[index])) }
        }
        let least = columns.indices.map { index in
            alignments[index] == .left
                ? min(
                    natural[index],
                    max(
                        index == 0 ? TerminalWindow.leastName : TerminalWindow.leastText,
                        displayWidth(columns[index].name)))
                : natural[index]
        }
        // In the order in which they matter; what does not fit makes room for what comes after it.
        let ranked =
            essential.compactMap { name in columns.firstIndex { $0.name == name } }
            + columns.indices.filter { !essential.contains(columns[$0].name) }
        var (shown, taken): (Set<Int>, Int) = ([], 0)
        for index in ranked where shown.isEmpty || taken + least[index] + TerminalWindow.gap <= window.columns {
            taken += least[index] + (shown.isEmpty ? 0 : TerminalWindow.gap)
            shown.insert(index)
        }
        let kept = columns.indices.filter(shown.contains)
        var widths = Dictionary(uniqueKeysWithValues: kept.map { ($0, least[$0]) })
        var room = max(0, window.columns - taken)
        // What lacks least is made whole first.
        for index in kept.sorted(by: { natural[$0] - least[$0] < natural[$1] - least[$1] }) {
            let more = min(natural[index] - least[index], room)
            widths[index] = least[index] + more
            room -= more
        }
        var part = Table(kept.map { columns[$0] }, rows: rows.map { row in kept.map { row[$0] } })
        part.footnotes = footnotes
        let isCut = kept.contains { widths[$0, default: 0] < natural[$0] }
        let left = columns.indices.filter { !shown.contains($0) }.map { columns[$0].name }
        if !left.isEmpty {
            part.footnotes.append("Not shown: \(left.joined(separator: ", ")). --wide shows all.")
        } else if isCut {
            part.footnotes.append("--wide shows whole texts.")
        }
        return part.terminalText(widths: kept.map { widths[$0] ?? natural[$0] }, isColoured: window.isColoured)
    }

    /// Columns padded to equal width, two spaces apart, a rule under the header, notes on missing values and footnotes
    /// below.
    ///
    /// - Parameters:
    ///   - widths: longer texts are cut; nil for as wide as the cells are.
    ///   - isColoured: whether words have the colours that their column gives them.
    func terminalText(widths given: [Int]? = nil, isColoured: Bool = false) -> String {
        let (cells, notes) = readableCells(escape: \.withVisibleControlsOnOneLine)
        let header = columns.map { $0.name.withVisibleControlsOnOneLine }
        let aligned = Self.pointsAligned(cells, of: rows)
        let widths = columns.indices.map { index in
            let natural = aligned.reduce(displayWidth(header[index])) { max($0, displayWidth($1[index])) }
            return given.map { max(min(natural, $0[index]), displayWidth(header[index])) } ?? natural
        }
        let alignments = alignments()

        func line(_ texts: [String], paints: Bool = false) -> String {
            let padded = texts.indices.map { index in
                let text = shortened(texts[index], toCells: widths[index])
                let padding = String(repeating: " ", count: max(0, widths[index] - displayWidth(text)))
                let painted = paints ? columns[index].tones[text].map { Self.painted(text, $0) } ?? text : text
                return alignments[index] == .left ? painted + padding : padding + painted
            }
            let joined = padded.joined(separator: String(repeating: " ", count: TerminalWindow.gap))
            return String(joined.reversed().drop { $0 == " " }.reversed()) + "\n"
        }

        var text = line(header) + line(widths.map { String(repeating: "-", count: $0) })
        for row in aligned { text += line(row, paints: isColoured) }
        if !notes.isEmpty || !footnotes.isEmpty { text += "\n" }
        for (index, note) in notes.enumerated() { text += "(\(index + 1)) \(note)\n" }
        for footnote in footnotes { text += "\(footnote.withVisibleControlsOnOneLine)\n" }
        return text
    }

    /// Numbers of a column with spaces behind them, so that their points stand below each other.
    private static func pointsAligned(_ cells: [[String]], of rows: [[Cell]]) -> [[String]] {
        guard let first = rows.first else { return cells }
        var aligned = cells
        for column in first.indices {
            func tail(_ text: String) -> Int {
                text.firstIndex(of: ".").map { text.distance(from: $0, to: text.endIndex) } ?? 0
            }
            let numbers = rows.indices.filter { rows[$0][column].presentable.isNumber }
            let longest = numbers.map { tail(cells[$0][column]) }.max() ?? 0
            guard longest > 0 else { continue }
            for row in numbers {
                aligned[row][column] += String(repeating: " ", count: longest - tail(cells[row][column]))
            }
        }
        return aligned
    }

    private static func painted(_ text: String, _ tone: JudgementPalette.Tone) -> String {
        let code =
            switch tone {
            case .good: 32
            case .fair: 36
            case .unclear: 33
            case .hidden: 35
            case .bad: 31
            case .nothing: 90
            }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
