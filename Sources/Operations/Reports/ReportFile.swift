internal import Foundation
internal import Reporting

/// Writes a report in a form.
struct ReportFile {
    private let document: ReportDocument
    private let format: ReportFormat

    init(_ document: ReportDocument, format: ReportFormat) {
        self.document = document
        self.format = format
    }

    /// Writes the file, or, as texts, one for each table.
    ///
    /// - Parameter file: The file; of several texts its name is the beginning of theirs.
    /// - Returns: What was written.
    /// - Throws: `SpreadsheetError`, `ReportError`, `CocoaError`.
    func write(to file: URL) async throws -> [URL] {
        switch format {
        case .xlsx:
            try document.writeWorkbook(to: file)
            return [file]
        case .html:
            try Data(document.page().utf8).write(to: file, options: .atomic)
            return [file]
        case .pdf:
            let workbook = file.deletingPathExtension().appendingPathExtension("part.xlsx")
            defer { try? FileManager.default.removeItem(at: workbook) }
            try document.writeWorkbook(to: workbook)
            try await OfficeConverter.convert(workbook, to: file)
            return [file]
        case .csv: return try writeTexts(file)
        }
    }

    private func writeTexts(_ file: URL) throws -> [URL] {
        let tables = document.textTables()
        let ending = file.pathExtension.isEmpty ? "csv" : file.pathExtension
        let stem = file.deletingPathExtension()
        return try tables.map { table in
            let target =
                tables.count == 1
                ? file
                : stem.deletingLastPathComponent().appending(
                    path: "\(stem.lastPathComponent)-\(table.name).\(ending)")
            // Excel takes a file without the mark for one in an old code page.
            let text = "\u{FEFF}" + table.rows.map { CSVRow($0).text + "\r\n" }.joined()
            try Data(text.utf8).write(to: target, options: .atomic)
            return target
        }
    }
}
