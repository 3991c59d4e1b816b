internal import Channels
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
        // Those of an attempt that died before are of another time.
        try? FileManager.default.removeItem(
            at: configuration.dataFolder.appending(path: Self.maskedFolder(run)))
        let leaving = try leavingWorkbook(
            report, whole: workbookFile, run: run, masks: configuration.outgoing.masksPersonalData)
        let recipients = configuration.report.recipients
        let sender = configuration.mail?.from ?? "sverka@localhost"
        // The start makes it unique beyond this database, whose runs are counted from 1.
        let moment = Int(run.startedAt.timeIntervalSince1970)
        let messageID = "<nightly-\(run.id.rawValue)-\(moment)@\(Self.domain(of: sender))>"
        let message = try NightlyAuditMail(
            resources: reportResources,
            masksPersonalData: configuration.outgoing.masksPersonalData ? nil : false
        ).message(
            for: report, from: MailAddress(sender, name: "Sverka"),
            to: (recipients.isEmpty ? [sender] : recipients).map { try MailAddress($0) },
            messageID: messageID,
            workbook: (
                name: leaving.lastPathComponent, content: try Data(contentsOf: leaving)
            ),
            workbookPlace: workbookFile.path
        ).composed()
        let mailFile = workbookFile.deletingLastPathComponent()
            .appending(path: "nightly-audit.eml")
        try message.write(to: mailFile, options: .atomic)

        try await store.finishStage(
            run.id, "report", counts: ["findings": report.findings.count],
            enqueuing: Dispatch(configuration, resources: resources, now: now)
                .messages(for: announcement(of: report, run: run, workbook: workbookFile)))
        progress.end(stage, result: workbookFile.lastPathComponent)
        return [workbookFile, mailFile]
    }

    /// The report for those who subscribed to it.
    private func announcement(
        of report: AuditReport, run: Run, workbook: URL
    ) -> Announcement {
        Announcement(
            key: "nightly-audit/\(run.id.rawValue)", topic: .report("nightly-audit"),
            severity: report.isCertified ? .info : .warning,
            entities: Set(report.entities.map(\.definition.name)), run: run.id,
            // Not the time of now: a run that is gone on with composes the same mail again.
            time: run.startedAt, isEmpty: report.isCertified && report.counts.total == 0,
            letter: { form in try letter(of: report, run: run, workbook: workbook, form) })
    }

    /// The letter in one form, with the workbook in its language.
    private func letter(
        of report: AuditReport, run: Run, workbook: URL, _ form: MessageForm
    ) throws -> OutgoingLetter {
        var (report, workbook) = (report, workbook)
        if form.language != report.language {
            report.language = form.language
            workbook = try writeWorkbook(
                report, folder: "reports/run-\(run.id.rawValue)/\(form.language.rawValue)")
        }
        let attached =
            form.attaches
            ? try leavingWorkbook(
                report, whole: workbook, run: run, masks: form.masksPersonalData) : nil
        let letter = try NightlyAuditMail(
            resources: reportResources,
            // What the report's definition says, unless somebody asked for everything.
            masksPersonalData: form.masksPersonalData ? nil : false
        ).letter(
            for: report, workbookName: attached?.lastPathComponent,
            workbookPlace: configuration.reportAddress(of: workbook))
        return OutgoingLetter(
            subject: letter.subject, text: letter.text, html: letter.html,
            attachments: try attached.map { file in
                [
                    MailMessage.Attachment(
                        name: file.lastPathComponent,
                        contentType: MailMessage.Attachment.workbookType,
                        content: try Data(contentsOf: file))
                ]
            } ?? [])
    }

    /// The workbook as it may leave the house: with personal data shortened, unless a setting or the
    /// report's definition says otherwise; written once for each language.
    private func leavingWorkbook(
        _ report: AuditReport, whole: URL, run: Run, masks: Bool
    ) throws -> URL {
        guard masks,
            try NightlyAuditWorkbook(resources: reportResources, masksPersonalData: true).isMasked
        else { return whole }
        let folder = Self.maskedFolder(run) + "/" + report.language.rawValue
        let file = configuration.dataFolder.appending(path: folder)
            .appending(path: whole.lastPathComponent)
        guard !FileManager.default.fileExists(atPath: file.path) else { return file }
        return try writeWorkbook(report, folder: folder, masks: true)
    }

    private static func maskedFolder(_ run: Run) -> String {
        "reports/run-\(run.id.rawValue)/masked"
    }

    /// Writes the workbook into a folder of the data folder.
    func writeWorkbook(
        _ report: AuditReport, folder: String, masks: Bool = false
    ) throws -> URL {
        let folder = configuration.dataFolder.appending(path: folder)
        // Reports hold personal data, so that only their owner may enter.
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let workbook = try NightlyAuditWorkbook(
            resources: reportResources, masksPersonalData: masks)
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
