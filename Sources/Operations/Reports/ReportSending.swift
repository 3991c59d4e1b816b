internal import Channels
internal import Collection
internal import Foundation
internal import Mail
internal import Reporting
internal import Storage

/// Makes the messages of a report: one for each who subscribed to it, or for each owner their part.
struct ReportSending {
    let configuration: Configuration
    let resources: ResourceFolders
    let definition: ReportDefinition
    let data: ReportData
    /// Says what the sending is of, so that a second one tells nobody twice.
    let occasion: String
    let severity: Notice.Severity

    private var reportResources: ReportResources {
        ReportResources(builtin: resources.builtIn, override: configuration.overrides)
    }

    /// The messages for the outbox.
    ///
    /// - Parameter dispatch: Decides who is told, in which language.
    /// - Returns: The messages, and what a person should know of those that there are not.
    /// - Throws: `ReportError`; what writing the files throws.
    func messages(
        _ dispatch: Dispatch
    ) async throws -> (messages: [OutboxMessage], remarks: [String]) {
        guard !ReportLetter.isSkipped(definition, data) else {
            return (
                [], ["\(definition.name) has nothing to say; its definition wants no mail then"]
            )
        }
        guard let parts = try data.parts(definition) else {
            let messages = try await messages(of: data, .subscribers, "all", dispatch)
            let spared =
                ReportLetter.isEmpty(definition, data)
                ? ", or it has nothing to say and they want no empty one" : ""
            let remark =
                "nobody subscribed to \(definition.name)\(spared): see 'subscriptions' in the "
                + "configuration"
            return (messages, messages.isEmpty ? [remark] : [])
        }
        var messages: [OutboxMessage] = []
        var silent = 0
        for part in parts {
            guard (try? MailAddress(part.address)) != nil else {
                silent += 1
                continue
            }
            messages += try await self.messages(
                of: part.data, .person(address: part.address), part.key, dispatch)
        }
        return (
            messages, silent == 0 ? [] : ["\(silent) owners have no mail address and got nothing"]
        )
    }

    private func messages(
        of data: ReportData, _ audience: Announcement.Audience, _ part: String, _ dispatch: Dispatch
    ) async throws -> [OutboxMessage] {
        var announcement = Announcement(
            key: "report/\(definition.name)/\(occasion)/\(StableHash.of([part]))",
            topic: .report(definition.name), audience: audience, severity: severity,
            run: data.request.period.run, time: data.request.madeAt,
            isEmpty: ReportLetter.isEmpty(definition, data),
            letter: { form in try letter(of: data, [:], form) })
        let files = try await files(of: data, part, for: dispatch.forms(of: announcement))
        announcement.letter = { form in try letter(of: data, files, form) }
        return try dispatch.messages(for: announcement)
    }

    /// A file that goes with a letter: whole, as it stays in the house, or as it may leave it.
    private struct FileForm: Hashable {
        var language: ReportLanguage
        var isMasked: Bool
    }

    /// The files in the forms that somebody gets; made before, since printing takes its time.
    private func files(
        of data: ReportData, _ part: String, for forms: Set<MessageForm>
    ) async throws -> [FileForm: [URL]] {
        guard let format = definition.attachment else { return [:] }
        var wanted: Set<FileForm> = []
        for form in forms {
            // The letter says where the whole one lies.
            wanted.insert(FileForm(language: form.language, isMasked: false))
            if form.attaches { wanted.insert(fileForm(form)) }
        }
        var files: [FileForm: [URL]] = [:]
        for form in wanted {
            let document = try ReportDocument(
                definition, data.written(in: form.language), masksPersonalData: form.isMasked,
                resources: reportResources)
            // What goes to one owner lies apart from what goes to another.
            let folder = configuration.dataFolder.appending(
                path: "reports/\(definition.name)/\(occasion)/"
                    + (part == "all" ? "" : "\(StableHash.of([part]))/")
                    + (form.isMasked ? "masked/" : "") + form.language.rawValue)
            try PrivateFolder.make(folder, in: configuration.dataFolder)
            files[form] = try await ReportFile(document, format: format).write(
                to: folder.appending(path: "\(document.fileName).\(format.rawValue)"))
        }
        return files
    }

    private func fileForm(_ form: MessageForm) -> FileForm {
        FileForm(
            language: form.language,
            isMasked: form.masksPersonalData && definition.isMaskedOutside)
    }

    private func letter(
        of data: ReportData, _ files: [FileForm: [URL]], _ form: MessageForm
    ) throws -> OutgoingLetter {
        let document = try ReportDocument(
            definition, data.written(in: form.language),
            masksPersonalData: form.masksPersonalData, resources: reportResources)
        let whole = files[FileForm(language: form.language, isMasked: false)] ?? []
        let attached = form.attaches ? files[fileForm(form)] ?? [] : []
        let letter = try ReportLetter(
            definition, document,
            file: ReportLetter.File(
                attached: attached.map(\.lastPathComponent),
                // Of several, their folder.
                place: (whole.count > 1 ? whole[0].deletingLastPathComponent() : whole.first)
                    .map(configuration.reportAddress)),
            masksPersonalData: form.masksPersonalData, resources: reportResources)
        return OutgoingLetter(
            subject: letter.subject, text: letter.text, html: letter.html,
            attachments: try attached.map { file in
                MailMessage.Attachment(
                    name: file.lastPathComponent, contentType: Self.contentType(of: file),
                    content: try Data(contentsOf: file))
            })
    }

    static func contentType(of file: URL) -> String {
        switch file.pathExtension {
        case "xlsx": MailMessage.Attachment.workbookType
        case "pdf": "application/pdf"
        case "html": "text/html"
        default: "text/csv"
        }
    }
}

extension Configuration {
    /// Where a file of the data folder's reports lies for who reads a mail: an address where one is
    /// configured, else the path.
    func reportAddress(of file: URL) -> String {
        let reports = dataFolder.appending(path: "reports").path + "/"
        guard let folder = report.folderAddress, file.path.hasPrefix(reports) else {
            return file.path
        }
        let rest = file.path.dropFirst(reports.count)
        let escaped =
            rest.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? String(rest)
        return folder.hasSuffix("/") ? folder + escaped : folder + "/" + escaped
    }
}
