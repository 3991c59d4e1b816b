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

    /// Writes the file, or, as texts of several tables, a folder with one for each.
    ///
    /// - Parameter file: The file; its name without ending is the folder's.
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
        case .csv: return try Self.write(document.textTables(), to: file)
        }
    }

    /// Writes tables as texts: one as the file, several into a folder of its name.
    static func write(_ tables: [ReportTextTable], to file: URL) throws -> [URL] {
        let ending = file.pathExtension.isEmpty ? "csv" : file.pathExtension
        let folder = file.deletingPathExtension()
        if tables.count > 1 { try makeFolder(folder, of: tables.count) }
        return try tables.map { table in
            let target =
                tables.count == 1 ? file : folder.appending(path: "\(table.name).\(ending)")
            // Excel takes a file without the mark for one in an old code page.
            let text = "\u{FEFF}" + table.rows.map { CSVRow($0).text + "\r\n" }.joined()
            try Data(text.utf8).write(to: target, options: .atomic)
            return target
        }
    }

    /// Reports hold personal data, so that only their owner may enter.
    private static func makeFolder(_ folder: URL, of count: Int) throws {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder),
            !isFolder.boolValue
        {
            throw ReportError.formatUnavailable(
                "as csv the report's \(count) tables go into a folder, and \(folder.path) is a file; "
                    + "name another place with --out")
        }
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
}
