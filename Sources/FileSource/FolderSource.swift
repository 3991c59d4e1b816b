public import Collection
public import Foundation
public import Records

/// A folder of exported files as a source.
///
/// Each entity has a file of its name: `counterparty.csv`, `counterparty.jsonl`. Where there is
/// none, the newest of those with a date or number after the name counts:
/// `counterparty_2026-01-31.csv`. A journal is all of its files together: `operation.jsonl`,
/// `operation-2026-01-31.jsonl`, `operation.jsonl.1`; they are read each time and stay where they
/// are.
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
        var reading = FolderReading(entity: entity, options: options, folder: folder, clock: clock)
        for file in fresh {
            try await reading.read(file, progress: progress, deliver: deliver)
        }
        let certificate = try reading.finish()
        if !options.isJournal {
            ledger.expect(IntakeLedger.Reading(files: fresh), for: entity.name)
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
            let file = try choose(folder.files(), for: entity)[0]
            let summary = try await RecordFile(
                folder.place(of: file.name), entity: entity, options: options
            ).read { _ in }
            if let lost = ColumnRoles.lostFields(of: entity, in: [summary.roles]).first {
                throw CollectionError.lost(lost, of: file.name, in: folder, entity)
            }
            return [
                SourceCheck(
                    subject: "file \(file.name)", isPassed: true,
                    detail: "\(summary.recordCount) records; "
                        + summary.roles.recognised.joined(separator: ", "))
            ]
        } catch {
            return [SourceCheck(subject: "file", isPassed: false, detail: "\(error)")]
        }
    }

    /// A file has no address to open a record at.
    public func webAddress(of id: RecordID, entity: EntityName) -> String? { nil }

    /// Whether the folder has a file of an entity.
    ///
    /// - Throws: ``CollectionError`` when the folder cannot be read.
    public func keeps(_ entity: EntityName) throws(CollectionError) -> Bool {
        try folder.files().contains { ExportName.isNamed($0.name, entity.rawValue) }
    }

    /// The files of an entity: one, or all those of a journal, the oldest first.
    private func choose(
        _ found: [ExportFile], for entity: EntityDefinition
    ) throws(CollectionError) -> [ExportFile] {
        let stem = entity.name.rawValue
        let own = found.filter { ExportName.isNamed($0.name, stem) }
        guard !own.isEmpty else {
            throw CollectionError(
                .misconfigured,
                "no file for '\(stem)' in \(folder.url.path): expected \(stem).csv or .jsonl")
        }
        if journals.contains(entity.name) { return own.reversed() }
        for ending in Self.endings {
            if let exact = own.first(where: { $0.name == "\(stem).\(ending)" }) { return [exact] }
        }
        // By its date if it has one, since files may be copied in any order.
        return [own.reduce(own[0]) { ExportName.isBefore($0.name, $1.name) ? $1 : $0 }]
    }
}

/// One reading of an entity's files.
private struct FolderReading {
    let entity: EntityDefinition
    let options: RecordFile.Options
    let folder: ExportFolder
    private var builder: CertificateBuilder
    private var ids = IdentitySet()
    private var byteCount = 0
    private var disagreeingCount = 0
    private var names: [String] = []
    private var roles: [ColumnRoles] = []

    init(
        entity: EntityDefinition, options: RecordFile.Options, folder: ExportFolder,
        clock: MonotonicClock
    ) {
        self.entity = entity
        self.options = options
        self.folder = folder
        builder = CertificateBuilder(clock: clock)
    }

    mutating func read(
        _ file: ExportFile,
        progress: @Sendable (_ delivered: Int, _ announced: Int?) -> Void,
        deliver: ([Record]) async throws -> Void
    ) async throws {
        do {
            let source = RecordFile(
                folder.place(of: file.name), entity: entity, options: options)
            let summary = try await source.read { page in
                var fresh: [Record] = []
                for record in page {
                    // A row of a journal is in two files when it was copied before it was cut.
                    guard ids.insert(record.id.rawValue) else {
                        builder.repeatRow()
                        continue
                    }
                    builder.deliver(record)
                    fresh.append(record)
                }
                guard !fresh.isEmpty else { return }
                builder.countPage()
                progress(builder.deliveredCount, nil)
                try await deliver(fresh)
            }
            count(summary)
            names.append(file.name)
            roles.append(summary.roles)
        } catch let error as FileError {
            if !options.isJournal { try folder.checkUnchanged(file) }
            throw CollectionError(.malformed, error.description)
        }
        // A journal may grow, be renamed or go away; what was read of it is read.
        if !options.isJournal { try folder.checkUnchanged(file) }
    }

    private mutating func count(_ summary: RecordFile.Summary) {
        for _ in 0..<summary.withoutIDCount { builder.skipWithoutID() }
        for _ in 0..<summary.repeatedCount { builder.repeatRow() }
        for _ in 0..<summary.raggedCount { builder.countNote("ragged_row") }
        for _ in 0..<summary.brokenLineCount { builder.countNote("broken_line") }
        for _ in 0..<summary.longLineCount { builder.countNote("long_line") }
        disagreeingCount += summary.disagreeingCount
        byteCount += summary.byteCount
    }

    /// Closes the certificate.
    ///
    /// - Throws: ``CollectionError`` when none of the files has a column that the entity needs.
    consuming func finish() throws(CollectionError) -> Certificate {
        if let lost = ColumnRoles.lostFields(of: entity, in: roles).first {
            throw .lost(lost, of: names.joined(separator: ", "), in: folder, entity)
        }
        if disagreeingCount > 0 {
            builder.doubt(
                .partial(
                    detail: "\(disagreeingCount) documents have rows that say different things of "
                        + "them, and were taken as their first row has them. Their id column is "
                        + "perhaps that of something else."))
        }
        // A file that changes while it is read is refused, and what is added to a journal meanwhile
        // is left for the next time.
        builder.appear(0)
        var traffic = Traffic()
        traffic.bytes = byteCount
        return builder.finish(traffic)
    }
}

extension CollectionError {
    /// A column that an entity needs is not in its file.
    fileprivate static func lost(
        _ lost: LostField, of file: String, in folder: ExportFolder, _ entity: EntityDefinition
    ) -> CollectionError {
        .lost(
            lost, of: file, at: folder.url.lastPathComponent,
            in: "templates/entities/\(entity.name).yaml")
    }
}
