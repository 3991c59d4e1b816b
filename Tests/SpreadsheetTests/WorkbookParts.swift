import Foundation

@testable import Spreadsheet

/// The parts of a workbook as texts, by name.
func parts(of file: URL) throws -> [String: String] {
    let archive = try Data(contentsOf: file)
    var texts: [String: String] = [:]
    for part in ZipDirectory.parts(of: archive) ?? [] {
        var bytes: [UInt8] = []
        guard part.inflate(from: archive, into: { bytes += $0 }) else { continue }
        texts[part.name] = String(decoding: bytes, as: UTF8.self)
    }
    return texts
}

extension Workbook {
    /// A workbook with a fixed time.
    init(testing file: URL, rowsPerSheet: Int = Workbook.rowsPerSheetMax) throws {
        try self.init(
            writingTo: file, createdAt: 1_795_399_547, title: "Проба", author: "Sverka",
            rowsPerSheet: rowsPerSheet)
    }
}

/// A sheet of three columns.
let threeColumns = SheetLayout(
    name: "Лист", columns: Array(repeating: SheetLayout.Column(width: 20), count: 3))
