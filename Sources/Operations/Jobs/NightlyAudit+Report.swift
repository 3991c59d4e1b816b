internal import Channels
internal import Collection
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
        let workbookFile = try writeWorkbook(report, folder: Self.folder(of: run.id))
        // Those of an attempt that died before are of another time.
        try? FileManager.default.removeItem(
            at: configuration.dataFolder.appending(path: Self.maskedFolder(run)))
        let dispatch = Dispatch(configuration, resources: resources, now: now)
        let announcement = announcement(of: report, run: run, workbook: workbookFile)
        let messages = try dispatch.messages(for: announcement)
        let mailFile = try keepMail(announcement, dispatch, of: report, workbook: workbookFile)
        try keepLetters(
            of: report, announcement, dispatch.forms(of: announcement), workbook: workbookFile)
        try await store.finishStage(
            run.id, "report", counts: ["findings": report.findings.count], enqueuing: messages)
        progress.end(stage, result: workbookFile.lastPathComponent)
        return [workbookFile, mailFile]
    }

    /// Keeps the mail beside the workbook as those get it who read the usual form of it; where nobody
    /// does, as they would.
    private func keepMail(
        _ announcement: Announcement, _ dispatch: Dispatch, of report: AuditReport, workbook: URL
    ) throws -> URL {
        let form = MessageForm(
            language: report.language,
            masksPersonalData: configuration.outgoing.masksPersonalData,
            attaches: configuration.outgoing.attaches)
        let composer = MessageComposer(
            announcement: announcement, configuration: configuration, resources: resources)
        var recipients = dispatch.subscriptions(to: announcement)
            .filter { $0.channel == Configuration.mailChannel && $0.form == form }
            .map(\.recipient)
        if recipients.isEmpty { recipients = configuration.report.recipients }
        if recipients.isEmpty { recipients = [composer.sender] }
        let file = workbook.deletingLastPathComponent().appending(path: "nightly-audit.eml")
        try Data(composer.mail(form, to: recipients).content).write(to: file, options: .atomic)
        return file
    }

    /// The report for those who subscribed to it.
    private func announcement(
        of report: AuditReport, run: Run, workbook: URL
    ) -> Announcement {
        Announcement(
            key: Self.announcementKey(of: run.id), topic: .report("nightly-audit"),
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
                report, folder: Self.folder(of: run.id) + "/\(form.language.rawValue)")
        }
        let attached =
            form.attaches
            ? try leavingWorkbook(
                report, whole: workbook, run: run, masks: form.masksPersonalData) : nil
        let letter = try letter(
            of: report, form, attached: attached?.lastPathComponent, workbook: workbook)
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

    /// Keeps what was told, in the forms in which somebody got it and in those of the company's language
    /// that may leave the house, for who asks for it later.
    private func keepLetters(
        of report: AuditReport, _ announcement: Announcement, _ used: Set<MessageForm>,
        workbook: URL
    ) throws {
        let usual = [true, false].map { attaches in
            MessageForm(language: report.language, masksPersonalData: true, attaches: attaches)
        }
        let isMasked = try NightlyAuditWorkbook(
            resources: reportResources, masksPersonalData: true
        ).isMasked
        let letters = try used.union(usual).map { form in
            var report = report
            report.language = form.language
            let name = try NightlyAuditWorkbook(resources: reportResources).fileName(for: report)
            let letter = try self.letter(
                of: report, form, attached: form.attaches ? name : nil, workbook: workbook)
            return KeptLetters.Letter(
                language: form.language.rawValue, masksPersonalData: form.masksPersonalData,
                attaches: form.attaches, subject: letter.subject, text: letter.text,
                html: letter.html)
        }
        try KeptLetters(
            severity: announcement.severity,
            entities: announcement.entities.map(\.rawValue).sorted(),
            isEmpty: announcement.isEmpty, isMasked: isMasked,
            letters: letters.sorted {
                ($0.language, $0.masksPersonalData ? 0 : 1, $0.attaches ? 0 : 1)
                    < ($1.language, $1.masksPersonalData ? 0 : 1, $1.attaches ? 0 : 1)
            }
        ).write(to: workbook.deletingLastPathComponent())
    }

    private func letter(
        of report: AuditReport, _ form: MessageForm, attached: String?, workbook: URL
    ) throws -> NightlyAuditMail.Letter {
        try NightlyAuditMail(
            resources: reportResources,
            // What the report's definition says, unless somebody asked for everything.
            masksPersonalData: form.masksPersonalData ? nil : false
        ).letter(
            for: report, workbookName: attached,
            workbookPlace: configuration.reportAddress(of: workbook))
    }

    /// Where a run's files lie in the data folder.
    static func folder(of run: RunID) -> String { "reports/run-\(run.rawValue)" }

    /// Names the telling of a run, so that nobody is told twice.
    static func announcementKey(of run: RunID) -> String { "nightly-audit/\(run.rawValue)" }

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
        folder(of: run.id) + "/masked"
    }

    /// Writes the workbook into a folder of the data folder.
    func writeWorkbook(
        _ report: AuditReport, folder: String, masks: Bool = false
    ) throws -> URL {
        let folder = configuration.dataFolder.appending(path: folder)
        // Reports hold personal data, so that only their owner may enter.
        try PrivateFolder.make(folder, in: configuration.dataFolder)
        let workbook = try NightlyAuditWorkbook(
            resources: reportResources, masksPersonalData: masks)
        let file = folder.appending(path: try workbook.fileName(for: report))
        try workbook.write(report, to: file)
        return file
    }

    private var reportResources: ReportResources {
        ReportResources(builtin: resources.builtIn, override: configuration.overrides)
    }
}
