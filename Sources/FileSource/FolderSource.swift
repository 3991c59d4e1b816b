public import Collection
public import Foundation
public import Records

/// A folder of exported files as a source.
///
/// Each entity has a file of its name: `counterparty.csv`, `counterparty.jsonl`. Where there is
/// none, the newest of those with a date or number after the name counts:
/// `counterparty_2026-01-31.csv`. A journal is all of its files together: `operation.jsonl`,
/// `operation-2026-01-31.jsonl`, `operation.jsonl.1`; they are read each time and stay where they
/// are. The lines of documents may stand in a second file, which the entity names: `order_lines.csv`.
public struct FolderSource: IntakeSource {
    /// The name in the configuration.
    public let name: SourceName
    private let folder: ExportFolder
    private let options: RecordFile.Options
    private let journals: Set<EntityName>
    private let ledger: IntakeLedger
    private let watched: WatchedFolder
    private let clock: MonotonicClock

    /// The endings under which an entity's file is looked for, in this order.
    static let endings = ["csv", "tsv", "txt", "jsonl", "ndjson", "json", "log"]

    /// The endings of files that may be of an entity, but that nothing here reads.
    private static let unreadEndings: Set<String> = [
        "xlsx", "xlsm", "xlsb", "xls", "ods", "dbf", "mxl", "xml", "zip", "gz", "7z", "rar",
    ]

    /// Names a folder; nothing is read yet.
    ///
    /// - Parameters:
    ///   - name: The name in the configuration.
    ///   - folder: Where the files are.
    ///   - options: How they are written.
    ///   - intake: When files are taken, how often, and what becomes of them.
    ///   - journals: The entities that are journals, to which somebody adds line by line.
    ///   - clock: Waits for files to be complete.
    public init(
        name: SourceName, folder: URL, options: RecordFile.Options = RecordFile.Options(),
        intake: IntakeSettings = IntakeSettings(completeness: .asFound),
        journals: Set<EntityName> = [EntityName("operation")], clock: MonotonicClock = .system
    ) {
        self.name = name
        self.folder = ExportFolder(url: folder, endings: Set(Self.endings))
        self.options = options
        self.journals = journals
        self.clock = clock
        ledger = IntakeLedger(intake, sharesFiles: false, folder: self.folder)
        var watchedFolder = self.folder
        watchedFolder.unwatched = Set(journals.map(\.rawValue))
        watched = WatchedFolder(watchedFolder, intake.completeness, clock: clock)
    }

    /// Reads the entity's file page by page.
    public func collect(
        _ entity: EntityDefinition,
        progress: @Sendable (_ delivered: Int, _ announced: Int?) -> Void,
        deliver: ([Record]) async throws -> Void
    ) async throws -> Certificate {
        var options = options
        options.keepsPayload = true
        options.isJournal = journals.contains(entity.name)
        // A journal always grows; what is there now is read.
        let found =
            options.isJournal ? try folder.files() : try await watched.completeFiles()
        let files = try choose(found, for: entity)
        // The rows of a journal are the whole of it, however often its files were read.
        let taken = options.isJournal ? [] : try ledger.taken(for: entity.name)
        let fresh = files.filter { !taken.contains($0) }
        guard !fresh.isEmpty else {
            throw CollectionError(
                .unreachable,
                "\(folder.url.path): no new file for '\(entity.name)'; \(files[0].name) was taken "
                    + "before. See that the export ran.")
        }
        let lines = options.isJournal ? nil : try lineFile(of: entity, in: found, taken: taken)
        var reading = FolderReading(entity: entity, options: options, folder: folder, clock: clock)
        if let lines { try await reading.readLines(lines) }
        for file in fresh {
            try await reading.read(file, progress: progress, deliver: deliver)
        }
        let certificate = try reading.finish()
        if !options.isJournal {
            let (files, parts) = (fresh + [lines].compactMap(\.self), lines.map { [$0.name] } ?? [])
            ledger.expect(
                IntakeLedger.Reading(files: files, parts: parts.map(ExportName.family)),
                for: entity.name)
        }
        return certificate
    }

    /// Notes that what was last collected of an entity is stored.
    public func settle(_ entity: EntityName) throws(CollectionError) { try ledger.settle(entity) }

    /// Tries whether the file is there and its columns are recognised.
    public func check(_ entity: EntityDefinition) async -> [SourceCheck] {
        do {
            var options = options
            options.isJournal = journals.contains(entity.name)
            let found = try folder.files()
            let file = try choose(found, for: entity)[0]
            let summary = try await RecordFile(
                folder.place(of: file.name), entity: entity, options: options
            ).read { _ in }
            if let lost = ColumnRoles.lostFields(of: entity, in: [summary.roles]).first {
                throw CollectionError.lost(lost, of: file.name, in: folder, entity)
            }
            let records = SourceCheck(
                subject: "file \(file.name)", isPassed: true,
                detail: "\(summary.recordCount) records; "
                    + summary.roles.recognised.joined(separator: ", "))
            let lines = options.isJournal ? nil : newestLineFile(of: entity, in: found)
            guard let lines else { return [records] }
            return [records, await check(lines, of: entity, options)]
        } catch {
            return [SourceCheck(subject: "file", isPassed: false, detail: "\(error)")]
        }
    }

    /// A file has no address to open a record at.
    public func webAddress(of id: RecordID, entity: EntityName) -> String? { nil }

    /// Whether the folder has a file of an entity, be it one that is not read: reading says so then.
    ///
    /// - Throws: ``CollectionError`` when the folder cannot be read.
    public func keeps(_ entity: EntityName) throws(CollectionError) -> Bool {
        let isThere = try folder.files().contains { ExportName.isNamed($0.name, entity.rawValue) }
        if isThere { return true }
        return try unreadFile(of: entity) != nil
    }

    /// A file that is named for an entity and not read; `nil` where there is none, and for journals, of
    /// which old files may be packed.
    private func unreadFile(of entity: EntityName) throws(CollectionError) -> String? {
        guard !journals.contains(entity) else { return nil }
        return try ExportFolder(url: folder.url, endings: Self.unreadEndings).files()
            .first { ExportName.isNamed($0.name, entity.rawValue) }?.name
    }

    /// The files of an entity: one, or all those of a journal, the oldest first.
    private func choose(
        _ found: [ExportFile], for entity: EntityDefinition
    ) throws(CollectionError) -> [ExportFile] {
        let stem = entity.name.rawValue
        let own = found.filter { ExportName.isNamed($0.name, stem) }
        if own.isEmpty, let name = try unreadFile(of: entity.name) {
            throw CollectionError(
                .misconfigured,
                "\(name) in \(folder.url.path) is not read: save or unpack it as \(stem).csv or "
                    + "\(stem).jsonl; XML is read by 'kind: xml'")
        }
        guard !own.isEmpty else {
            throw CollectionError(
                .misconfigured,
                "no file for '\(stem)' in \(folder.url.path): expected \(stem).csv or .jsonl")
        }
        if journals.contains(entity.name) { return own.reversed() }
        return [Self.newest(own, named: stem)].compactMap(\.self)
    }

    /// Of the files of one name the one without a date, else the newest by its name.
    private static func newest(_ files: [ExportFile], named stem: String) -> ExportFile? {
        for ending in endings {
            if let exact = files.first(where: { $0.name == "\(stem).\(ending)" }) { return exact }
        }
        // By its date if it has one, since files may be copied in any order.
        return files.max { ExportName.isBefore($0.name, $1.name) }
    }

    /// The newest of the files in which the lines of an entity stand; `nil` where there is none.
    private func newestLineFile(of entity: EntityDefinition, in found: [ExportFile]) -> ExportFile?
    {
        guard let stem = entity.fields.lazy.compactMap(\.lineFile).first?.name else { return nil }
        return Self.newest(found.filter { ExportName.isNamed($0.name, stem) }, named: stem)
    }

    /// The file of lines that belongs to an export; `nil` where it has none.
    ///
    /// - Throws: ``CollectionError`` when only the documents have come.
    private func lineFile(
        of entity: EntityDefinition, in found: [ExportFile], taken: Set<ExportFile>
    ) throws(CollectionError) -> ExportFile? {
        let newest = newestLineFile(of: entity, in: found)
        let stem = entity.fields.lazy.compactMap(\.lineFile).first?.name ?? ""
        let cameBefore = try ledger.lastParts(of: entity.name)
            .contains { ExportName.isNamed($0, stem) }
        if let newest, !taken.contains(newest) { return newest }
        guard newest != nil || cameBefore else { return nil }
        throw CollectionError(
            .unreachable,
            "\(folder.url.path): there is a new file for '\(entity.name)', but none of its lines "
                + "('\(stem)'); nothing was read. See that the export ran to its end. If lines are "
                + "no longer exported, take 'line_file' out of the entity file.")
    }

    /// Tries whether the columns of a file of lines are recognised.
    private func check(
        _ file: ExportFile, of entity: EntityDefinition, _ options: RecordFile.Options
    ) async -> SourceCheck {
        let subject = "file \(file.name)"
        do {
            var reading = FolderReading(
                entity: entity, options: options, folder: folder, clock: clock)
            let summary = try await reading.readLines(file)
            return SourceCheck(
                subject: subject, isPassed: true,
                detail: "\(summary.recordCount) lines; "
                    + summary.roles.recognised.joined(separator: ", "))
        } catch {
            return SourceCheck(subject: subject, isPassed: false, detail: "\(error)")
        }
    }
}
