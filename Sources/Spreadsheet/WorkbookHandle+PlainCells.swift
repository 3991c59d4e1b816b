internal import CXLSXWriter

extension WorkbookHandle {
    /// Writes a cell that needs no more than the format of its place.
    ///
    /// Nearly all cells of a long sheet are such, and each is written without a copy.
    ///
    /// - Returns: `false` when nothing was written, since the cell needs more.
    func writePlainly(
        _ content: Cell.Content, at place: CellPlace
    ) throws(SpreadsheetError) -> Bool {
        let (sheet, row, column) = (place.worksheet, place.row, place.column)
        switch content {
        case .empty:
            try check(worksheet_write_blank(sheet, row, column, place.format))
        case .boolean(let flag):
            try check(worksheet_write_boolean(sheet, row, column, flag ? 1 : 0, place.format))
        case .text(let text):
            guard CellText.isPlain(text) else { return false }
            try check(worksheet_write_string(sheet, row, column, text, place.format))
        case .integer(let number):
            return try write(units: number, scale: 0, at: place)
        case .decimal(let units, let scale):
            return try write(units: units, scale: scale, at: place)
        case .date(let year, let month, let day):
            return try write(lxw_datetime(year: year, month: month, day: day), at: place)
        case .dateTime(let clock):
            return try write(lxw_datetime(clock), at: place)
        case .runs, .link:
            return false
        }
        return true
    }

    private func write(
        units: Int64, scale: Int, at place: CellPlace
    ) throws(SpreadsheetError) -> Bool {
        guard units.magnitude < 1_000_000_000_000_000, (0...15).contains(scale) else {
            return false
        }
        // Both operands are exact, and division rounds to the nearest: the result is the double
        // that the decimal notation itself would be read as.
        let number = scale == 0 ? Double(units) : Double(units) / Self.powers[scale]
        try check(
            worksheet_write_number(place.worksheet, place.row, place.column, number, place.format))
        return true
    }

    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]

    private func write(
        _ time: lxw_datetime, at place: CellPlace
    ) throws(SpreadsheetError) -> Bool {
        // Excel's calendar begins in 1900.
        guard time.year >= 1900, place.hasNumberFormat else { return false }
        var time = time
        try check(
            worksheet_write_datetime(place.worksheet, place.row, place.column, &time, place.format))
        return true
    }
}

extension CellPlace {
    /// Whether the format says how a number or date is written.
    var hasNumberFormat: Bool { format.map { $0.pointee.num_format.0 != 0 } ?? false }
}

extension lxw_datetime {
    /// A day.
    init(year: Int, month: Int, day: Int) {
        self.init()
        (self.year, self.month, self.day) = (Int32(year), Int32(month), Int32(day))
    }

    /// A time.
    init(_ clock: WallClock) {
        self.init(year: Int(clock.year), month: Int(clock.month), day: Int(clock.day))
        (hour, min, sec) = (Int32(clock.hour), Int32(clock.minute), Double(clock.second))
    }
}
