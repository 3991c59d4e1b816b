internal import CXLSXWriter
internal import Foundation

/// Where a cell stands.
struct CellPlace {
    let worksheet: UnsafeMutablePointer<lxw_worksheet>
    let row: lxw_row_t
    let column: lxw_col_t
    /// The format of the cell's style as it is.
    let format: UnsafeMutablePointer<lxw_format>?
}

extension CellPlace {
    /// The place with another format.
    func with(_ format: UnsafeMutablePointer<lxw_format>?) -> CellPlace {
        CellPlace(worksheet: worksheet, row: row, column: column, format: format)
    }
}

extension WorkbookHandle {
    /// Writes one cell.
    func write(
        _ content: Cell.Content, style: CellStyle, at place: CellPlace, linkCount: inout Int
    ) throws(SpreadsheetError) {
        let (sheet, row, column) = (place.worksheet, place.row, place.column)
        switch content {
        case .empty:
            try check(worksheet_write_blank(sheet, row, column, place.format))
        case .text(let text):
            try write(text: text, style: style, at: place)
        case .runs(let runs):
            try write(runs: runs, style: style, at: place)
        case .integer(let number):
            try write(units: number, scale: 0, style: style, at: place)
        case .decimal(let units, let scale):
            try write(units: units, scale: scale, style: style, at: place)
        case .boolean(let flag):
            try check(worksheet_write_boolean(sheet, row, column, flag ? 1 : 0, place.format))
        case .date(let year, let month, let day):
            var time = lxw_datetime()
            (time.year, time.month, time.day) = (Int32(year), Int32(month), Int32(day))
            try write(time, fallback: .date, style: style, at: place)
        case .dateTime(let clock):
            var time = lxw_datetime()
            (time.year, time.month, time.day) = (
                Int32(clock.year), Int32(clock.month), Int32(clock.day)
            )
            (time.hour, time.min, time.sec) = (
                Int32(clock.hour), Int32(clock.minute), Double(clock.second)
            )
            try write(time, fallback: .dateTime, style: style, at: place)
        case .link(let address, let text):
            try write(address: address, text: text, style: style, at: place, count: &linkCount)
        }
    }

    private func write(text: String, style: CellStyle, at place: CellPlace) throws(SpreadsheetError)
    {
        let clean = CellText.clean(text)
        // Typing Enter in such a cell would make it a formula; the text format keeps it a text.
        let format =
            CellText.looksLikeFormula(clean)
            ? format(style.with(\.numberFormat, "@")) : place.format
        try check(
            worksheet_write_string(place.worksheet, place.row, place.column, clean, format))
    }

    private func write(
        runs: [TextRun], style: CellStyle, at place: CellPlace
    ) throws(SpreadsheetError) {
        let runs = runs.map { TextRun(CellText.clean($0.text), isEmphasized: $0.isEmphasized) }
            .filter { !$0.text.isEmpty }
        let whole = runs.map(\.text).joined()
        guard runs.count > 1, whole.utf16.count < CellText.lengthMax else {
            return try write(text: whole, style: style, at: place)
        }
        var tuples: [UnsafeMutablePointer<lxw_rich_string_tuple>?] = []
        defer {
            for case .some(let tuple) in tuples {
                free(tuple.pointee.string)
                tuple.deallocate()
            }
        }
        for run in runs {
            let tuple = UnsafeMutablePointer<lxw_rich_string_tuple>.allocate(capacity: 1)
            tuple.initialize(
                to: lxw_rich_string_tuple(
                    format: run.isEmphasized ? emphasisFormat : nil, string: strdup(run.text)))
            tuples.append(tuple)
        }
        tuples.append(nil)
        try check(
            worksheet_write_rich_string(
                place.worksheet, place.row, place.column, &tuples, place.format))
    }

    private func write(
        units: Int64, scale: Int, style: CellStyle, at place: CellPlace
    ) throws(SpreadsheetError) {
        // Excel keeps fifteen significant digits; a number beyond that stays exact as a text.
        guard units.magnitude < 1_000_000_000_000_000, (0...15).contains(scale) else {
            let text = DecimalText.text(units: units, scale: scale)
            let right = style.with(\.alignment, .right)
            return try write(text: text, style: right, at: place.with(format(right)))
        }
        // Both operands are exact, and division rounds to the nearest: the result is the double
        // that the decimal notation itself would be read as.
        let number = scale == 0 ? Double(units) : Double(units) / Self.powers[scale]
        try check(
            worksheet_write_number(
                place.worksheet, place.row, place.column, number, place.format))
    }

    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]

    private func write(
        _ time: lxw_datetime, fallback: CellStyle, style: CellStyle, at place: CellPlace
    ) throws(SpreadsheetError) {
        let format =
            style.numberFormat == nil
            ? format(style.with(\.numberFormat, fallback.numberFormat)) : place.format
        guard time.year >= 1900 else {
            // Excel's calendar begins in 1900.
            let text = String(format: "%02d.%02d.%04d", time.day, time.month, time.year)
            return try write(text: text, style: style, at: place)
        }
        var time = time
        try check(
            worksheet_write_datetime(
                place.worksheet, place.row, place.column, &time, format))
    }

    private func write(
        address: String, text: String, style: CellStyle, at place: CellPlace, count: inout Int
    ) throws(SpreadsheetError) {
        guard count < Workbook.linksPerSheetMax, let address = WebAddress.linkable(address) else {
            return try write(text: text, style: style, at: place)
        }
        let linked = style.with(\.textColor, CellStyle.link.textColor).with(\.isUnderlined, true)
        let clean = CellText.clean(text)
        let status = worksheet_write_url_opt(
            place.worksheet, place.row, place.column, address, format(linked), clean, nil)
        guard status == LXW_NO_ERROR else {
            return try write(text: text, style: style, at: place)
        }
        count += 1
    }
}
