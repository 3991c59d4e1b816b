internal import Channels
internal import Foundation
internal import Mail
internal import Records
internal import Reporting
internal import Storage

/// What a night told, kept beside its workbook, so that it can be sent to somebody who subscribes later.
///
/// What a letter is made of is gone with the night's memory; what it said is not.
struct KeptLetters: Codable {
    /// A letter in one form.
    struct Letter: Codable {
        var language: String
        var masksPersonalData: Bool
        var attaches: Bool
        var subject: String
        var text: String
        var html: String
    }

    var severity: Notice.Severity
    var entities: [String]
    var isEmpty: Bool
    /// Whether the report's definition wants personal data masked in what leaves.
    var isMasked: Bool
    var letters: [Letter]

    /// The file's name in the folder of a run.
    static let fileName = "letters.json"

    /// The letters of a run; `nil` for one of before they were kept.
    ///
    /// - Parameter folder: The run's folder.
    /// - Returns: The letters.
    /// - Throws: What reading throws of a file that is there and cannot be read.
    static func read(_ folder: URL) throws -> KeptLetters? {
        let file = folder.appending(path: fileName)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        return try JSONDecoder().decode(KeptLetters.self, from: Data(contentsOf: file))
    }

    func write(to folder: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(
            to: folder.appending(path: Self.fileName), options: .atomic)
    }

    /// The letter for a form: in another language where this one was not written, never with more
    /// personal data than the form may have.
    func letter(_ form: MessageForm) -> Letter? {
        let allowed = letters.filter {
            $0.masksPersonalData == form.masksPersonalData || $0.masksPersonalData
        }
        return allowed.max { rank($0, form) < rank($1, form) }
    }

    private func rank(_ letter: Letter, _ form: MessageForm) -> Int {
        (letter.language == form.language.rawValue ? 4 : 0)
            + (letter.attaches == form.attaches ? 2 : 0)
            + (letter.masksPersonalData == form.masksPersonalData ? 1 : 0)
    }
}

/// A night as it lies in the data folder: its workbooks and letters.
struct KeptNight: Sendable {
    let run: Run
    let folder: URL
    private let configuration: Configuration

    init(_ run: Run, _ configuration: Configuration) {
        self.run = run
        self.configuration = configuration
        folder = configuration.dataFolder.appending(path: NightlyAudit.folder(of: run.id))
    }

    /// The night's workbook, as it stays in the house.
    ///
    /// - Parameter language: The language; `nil` for the company's, which is always written.
    /// - Returns: The workbook in this language, else in the company's.
    /// - Throws: ``ConfigurationError`` when the run left none.
    func workbook(_ language: ReportLanguage? = nil) throws -> URL {
        let own = language.flatMap { workbook(in: folder.appending(path: $0.rawValue)) }
        guard let workbook = own ?? workbook(in: folder) else {
            throw ConfigurationError(
                "run \(run.id.rawValue) left no workbook in \(folder.path); "
                    + "'sverka run nightly --as-of DAY' compares the snapshots of a day again")
        }
        return workbook
    }

    /// The announcement of the night, of which nobody is told twice.
    ///
    /// - Throws: ``ConfigurationError`` when it is not kept any more.
    func announcement() throws -> Announcement {
        guard let kept = try KeptLetters.read(folder) else {
            throw ConfigurationError(
                "run \(run.id.rawValue) left no letters in \(folder.path): it did not get as far, or an "
                    + "earlier version made it; 'sverka outbox' shows what was sent of it")
        }
        return Announcement(
            key: NightlyAudit.announcementKey(of: run.id), topic: .report("nightly-audit"),
            severity: kept.severity, entities: Set(kept.entities.map { EntityName($0) }),
            run: run.id, time: run.startedAt, isEmpty: kept.isEmpty,
            letter: { form in try letter(kept, form) })
    }

    private func letter(_ kept: KeptLetters, _ form: MessageForm) throws -> OutgoingLetter {
        var form = form
        let attached = form.attaches ? attachment(form, kept) : nil
        // What may not leave, or is not there in a form that may, is named in place of it.
        form.attaches = attached != nil
        guard let letter = kept.letter(form) else {
            throw ConfigurationError(
                "run \(run.id.rawValue) left no letter that may leave the house")
        }
        return OutgoingLetter(
            subject: letter.subject, text: letter.text, html: letter.html,
            attachments: try attached.map { file in
                [
                    .init(
                        name: file.lastPathComponent,
                        contentType: ReportSending.contentType(of: file),
                        content: try Data(contentsOf: file))
                ]
            } ?? [])
    }

    private func attachment(_ form: MessageForm, _ kept: KeptLetters) -> URL? {
        let language = kept.letter(form)?.language ?? form.language.rawValue
        guard form.masksPersonalData, kept.isMasked else {
            return workbook(in: folder.appending(path: language)) ?? workbook(in: folder)
        }
        return workbook(in: folder.appending(path: "masked/\(language)"))
    }

    private func workbook(in folder: URL) -> URL? {
        let files = try? FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        return files?.filter { $0.pathExtension == "xlsx" }
            .min { $0.lastPathComponent < $1.lastPathComponent }
    }
}
