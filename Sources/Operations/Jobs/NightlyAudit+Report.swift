internal import Foundation
internal import Mail
internal import Records
internal import Reporting
internal import Storage

extension NightlyAudit {
    /// Writes the workbook and the mail, and puts the mail into the outbox.
    ///
    /// - Returns: The files: workbook first.
    func report(_ report: AuditReport, run: Run, store: Store) async throws -> [URL] {
        let stage = ProgressStage("report")
        progress.begin(stage)
        _ = try await store.beginStage(run.id, "report")
        let workbookFile = try writeWorkbook(report, folder: "reports/run-\(run.id.rawValue)")
        let recipients = configuration.report.recipients
        let sender = configuration.mail?.from ?? "sverka@localhost"
        // The start makes it unique beyond this database, whose runs are counted from 1.
        let moment = Int(run.startedAt.timeIntervalSince1970)
        let messageID = "<nightly-\(run.id.rawValue)-\(moment)@\(Self.domain(of: sender))>"
        let message = try NightlyAuditMail(resources: reportResources).message(
            for: report, from: MailAddress(sender, name: "Sverka"),
            to: (recipients.isEmpty ? [sender] : recipients).map { try MailAddress($0) },
            messageID: messageID,
            workbook: (
                name: workbookFile.lastPathComponent, content: try Data(contentsOf: workbookFile)
            ),
            workbookPlace: workbookFile.path
        ).composed()
        let mailFile = workbookFile.deletingLastPathComponent()
            .appending(path: "nightly-audit.eml")
        try message.write(to: mailFile, options: .atomic)

        let outbox =
            configuration.mail == nil
            ? []
            : recipients.map { recipient in
                OutboxMessage(
                    idempotencyKey: "nightly-\(run.id.rawValue)-\(recipient)", run: run.id,
                    channel: Self.mailChannel, recipient: recipient, messageID: messageID,
                    content: [UInt8](message))
            }
        try await store.finishStage(
            run.id, "report", counts: ["findings": report.findings.count], enqueuing: outbox)
        progress.end(stage, result: workbookFile.lastPathComponent)
        return [workbookFile, mailFile]
    }

    /// Writes the workbook into a folder of the data folder.
    func writeWorkbook(_ report: AuditReport, folder: String) throws -> URL {
        let folder = configuration.dataFolder.appending(path: folder)
        // Reports hold personal data, so that only their owner may enter.
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let workbook = try NightlyAuditWorkbook(resources: reportResources)
        let file = folder.appending(path: try workbook.fileName(for: report))
        try workbook.write(report, to: file)
        return file
    }

    private var reportResources: ReportResources {
        ReportResources(builtin: resources.builtIn, override: configuration.overrides)
    }

    private static func domain(of address: String) -> String {
        address.split(separator: "@").last.map(String.init) ?? "localhost"
    }
}
