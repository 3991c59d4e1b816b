internal import CXLSXWriter
public import Foundation

/// A workbook that is written row by row, in memory that does not grow with the rows.
///
/// Sheets are filled one after the other; a row, once written, is gone to disk. The file appears
/// under its name only in ``close()``, whole: until then it has another name in the same folder,
/// and a workbook that is dropped or fails leaves nothing behind. Equal calls give equal bytes.
///
/// Method: libxlsxwriter in its constant-memory mode. Its own checks end where its temporary files
/// begin, so before the file gets its name every part is read back (``WorkbookPackage``).
public struct Workbook: ~Copyable {
    /// The number of a sheet within its workbook.
    public struct SheetID: Hashable, Sendable {
        let index: Int
    }

    /// The greatest number of rows of a sheet in the file format.
    public static let rowsPerSheetMax = 1_048_576
    /// The greatest number of links of a sheet; Excel repairs a file that has more.
    public static let linksPerSheetMax = 65_530
    /// The greatest length of a link's address.
    public static let addressLengthMax = 2_079

    private let target: URL
    private let temporary: URL
    private let rowsPerSheet: Int
    private var handle: WorkbookHandle
    private var sheets: [Sheet] = []
    private var reservedNames: [String] = []

    /// Begins a workbook.
    ///
    /// - Parameters:
    ///   - target: The file to be written; one that stands there is replaced on success.
    ///   - createdAt: The time of creation in the file's properties, in seconds since 1970, given
    ///     by the caller so that the same report gives the same bytes.
    ///   - title: The title in the file's properties.
    ///   - author: The author in the file's properties.
    ///   - rowsPerSheet: Rows after which a sheet goes on in the next; smaller in tests.
    /// - Throws: ``SpreadsheetError`` when the folder cannot be written to.
    public init(
        writingTo target: URL, createdAt: Int64, title: String, author: String,
        rowsPerSheet: Int = Workbook.rowsPerSheetMax
    ) throws(SpreadsheetError) {
        precondition(rowsPerSheet > 1 && rowsPerSheet <= Self.rowsPerSheetMax)
        self.target = target
        self.rowsPerSheet = rowsPerSheet
        let folder = target.deletingLastPathComponent()
        temporary = folder.appending(
            path: ".\(target.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier).part")
        guard access(folder.path, W_OK | X_OK) == 0 else {
            throw SpreadsheetError(
                .cannotWrite, file: target.lastPathComponent,
                message: "its folder does not exist or may not be written to")
        }
        handle = try WorkbookHandle(
            path: temporary.path, scratch: folder.path, name: target.lastPathComponent)
        handle.setProperties(title: title, author: author, createdAt: createdAt)
    }

    /// Begins a sheet after the ones there are.
    ///
    /// - Parameter layout: Its name, columns, head and print set-up.
    /// - Returns: What ``append(_:to:height:)`` needs.
    /// - Throws: ``SpreadsheetError`` when the library refuses.
    public mutating func addSheet(_ layout: SheetLayout) throws(SpreadsheetError) -> SheetID {
        let name: String
        if let place = reservedNames.firstIndex(of: layout.name) {
            name = reservedNames.remove(at: place)
        } else {
            name = uniqueName(layout.name)
        }
        var sheet = Sheet(layout: layout)
        try begin(&sheet, name: name)
        sheets.append(sheet)
        return SheetID(index: sheets.count - 1)
    }

    /// Keeps a name for a sheet that is begun later, so that charts can name it before.
    ///
    /// - Parameter name: The name wanted.
    /// - Returns: The name that the sheet will have, when it is begun under it.
    public mutating func reserveName(_ name: String) -> String {
        let name = uniqueName(name)
        reservedNames.append(name)
        return name
    }

    private func uniqueName(_ name: String) -> String {
        SheetName.unique(name, among: sheets.flatMap(\.names) + reservedNames)
    }

    /// Writes the next row of a sheet; past the last possible row it goes on in a further sheet.
    ///
    /// - Parameters:
    ///   - cells: The cells from column A on.
    ///   - id: The sheet.
    ///   - height: The height in points; `nil` for what the row's wrapped texts need.
    /// - Throws: ``SpreadsheetError`` when the disk is full or the library refuses.
    public mutating func append(
        _ cells: [Cell], to id: SheetID, height: Double? = nil
    ) throws(SpreadsheetError) {
        if sheets[id.index].nextRow >= rowsPerSheet {
            let name = uniqueName(sheets[id.index].layout.name)
            try end(sheets[id.index], goesOn: true)
            var sheet = sheets[id.index]
            try begin(&sheet, name: name)
            sheets[id.index] = sheet
        }
        try handle.write(cells, to: &sheets[id.index], height: height)
        // A full disk should end a long report early, not after its last row; asking is cheap, but
        // not so cheap that it should be done for every row.
        if sheets[id.index].nextRow % 4096 == 0, handle.rowsFailed(sheets[id.index]) {
            throw handle.diskError("rows could not be kept in the temporary folder")
        }
    }

    /// Joins the columns of the row that is written next.
    ///
    /// - Parameters:
    ///   - cell: What the joined cell holds; a text.
    ///   - columns: The columns joined.
    ///   - id: The sheet.
    ///   - height: The height in points; `nil` for what the text needs.
    /// - Throws: ``SpreadsheetError`` when the disk is full or the library refuses.
    public mutating func appendJoined(
        _ cell: Cell, columns: ClosedRange<Int>, to id: SheetID, height: Double? = nil
    ) throws(SpreadsheetError) {
        // Joined cells do not grow in any program; their text's height is that of their widths.
        let layout = sheets[id.index].layout.columns
        let width = columns.reduce(0) { $0 + ($1 < layout.count ? layout[$1].width : 8.43) }
        let height =
            height
            ?? RowHeight.points(
                [cell], columns: [SheetLayout.Column(width: width, style: cell.style ?? .plain)])
            // Said even where one line is enough: LibreOffice would make the row as high as the
            // text is in the first column alone.
            ?? 15
        let blanks = [Cell](repeating: Cell(.empty, style: cell.style), count: columns.count - 1)
        let before = [Cell](repeating: .empty, count: columns.lowerBound)
        handle.join(columns, row: sheets[id.index].nextRow, of: sheets[id.index])
        try append(before + [cell] + blanks, to: id, height: height)
    }

    /// How many rows of the current sheet are written, the head included.
    public func rowCount(of id: SheetID) -> Int { sheets[id.index].nextRow }

    /// Puts a bar chart on a sheet; its numbers are cells of the same sheet.
    ///
    /// - Parameters:
    ///   - chart: What it shows and where it stands.
    ///   - id: The sheet.
    /// - Throws: ``SpreadsheetError`` when the library refuses.
    public mutating func addChart(_ chart: BarChart, to id: SheetID) throws(SpreadsheetError) {
        try handle.add(chart, to: sheets[id.index])
    }

    /// Puts a chart on a sheet; its numbers are cells of the sheet that it names.
    ///
    /// - Parameters:
    ///   - chart: What it shows and where it stands.
    ///   - id: The sheet.
    /// - Throws: ``SpreadsheetError`` when the library refuses.
    public mutating func addChart(
        _ chart: SeriesChart, to id: SheetID
    ) throws(SpreadsheetError) {
        try handle.add(chart, to: sheets[id.index])
    }

    /// Gives rows of a column a look by their numbers.
    ///
    /// - Parameters:
    ///   - rule: The look.
    ///   - rows: The rows, counted from zero.
    ///   - column: The column.
    ///   - id: The sheet.
    /// - Throws: ``SpreadsheetError`` when the library refuses.
    public mutating func apply(
        _ rule: CellRule, rows: ClosedRange<Int>, column: Int, in id: SheetID
    ) throws(SpreadsheetError) {
        try handle.apply(rule, rows: rows, column: column, of: sheets[id.index])
    }

    /// Finishes the file, reads it back and gives it its name.
    ///
    /// - Throws: ``SpreadsheetError``; then there is no new file, and an old one is untouched.
    public consuming func close() throws(SpreadsheetError) {
        do {
            for sheet in sheets { try end(sheet, goesOn: false) }
            try handle.close()
            try WorkbookPackage.check(temporary, name: target.lastPathComponent)
            try TemporaryFile.rename(temporary, to: target)
        } catch {
            try? FileManager.default.removeItem(at: temporary)
            throw error
        }
    }

    private func begin(_ sheet: inout Sheet, name: String) throws(SpreadsheetError) {
        try handle.begin(&sheet, name: name)
        if !sheet.layout.header.isEmpty {
            try handle.write(sheet.layout.header, to: &sheet, height: nil)
        }
    }

    private func end(_ sheet: Sheet, goesOn: Bool) throws(SpreadsheetError) {
        guard !handle.rowsFailed(sheet) else {
            throw handle.diskError("rows could not be kept in the temporary folder")
        }
        try handle.end(sheet, goesOn: goesOn)
    }
}
