internal import Foundation

/// A table of a report as texts, for a file that programs read.
public struct ReportTextTable: Hashable, Sendable {
    /// A name for its file, without an ending; each is different in one report.
    public var name: String
    /// The rows, the headings first.
    public var rows: [[String]]
}

extension ReportDocument {
    /// The report's tables as texts.
    ///
    /// Numbers are plain, with a point, days and times as ISO 8601 writes them; names are in the
    /// report's language. A text that a spreadsheet would take for a formula has an apostrophe before
    /// it; a number, also a negative one, has none.
    ///
    /// - Returns: The tables in their order.
    public func textTables() -> [ReportTextTable] {
        var tables: [ReportTextTable] = []
        var used: [String: Int] = [:]
        for sheet in sheets {
            for case .grid(let grid) in sheet.parts {
                let number = used[grid.name, default: 0] + 1
                used[grid.name] = number
                let headings = grid.columns.map { Self.harmless($0.heading) }
                tables.append(
                    ReportTextTable(
                        name: number == 1 ? grid.name : "\(grid.name)-\(number)",
                        rows: [headings]
                            + (0..<grid.rowCount).map { grid.row($0).map(plainText) }))
            }
        }
        return tables
    }

    private func plainText(_ cell: Grid.Cell) -> String {
        switch cell.value {
        case .text(let text): return Self.harmless(values.name(text, cell.format, cell.row))
        case .notEnough, .boolean: return values.text(cell.value, cell.format, cell.row)
        case .instant(let instant): return instant.formatted(.iso8601)
        case .integer, .decimal:
            // An amount in whole units of its currency, as people read it.
            guard cell.format?.kind == .money, let number = cell.value.decimal else {
                return cell.value.key
            }
            return DecimalNumber(units: number.units, scale: number.scale + 2).text
        case .empty: return values.absence(cell.format)
        case .date: return cell.value.key
        }
    }

    /// A text that no spreadsheet takes for a formula.
    static func harmless(_ text: String) -> String {
        // A tab or a line break before them does not keep a spreadsheet from it.
        guard let first = text.unicodeScalars.first, "=+-@\t\r\n".unicodeScalars.contains(first)
        else { return text }
        return "'" + text
    }
}
