internal import Foundation
internal import Records
internal import Spreadsheet

/// Turns a report's values into cells of a workbook that keep their type.
struct CellWriter {
    let values: ValueWriter

    private var words: Words { values.words }

    /// The heads of columns, over their numbers or texts.
    func headings(_ columns: [Grid.Column]) -> [Cell] {
        columns.indices.map { index in
            let style = CellStyle.header
                .with(\.alignment, columns[index].isNumeric ? .right : .left)
                .with(\.isIndented, Self.isBesideNumbers(index, columns))
            return .text(columns[index].heading, style: style)
        }
    }

    /// Whether a column's texts would stand against the numbers of the one before.
    private static func isBesideNumbers(_ index: Int, _ columns: [Grid.Column]) -> Bool {
        index > 0 && columns[index - 1].isNumeric && !columns[index].isNumeric
    }

    /// The cells of a row, under the heads of their columns.
    func cells(_ row: [Grid.Cell], _ columns: [Grid.Column]) -> [Cell] {
        zip(row, columns).enumerated().map { index, pair in
            var cell = self.cell(pair.0)
            guard cell.content != .empty else { return cell }
            if pair.1.isNumeric {
                cell.style = (cell.style ?? .wrapped).with(\.alignment, .right)
            } else if Self.isBesideNumbers(index, columns) {
                cell.style = (cell.style ?? .wrapped).with(\.alignment, .left)
                    .with(\.isIndented, true)
            }
            return cell
        }
    }

    /// The cells of the row of totals.
    func total(_ cells: [Grid.Cell?]) -> [Cell] {
        cells.map { cell in
            guard var cell = cell.map({ self.cell($0) }) else {
                return Cell(.empty, style: Self.total(.plain))
            }
            cell.style = Self.total(cell.style ?? .plain)
            return cell
        }
    }

    private static func total(_ style: CellStyle) -> CellStyle {
        style.with(\.isBold, true).with(\.background, 0xEE_F2F7)
    }

    /// One cell.
    func cell(_ cell: Grid.Cell) -> Cell {
        let style = Self.style(cell.look)
        switch cell.value {
        case .empty, .text(""):
            let absence = values.absence(cell.format)
            guard absence.isEmpty else { return .text(absence, style: .muted) }
            return cell.look == nil ? .empty : Cell(.empty, style: style)
        case .notEnough(let reason):
            return .text(
                values.notEnough(reason),
                style: .muted.with(\.isItalic, true).with(\.isWrapped, true)
                    .with(\.alignment, .right))
        case .boolean(let flag):
            return .text(words[flag ? "yes" : "no"], style: style)
        case .text(let text): return self.text(text, cell, style)
        case .date(let date): return day(date, cell, style)
        case .instant(let instant):
            let clock = ClockReading(instant, in: values.request.timeZone)
            if [.date, .month].contains(ValueWriter.kind(cell.value, cell.format)) {
                return day(clock.date, cell, style)
            }
            let time = WallClock(
                year: clock.date.year, month: clock.date.month, day: clock.date.day,
                hour: clock.hour, minute: clock.minute, second: clock.second)
            return Cell(
                .dateTime(time),
                style: style.with(\.numberFormat, words["formats.date_time"])
                    .with(\.alignment, .left))
        case .integer, .decimal:
            guard let number = cell.value.decimal else { return .empty }
            return self.number(number, cell, style)
        }
    }

    /// The notation of numbers of a kind, for cells and for charts.
    func numberFormat(_ kind: ColumnFormat.Kind, digits: Int, currency: String) -> String {
        let key =
            switch kind {
            case .percent: "cells.percent"
            case .money: "cells.money"
            case .duration: "cells.duration"
            default: "cells.number"
            }
        return words.text(key, ["digits": Self.zeros(digits), "currency": currency])
    }

    private static func zeros(_ digits: Int) -> String {
        digits > 0 ? "." + String(repeating: "0", count: digits) : ""
    }

    /// What a value's number is in a cell: an amount in whole units, a duration in seconds.
    func number(_ number: DecimalNumber, _ cell: Grid.Cell) -> (Cell.Content, format: String) {
        let kind = ValueWriter.kind(cell.value, cell.format)
        let given = cell.format?.digits
        var shown = number
        let digits: Int
        switch kind {
        case .money:
            shown.scale += 2
            digits = 2
        case .duration:
            shown.scale += 3
            digits = given ?? 1
        case .percent:
            digits = given ?? 1
            if cell.isChange { shown = shown.times(100) }
        case .count, .change: digits = given ?? 0
        default: digits = given ?? number.scale
        }
        let sign = values.currencySign(values.currency(cell.format, cell.row))
        var format =
            cell.isChange && kind == .percent
            ? words.text("cells.points", ["digits": Self.zeros(digits)])
            : numberFormat(kind, digits: digits, currency: sign)
        if cell.isChange || kind == .change { format = Self.signed(format) }
        return (.decimal(units: shown.units, scale: shown.scale), format)
    }

    private func number(_ number: DecimalNumber, _ cell: Grid.Cell, _ style: CellStyle) -> Cell {
        let (content, format) = self.number(number, cell)
        // Fifteen digits after the point are all that a decimal cell has.
        if case .decimal(_, let scale) = content, scale > 15 {
            return .text(values.text(cell.value, cell.format, cell.row), style: style)
        }
        return Cell(content, style: style.with(\.numberFormat, format))
    }

    private func text(_ text: String, _ cell: Grid.Cell, _ style: CellStyle) -> Cell {
        let shown = values.name(text, cell.format, cell.row)
        switch cell.format?.kind {
        case .code:
            return .text(shown, style: .muted.with(\.pointSize, 8).with(\.isWrapped, true))
        case .link:
            let address = cell.format?.address.flatMap { cell.row?[$0]?.key } ?? ""
            return address.isEmpty
                ? .text(shown, style: style)
                : Cell(.link(address: address, text: shown), style: style)
        default: return .text(shown, style: style)
        }
    }

    private func day(_ day: CalendarDate, _ cell: Grid.Cell, _ style: CellStyle) -> Cell {
        let isMonth = cell.format?.kind == .month
        return Cell(
            .date(year: day.year, month: day.month, day: day.day),
            style: style.with(\.numberFormat, words[isMonth ? "cells.month" : "formats.date"])
                .with(\.alignment, .left))
    }

    /// The looks that numbers of a column get from the reader's program.
    func rules(of column: Grid.Column) -> [CellRule] {
        var rules = column.highlights.map { highlight in
            let comparison: CellRule.Comparison =
                switch highlight.comparison {
                case .greater: .greater
                case .atLeast: .atLeast
                case .less: .less
                case .atMost: .atMost
                case .equal: .equal
                }
            return CellRule.comparison(
                comparison, highlight.number, Self.style(highlight.look))
        }
        if column.hasBars { rules.append(.bars(0x9D_C3E6)) }
        return rules
    }

    /// A number's notation with its sign before it.
    private static func signed(_ format: String) -> String {
        let end = format.hasPrefix("[") ? format.firstIndex(of: "]") : nil
        let start = end.map { format.index(after: $0) } ?? format.startIndex
        let (locale, rest) = (format[..<start], format[start...])
        return "\(locale)+\(rest);\(locale)\\−\(rest);\(locale)\(rest)"
    }

    private static func style(_ look: Highlight.Look?) -> CellStyle {
        switch look {
        case .error: CellStyle.error.with(\.isWrapped, true)
        case .warning: CellStyle.warning.with(\.isWrapped, true)
        case .good:
            CellStyle.wrapped.with(\.background, 0xD9_EAD3).with(\.textColor, 0x27_4E13)
        case .muted: CellStyle.muted.with(\.isWrapped, true)
        case nil: .wrapped
        }
    }
}
