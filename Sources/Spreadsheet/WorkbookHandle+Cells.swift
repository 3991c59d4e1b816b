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
    ///
    /// Copying a style takes longer than writing a number, and few cells need more than its format:
    /// it is asked for only then.
    func write(
        _ content: Cell.Content, style: @autoclosure () -> CellStyle, at place: CellPlace,
        linkCount: inout Int
    ) throws(SpreadsheetError) {
        guard try !writePlainly(content, at: place) else { return }
        let style = style()
        switch content {
        case .empty, .boolean: break
        case .text(let text):
            try write(text: text, style: style, at: place)
        case .runs(let runs):
            try write(runs: runs, style: style, at: place)
        case .integer(let number):
            try write(longNumber: number, scale: 0, style: style, at: place)
        case .decimal(let units, let scale):
            try write(longNumber: units, scale: scale, style: style, at: place)
        case .date(let year, let month, let day):
            let time = lxw_datetime(year: year, month: month, day: day)
            try write(time, fallback: .date, style: style, at: place)
        case .dateTime(let clock):
            try write(lxw_datetime(clock), fallback: .dateTime, style: style, at: place)
        case .link(let address, let text):
            try write(address: address, text: text, style: style, at: place, count: &linkCount)
        }
    }

    private func write(text: String, style: CellStyle, at place: CellPlace) throws(SpreadsheetError)
    {
        let clean = CellText.clean(text)
        // Typing Enter in such a cell would make it a formula; the text format keeps it a text.
        let format =
            clean.utf8.first.map(CellText.beginsFormula) == true
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

    /// Excel keeps fifteen significant digits; a number beyond that stays exact as a text.
    private func write(
        longNumber units: Int64, scale: Int, style: CellStyle, at place: CellPlace
    ) throws(SpreadsheetError) {
        let text = DecimalText.text(units: units, scale: scale)
        let right = style.with(\.alignment, .right)
        try write(text: text, style: right, at: place.with(format(right)))
    }

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
