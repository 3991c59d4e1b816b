internal import CXLSXWriter
internal import Foundation

/// The library's workbook: freed exactly once, on closing or when dropped.
///
/// A class, because rows are written through it while the workbook's own list of sheets changes.
final class WorkbookHandle {
    private(set) var pointer: UnsafeMutablePointer<lxw_workbook>?
    private let name: String
    private let scratch: String
    private let formats: FormatCache

    /// Begins a workbook; the file comes into being on closing.
    init(path: String, scratch: String, name: String) throws(SpreadsheetError) {
        self.name = name
        self.scratch = scratch
        pointer = scratch.withCString { folder in
            var options = lxw_workbook_options()
            options.constant_memory = 1
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            return workbook_new_opt(path, &options)
        }
        guard pointer != nil else {
            throw SpreadsheetError(.cannotWrite, file: name, message: "no memory for a workbook")
        }
        formats = FormatCache(workbook: pointer)
    }

    deinit {
        if let pointer { lxw_workbook_free(pointer) }
    }

    func setProperties(title: String, author: String, createdAt: Int64) {
        CellText.clean(title).withCString { title in
            CellText.clean(author).withCString { author in
                var properties = lxw_doc_properties()
                properties.title = UnsafeMutablePointer(mutating: title)
                properties.author = UnsafeMutablePointer(mutating: author)
                properties.created = time_t(createdAt)
                _ = workbook_set_properties(pointer, &properties)
            }
        }
    }

    /// Begins the library's sheet that takes rows from now on.
    func begin(_ sheet: inout Sheet, name: String) throws(SpreadsheetError) {
        guard let worksheet = workbook_add_worksheet(pointer, name) else {
            throw refusal("the library refused a sheet's name")
        }
        sheet.names.append(name)
        sheet.pointer = worksheet
        sheet.nextRow = 0
        sheet.linkCount = 0
        let layout = sheet.layout
        for (index, column) in layout.columns.enumerated() {
            let index = lxw_col_t(index)
            worksheet_set_column(worksheet, index, index, column.width, format(column.style))
        }
        sheet.columnLooks = layout.columns.map {
            Sheet.ColumnLook(format: format($0.style), isWrapped: $0.style.isWrapped)
        }
        if layout.isLandscape { worksheet_set_landscape(worksheet) }
        worksheet_set_paper(worksheet, 9)  // A4
        worksheet_set_margins(worksheet, 0.4, 0.4, 0.5, 0.6)
        worksheet_fit_to_pages(worksheet, 1, layout.printsOnOnePage ? 1 : 0)
        worksheet_gridlines(worksheet, layout.showsGrid ? 1 : 0)
        let footer = CellText.clean(layout.footer).replacing("&", with: "&&")
        worksheet_set_footer(worksheet, "&L&8\(footer)&R&8&P / &N")
        if layout.isHidden { worksheet_hide(worksheet) }
        if let color = layout.tabColor { worksheet_set_tab_color(worksheet, color.rawValue) }
        if !layout.header.isEmpty {
            worksheet_freeze_panes(worksheet, 1, lxw_col_t(layout.frozenColumns))
            worksheet_repeat_rows(worksheet, 0, 0)
        }
    }

    /// Sets what depends on the last row.
    ///
    /// - Parameters:
    ///   - sheet: The sheet.
    ///   - goesOn: Whether its rows go on in a further sheet.
    /// - Throws: ``SpreadsheetError`` when the library refuses a rule.
    func end(_ sheet: Sheet, goesOn: Bool) throws(SpreadsheetError) {
        guard let worksheet = sheet.pointer, sheet.nextRow > 0 else { return }
        let printedLast = lxw_row_t(sheet.nextRow - 1)
        let hasTotal = sheet.layout.endsWithTotal && !goesOn && printedLast > 0
        let last = hasTotal ? printedLast - 1 : printedLast
        if sheet.layout.hasFilter, !sheet.layout.header.isEmpty {
            let lastColumn = lxw_col_t(sheet.layout.header.count - 1)
            worksheet_autofilter(worksheet, 0, 0, printedLast, lastColumn)
            // The library refuses a range that ends before the row that it wrote last.
            worksheet.pointee.autofilter.last_row = last
        }
        if let printed = sheet.layout.printedColumns {
            worksheet_print_area(worksheet, 0, 0, printedLast, lxw_col_t(max(0, printed - 1)))
        }
        if !sheet.layout.header.isEmpty, last > 0 {
            for (index, column) in sheet.layout.columns.enumerated() {
                for rule in column.rules {
                    try apply(rule, rows: 1...Int(last), column: index, of: sheet)
                }
            }
        }
        // Tax ids and phones are texts of digits on purpose; no green corners for them.
        let range = "A1:XFD\(sheet.nextRow)"
        worksheet_ignore_errors(worksheet, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), range)
    }

    /// Whether rows of a sheet got lost on their way to the temporary folder.
    func rowsFailed(_ sheet: Sheet) -> Bool {
        guard let worksheet = sheet.pointer else { return false }
        return sverka_rows_failed(worksheet) != 0
    }

    /// Joins cells of one row; the row itself is written afterwards.
    func join(_ columns: ClosedRange<Int>, row: Int, of sheet: Sheet) {
        guard columns.count > 1, let worksheet = sheet.pointer else { return }
        worksheet_merge_range(
            worksheet, lxw_row_t(row), lxw_col_t(columns.lowerBound), lxw_row_t(row),
            lxw_col_t(columns.upperBound), "", nil)
    }

    /// Writes one row.
    func write(_ cells: [Cell], to sheet: inout Sheet, height: Double?) throws(SpreadsheetError) {
        guard let worksheet = sheet.pointer else { return }
        let row = lxw_row_t(sheet.nextRow)
        let (columns, looks) = (sheet.layout.columns, sheet.columnLooks)
        let wraps = cells.indices.contains {
            cells[$0].hasStyle
                ? cells[$0].style?.isWrapped == true : $0 < looks.count && looks[$0].isWrapped
        }
        let height = height ?? (wraps ? RowHeight.points(cells, columns: columns) : nil)
        if let height { worksheet_set_row(worksheet, row, height, nil) }
        for column in cells.indices {
            let isLaidOut = column < looks.count
            // Copying a style or looking its format up takes longer than writing a number.
            func style() -> CellStyle {
                cells[column].style ?? (isLaidOut ? columns[column].style : .plain)
            }
            let place = CellPlace(
                worksheet: worksheet, row: row, column: lxw_col_t(column),
                format: isLaidOut && !cells[column].hasStyle
                    ? looks[column].format : format(style()))
            try write(
                cells[column].content, style: style(), at: place, linkCount: &sheet.linkCount)
        }
        sheet.nextRow += 1
    }

    /// Finishes the file under its temporary name.
    func close() throws(SpreadsheetError) {
        errno = 0
        let status = workbook_close(pointer)
        let code = errno
        pointer = nil  // Freed by the call, whatever it returned.
        guard status == LXW_NO_ERROR else {
            let text = lxw_strerror(status).map { String(cString: $0) } ?? "unknown error"
            throw code == ENOSPC || isDiskFull
                ? diskError(text) : SpreadsheetError(.cannotWrite, file: name, message: text)
        }
    }

    /// The error for rows that could not be kept.
    func diskError(_ message: String) -> SpreadsheetError {
        guard isDiskFull else {
            return SpreadsheetError(.cannotWrite, file: name, message: message)
        }
        return SpreadsheetError(
            .diskFull, file: name,
            message: "the disk is full (\(message)); free some space and start again")
    }

    /// The library's format for a style.
    func format(_ style: CellStyle) -> UnsafeMutablePointer<lxw_format>? { formats[style] }

    /// The library's format for the colours of a rule.
    func format(forRule style: CellStyle) -> UnsafeMutablePointer<lxw_format>? {
        formats.rule(style)
    }

    /// The format of emphasised parts of a text.
    var emphasisFormat: UnsafeMutablePointer<lxw_format>? { formats.emphasis }

    /// Turns the library's status into an error.
    func check(_ status: lxw_error) throws(SpreadsheetError) {
        guard status != LXW_NO_ERROR else { return }
        let text = lxw_strerror(status).map { String(cString: $0) } ?? "unknown error"
        throw refusal(text)
    }

    /// The library does not say why it refuses what needs a temporary file.
    func refusal(_ message: String) -> SpreadsheetError {
        isDiskFull ? diskError(message) : SpreadsheetError(.refused, file: name, message: message)
    }

    private var isDiskFull: Bool {
        var state = statvfs()
        guard statvfs(scratch, &state) == 0 else { return false }
        // Two megabytes: the room of a report's temporary files may just have become free again.
        return UInt64(state.f_bavail) * UInt64(state.f_frsize) < 2 << 20
    }

    /// Puts a chart on a sheet.
    func add(_ chart: BarChart, to sheet: Sheet) throws(SpreadsheetError) {
        guard let worksheet = sheet.pointer, let sheetName = sheet.names.last,
            let bars = workbook_add_chart(pointer, UInt8(LXW_CHART_BAR.rawValue))
        else {
            throw refusal("the library refused a chart")
        }
        bars.pointee.draw(chart, sheetName: sheetName, chart: bars)
        insert(bars, chart.width, chart.height, chart.atRow, chart.atColumn, worksheet)
    }
}
