/// How high a row must be for its wrapped texts to show.
///
/// Excel finds that out by itself on opening; LibreOffice and the previews of mail programs and
/// phones do not. Letters are counted, not measured: an average letter of the default font is one
/// unit of column width, capital and Cyrillic letters a little more.
enum RowHeight {
    /// Higher rows are of no use to a reader; the text itself stays whole.
    static let lineCountMax = 12
    /// From one line to the next, in sizes of the font: that of Noto Sans, the widest spaced of the fonts
    /// that stand in for Excel's own where it is not installed; a last line must not be cut.
    private static let spacing = 1.36

    /// The height in points; `nil` when one line is enough.
    static func points(_ cells: [Cell], columns: [SheetLayout.Column]) -> Double? {
        var height = 0.0
        for (cell, column) in zip(cells, columns) {
            let style = cell.style ?? column.style
            guard style.isWrapped, let text = cell.shownText else { continue }
            let scale = (style.isBold ? 0.9 : 1) * CellStyle.plain.pointSize / style.pointSize
            let lines = lineCount(text, lettersPerLine: max(1, Int(column.width * scale)))
            if lines > 1 {
                height = max(height, Double(lines) * style.pointSize * Self.spacing + 2)
            }
        }
        return height > 0 ? height : nil
    }

    /// The lines of a text that is broken between words, and within those longer than a line.
    static func lineCount(_ text: String, lettersPerLine: Int) -> Int {
        // No letter takes less than one byte: short texts need no counting.
        if text.utf8.count <= lettersPerLine, !text.utf8.contains(0x0A) { return 1 }
        var (lines, column, word) = (1, 0, 0)
        func place(_ word: Int) {
            guard word > 0 else { return }
            if column > 0, column + word > lettersPerLine {
                lines += 1
                column = 0
            }
            column += word
            // Long words, ids mostly, are broken at their hyphens and fill lines less well.
            let filled = word > lettersPerLine ? max(1, lettersPerLine * 3 / 4) : lettersPerLine
            lines += (column - 1) / filled
            column = (column - 1) % filled + 1
        }
        for scalar in text.unicodeScalars {
            if scalar == "\n" {
                place(word)
                (lines, column, word) = (lines + 1, 0, 0)
            } else if scalar == " " {
                place(word)
                (column, word) = (column + 1, 0)
            } else {
                word += 1
            }
            if lines >= lineCountMax { return lineCountMax }
        }
        place(word)
        return min(lines, lineCountMax)
    }
}

extension Cell {
    /// The text that a reader sees, where the content is one.
    var shownText: String? {
        switch content {
        case .text(let text), .link(_, let text): text
        case .runs(let runs): runs.map(\.text).joined()
        default: nil
        }
    }
}
