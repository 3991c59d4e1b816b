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
        let process = Process()
        process.executableURL = program
        process.arguments = [
            // A profile of its own: two conversions at once would otherwise wait for each other.
            "-env:UserInstallation=\(folder.appending(path: "profile").absoluteString)",
            "--headless", "--norestore", "--convert-to", "pdf", "--outdir", folder.path,
            workbook.path,
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let status = try await run(process)
        let made = folder.appending(
            path: workbook.deletingPathExtension().lastPathComponent + ".pdf")
        guard status == 0, FileManager.default.fileExists(atPath: made.path) else {
            throw ReportError.formatUnavailable(
                "LibreOffice could not print the workbook (it ended with \(status)); "
                    + "take --format xlsx or html")
        }
        try Data(contentsOf: made).write(to: file, options: .atomic)
    }

    /// The first `soffice` or `libreoffice` of the PATH.
    private static func program() -> URL? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        for folder in path.split(separator: ":") {
            for name in ["soffice", "libreoffice"] {
                let file = URL(filePath: String(folder)).appending(path: name)
                if FileManager.default.isExecutableFile(atPath: file.path) { return file }
            }
        }
        return nil
    }

    /// Runs to the end, or five minutes, without holding a thread of the pool.
    private static func run(_ process: Process) async throws -> Int32 {
        let limit = Task {
            try await Task.sleep(for: .seconds(300))
            if process.isRunning { process.terminate() }
        }
        defer { limit.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                process.terminationHandler = {
                    continuation.resume(returning: $0.terminationStatus)
                }
                do {
                    try process.run()
                } catch {
                    process.terminationHandler = nil
                    continuation.resume(throwing: error)
                }
            }
        } onCancel: {
            if process.isRunning { process.terminate() }
        }
    }
}
