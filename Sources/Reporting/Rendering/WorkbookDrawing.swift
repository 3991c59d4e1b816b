public import Foundation
internal import Spreadsheet

extension ReportDocument {
    /// Writes the report as a workbook.
    ///
    /// Equal data give equal bytes. A table that is a sheet of its own goes on in further sheets
    /// after the greatest number of rows that a sheet can have.
    ///
    /// - Parameters:
    ///   - file: The file; it appears whole or not at all.
    ///   - rowsPerSheet: Rows after which a sheet goes on in the next; smaller in tests.
    /// - Throws: `SpreadsheetError` when the file cannot be written.
    public func writeWorkbook(
        to file: URL, rowsPerSheet: Int = 1_048_576
    ) throws {
        var workbook = try Workbook(
            writingTo: file, createdAt: Int64(data.request.madeAt.timeIntervalSince1970),
            title: title, author: words["author"], rowsPerSheet: rowsPerSheet)
        let cells = CellWriter(values: values)
        var charts = ChartNumbers(
            sheetName: hasCharts ? workbook.reserveName(words["chart_data"]) : "", cells: cells)
        for (index, sheet) in sheets.enumerated() {
            let warnings = index == 0 ? warnings : []
            if let grid = sheet.onlyGrid, warnings.isEmpty {
                try draw(grid, sheet, cells, in: &workbook)
            } else {
                try draw(sheet, warnings, cells, &charts, in: &workbook)
            }
        }
        try charts.write(to: &workbook)
        try workbook.close()
    }

    private var hasCharts: Bool {
        sheets.contains { sheet in
            sheet.parts.contains {
                if case .chart(let chart) = $0 { !chart.isBlank } else { false }
            }
        }
    }

    /// A sheet that is one table: head frozen, filters, as long as it gets.
    private func draw(
        _ grid: Grid, _ sheet: ReportSheet, _ cells: CellWriter, in workbook: inout Workbook
    ) throws {
        let id = try workbook.addSheet(
            SheetLayout(
                name: sheet.name,
                columns: grid.columns.enumerated().map { index, column in
                    SheetLayout.Column(
                        width: sheet.widths.count > index ? sheet.widths[index] : column.width,
                        style: .wrapped, rules: cells.rules(of: column))
                },
                header: cells.headings(grid.columns), hasFilter: grid.hasFilter,
                endsWithTotal: grid.total != nil,
                printsOnOnePage: sheet.printsOnOnePage, footer: footer))
        if grid.rowCount == 0 {
            try workbook.append([.text(grid.empty, style: .muted)], to: id)
        }
        for index in 0..<grid.rowCount {
            try workbook.append(cells.cells(grid.row(index), grid.columns), to: id)
        }
        if let total = grid.total, grid.rowCount > 0 {
            try workbook.append(cells.total(total), to: id)
        }
    }

    /// A sheet of several parts, one below the other.
    private func draw(
        _ sheet: ReportSheet, _ warnings: [String], _ cells: CellWriter,
        _ charts: inout ChartNumbers, in workbook: inout Workbook
    ) throws {
        let widths = Self.widths(of: sheet)
        let id = try workbook.addSheet(
            SheetLayout(
                name: sheet.name, columns: widths.map { SheetLayout.Column(width: $0) },
                isLandscape: !sheet.isTall(widths), printedColumns: widths.count,
                printsOnOnePage: sheet.printsOnOnePage, footer: footer, showsGrid: false))
        let across = 0...max(1, widths.count - 1)
        for warning in warnings {
            try workbook.appendJoined(.text(warning, style: .alarm), columns: across, to: id)
        }
        for part in sheet.parts {
            switch part {
            case .text(let text, let look):
                try draw(text, look, across, in: &workbook, id)
            case .grid(let grid): try draw(grid, cells, in: &workbook, id)
            case .chart(let chart):
                guard !chart.isBlank else { continue }
                try workbook.append([], to: id)
                let row = workbook.rowCount(of: id)
                var placed = charts.place(chart, atRow: row)
                // What reaches beyond the columns would not be printed.
                placed.width = min(placed.width, ReportSheet.pixels(of: widths))
                try workbook.addChart(placed, to: id)
                // A row of the usual height has twenty pixels.
                for _ in 0...(chart.height / 20) { try workbook.append([], to: id) }
            }
        }
    }

    private func draw(
        _ text: String, _ look: TextBlock.Look, _ across: ClosedRange<Int>,
        in workbook: inout Workbook, _ id: Workbook.SheetID
    ) throws {
        switch look {
        case .title: try workbook.append([.text(text, style: .title)], to: id, height: 26)
        case .section:
            try workbook.append([], to: id)
            try workbook.append([.text(text, style: .section)], to: id, height: 20)
        case .plain:
            try workbook.appendJoined(.text(text, style: .wrapped), columns: across, to: id)
        case .note:
            try workbook.appendJoined(
                .text(text, style: .muted.with(\.isWrapped, true)), columns: across, to: id)
        case .warning:
            try workbook.appendJoined(.text(text, style: .alarm), columns: across, to: id)
        }
    }

    private func draw(
        _ grid: Grid, _ cells: CellWriter, in workbook: inout Workbook, _ id: Workbook.SheetID
    ) throws {
        try workbook.append([], to: id)
        if let title = grid.title {
            try workbook.append([.text(title, style: .section)], to: id, height: 20)
        }
        guard grid.rowCount > 0 else {
            try workbook.append([.text(grid.empty, style: .muted)], to: id)
            return
        }
        try workbook.append(cells.headings(grid.columns), to: id)
        let first = workbook.rowCount(of: id)
        for index in 0..<grid.rowCount {
            try workbook.append(cells.cells(grid.row(index), grid.columns), to: id)
        }
        let last = workbook.rowCount(of: id) - 1
        for (index, column) in grid.columns.enumerated() where first <= last {
            for rule in cells.rules(of: column) {
                try workbook.apply(rule, rows: first...last, column: index, in: id)
            }
        }
        if let total = grid.total { try workbook.append(cells.total(total), to: id) }
    }

    /// The widths of a sheet's columns: those that it names, else what its grids need.
    private static func widths(of sheet: ReportSheet) -> [Double] {
        guard sheet.widths.isEmpty else { return sheet.widths }
        var widths: [Double] = []
        for case .grid(let grid) in sheet.parts {
            for (index, column) in grid.columns.enumerated() {
                if index < widths.count {
                    widths[index] = max(widths[index], column.width)
                } else {
                    widths.append(column.width)
                }
            }
        }
        if widths.isEmpty { widths = Array(repeating: 18, count: 6) }
        // A chart beside a narrow table needs the room of more columns.
        for case .chart(let chart) in sheet.parts where !chart.isBlank {
            while ReportSheet.pixels(of: widths) < min(chart.width, 700) { widths.append(13) }
        }
        return widths
    }
}

extension ReportSheet {
    /// Columns' widths in pixels, at the usual size of letters.
    static func pixels(of widths: [Double]) -> Int {
        widths.reduce(0) { $0 + Int($1 * 7) + 5 }
    }

    /// Whether a sheet for one page is higher than wide, so that it is printed upright.
    fileprivate func isTall(_ widths: [Double]) -> Bool {
        guard printsOnOnePage else { return false }
        let height = parts.reduce(0) { height, part in
            switch part {
            case .text: height + 25
            case .grid(let grid): height + 60 + 20 * grid.rowCount
            case .chart(let chart): height + chart.height + 40
            }
        }
        return height > Self.pixels(of: widths)
    }
}
