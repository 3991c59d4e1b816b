internal import Foundation
internal import Reporting

/// Prints workbooks to PDF by LibreOffice without its window, when it is installed.
enum OfficeConverter {
    /// Converts a workbook.
    ///
    /// - Parameters:
    ///   - workbook: The workbook.
    ///   - file: The PDF file.
    /// - Throws: `ReportError.formatUnavailable` when LibreOffice is not there or fails.
    static func convert(_ workbook: URL, to file: URL) async throws {
        guard let program = program() else {
            throw ReportError.formatUnavailable(
                "PDF is printed by LibreOffice, which is not installed here (no 'soffice' on the "
                    + "PATH); install it, or take --format xlsx or html")
        }
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "sverka-pdf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let printing = BoundedProgram(
            name: program,
            arguments: [
                // A profile of its own: two conversions at once would otherwise wait for each other.
                "-env:UserInstallation=\(folder.appending(path: "profile").absoluteString)",
                "--headless", "--norestore", "--convert-to", "pdf", "--outdir", folder.path,
                workbook.path,
            ])
        guard let status = try await printing.run() else {
            throw ReportError.formatUnavailable(
                "LibreOffice did not print the workbook within five minutes; "
                    + "take --format xlsx or html")
        }
        let made = folder.appending(
            path: workbook.deletingPathExtension().lastPathComponent + ".pdf")
        guard status == 0, FileManager.default.fileExists(atPath: made.path) else {
            throw ReportError.formatUnavailable(
                "LibreOffice could not print the workbook (it ended with \(status)); "
                    + "take --format xlsx or html")
        }
        try Data(contentsOf: made).write(to: file, options: .atomic)
    }

    /// `soffice` or `libreoffice`, whichever comes first on the PATH.
    private static func program() -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        for folder in path.split(separator: ":") {
            for name in ["soffice", "libreoffice"] {
                let file = URL(filePath: String(folder)).appending(path: name)
                if FileManager.default.isExecutableFile(atPath: file.path) { return name }
            }
        }
        return nil
    }
}
