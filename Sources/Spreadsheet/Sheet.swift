internal import CXLSXWriter

/// A sheet being written, with those that it goes on in.
struct Sheet {
    let layout: SheetLayout
    /// The name of the sheet proper and of its continuations.
    var names: [String]
    /// The library's sheet that takes rows now.
    ///
    /// It lives as long as its workbook's handle, which alone touches it.
    var pointer: UnsafeMutablePointer<lxw_worksheet>?
    /// The looks of the columns, at hand for each of many rows.
    var columnLooks: [ColumnLook] = []
    /// The row that is written next.
    var nextRow = 0
    /// Links written to the current sheet.
    var linkCount = 0

    init(layout: SheetLayout) {
        self.layout = layout
        names = []
    }

    /// What a row needs to know of a column's style.
    struct ColumnLook {
        /// The library's format of the style.
        let format: UnsafeMutablePointer<lxw_format>?
        /// Whether long texts go on in further lines.
        let isWrapped: Bool
    }
}
