internal import Definitions
internal import FileSource
public import Foundation
internal import PostgresClient
public import Records
internal import Storage

/// The job that reads what the integration wrote into its journal since the last time: into files, or
/// into a list that 1C or the portal keeps (``KeptJournal``).
///
/// Files are read on where they were left, under whatever name they are found, and no line twice.
/// Each piece of a file is stored in one transaction with the place up to which it was read, so that
/// a job that dies loses nothing. A line that cannot be read is counted with its reason; a file that
/// cannot be read does not stop the others.
public struct JournalIngest: Sendable {
    /// The job's name in the database and in the schedule.
    public static let job = "journal"

    /// Lines of one transaction: enough that its end costs nothing, few enough that a crash does not.
    static let lineCountMax = 400_000
    /// A clock that is so far behind the last reading was set back.
    static let clockTolerance = 120.0
    /// How far ahead of ours the integration's clock may be.
    static let futureTolerance = 900.0

    private let configuration: Configuration
    private let resources: ResourceFolders
    private let progress: any ProgressDisplay
    private let systems: SystemRegistry
    private let now: @Sendable () -> Date

    /// Makes the job.
    ///
    /// - Parameters:
    ///   - configuration: Where the journal is.
    ///   - resources: What its columns and words mean.
    ///   - progress: Told how far it has come.
    ///   - systems: What is shared with other jobs of this process that read the same systems; `nil`
    ///     when there are none.
    ///   - now: The time.
    public init(
        _ configuration: Configuration, resources: ResourceFolders,
        progress: any ProgressDisplay, systems: SystemRegistry? = nil,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.configuration = configuration
        self.resources = resources
        self.progress = progress
        self.systems =
            systems ?? SystemRegistry(configuration) { progress.warn($0) }
        self.now = now
    }

    /// Runs the job.
    ///
    /// - Parameter due: When the schedule wanted it; `nil` to run in any case.
    /// - Returns: What was read.
    /// - Throws: ``ConfigurationError`` when no journal is configured that can be read so;
    ///   ``AlreadyRun``; `StorageError` when another run holds the lock; what ended the job.
    public func run(due: Date? = nil) async throws -> JournalOutcome {
        guard let journal = configuration.journal else {
            throw ConfigurationError(
                "there is no journal to read; name its folder as 'sources: {journal: {name: "
                    + "exchange, kind: files, folder: …}}' in the configuration")
        }
        guard journal.kind != .xml else {
            throw ConfigurationError(
                "the journal '\(journal.name)' is a folder of XML files; this job reads CSV and JSON "
                    + "Lines files, a register of 1C, or a smart process of the portal")
        }
        return try await JobRun(Self.job, configuration, resources, progress, now: now).execute(
            due: due
        ) { run, store, _ in
            var outcome = JournalOutcome(run: run.id)
            if journal.kind == .files {
                try await store.stage("read \(journal.name)", of: run.id) {
                    try await read(journal, into: &outcome, store)
                    return outcome.counts
                }
            } else {
                outcome.add(
                    try await KeptJournal(
                        journal: journal, configuration: configuration, resources: resources,
                        progress: progress, systems: systems, now: now
                    ).read(run.id, store))
            }
            try await AlertJob(
                configuration, resources: resources, progress: progress, now: now
            ).follow(run.id, store, news: outcome.earliest)
            return outcome
        }
    }

    private func read(
        _ journal: Configuration.Source, into outcome: inout JournalOutcome, _ store: Store
    ) async throws {
        let stage = ProgressStage("journal \(journal.name)")
        progress.begin(stage)
        let entity = try EntityCatalog(resources).entity(ConfiguredSource.journalEntity.rawValue)
        let settings = try await settings(journal, &outcome, store)
        do {
            try await SourceFactory(timeZone: configuration.company.timeZone, resources: resources)
                .fetch(journal)
        } catch {
            // What was fetched before can be read all the same.
            outcome.incomplete.append(error.explained)
        }
        let marks = try await store.journalMarks(journal.name)
        // What was there before the first reading is history, not news.
        outcome.isFirst = marks.isEmpty
        let folder = JournalFolder(URL(filePath: journal.address))
        if let stranger = try folder.strangers().first {
            progress.warn(
                "\(journal.address): no file is named operation…, such as operation.jsonl; "
                    + "\(stranger) is not read")
        }
        let parts = try folder.unread(marks, now: now()) { error in
            outcome.incomplete.append(error.description)
        }
        for part in parts {
            try Task.checkCancellation()
            do {
                try await read(part, entity, settings, of: journal.name, &outcome, store)
                outcome.fileCount += 1
            } catch let error as FileError {
                outcome.incomplete.append(error.description)
            }
        }
        for message in outcome.incomplete { progress.warn(message) }
        progress.end(
            stage, result: "\(outcome.entryCount) operations of \(outcome.fileCount) files")
    }

    private func read(
        _ part: JournalFolder.Part, _ entity: EntityDefinition, _ settings: JournalSettings,
        of source: SourceName, _ outcome: inout JournalOutcome, _ store: Store
    ) async throws {
        var reading = try JournalReading(
            part.url, from: part.mark.readBytes, entity: entity, settings: settings,
            isAtRest: part.isAtRest)
        var mark = part.mark
        var classes = try ErrorClasses(resources)
        var isOver = false
        while !isOver {
            let before = mark
            var piece = JournalOutcome(run: outcome.run)
            mark = try await store.writeJournal(source, from: before, now: now()) { writer in
                var read = before
                while piece.lineCount < Self.lineCountMax {
                    try Task.checkCancellation()
                    guard let batch = try reading.next() else {
                        isOver = true
                        break
                    }
                    for entry in batch.entries {
                        try await writer.append(entry, classes.errorClass(of: entry))
                        piece.earliestMicroseconds = min(
                            piece.earliestMicroseconds, entry.occurredAt)
                    }
                    piece.add(batch.lineCount, batch.refused)
                    read.readLines += batch.lineCount
                    read.refused.merge(batch.refused) { $0 + $1 }
                }
                read.readBytes = reading.position
                return try reading.hashed(read)
            }
            outcome.add(piece.lineCount, piece.refused)
            outcome.earliestMicroseconds = min(
                outcome.earliestMicroseconds, piece.earliestMicroseconds)
        }
    }

    private func settings(
        _ journal: Configuration.Source, _ outcome: inout JournalOutcome, _ store: Store
    ) async throws -> JournalSettings {
        let moment = now()
        var latest = moment
        if let last = try await store.lastJournalReading(journal.name),
            last.timeIntervalSince(moment) > Self.clockTolerance
        {
            // Lines that were written before the clock was set back are not from the future.
            latest = last
            let minutes = Int(last.timeIntervalSince(moment) / 60)
            outcome.clockSetBackMinutes = minutes
            progress.warn(
                "the clock of this machine is \(minutes) minutes behind the last reading of the "
                    + "journal: it was set back. Nothing is lost or read twice; see that the clock "
                    + "is right.")
        }
        let words = try StatusWords.read(resources)
        return JournalSettings(
            timeZone: journal.timeZone ?? configuration.company.timeZone,
            latest: Int64((latest.timeIntervalSince1970 + Self.futureTolerance) * 1e6),
            successWords: words.success, errorWords: words.error)
    }
}

/// What a reading of the journal came to.
public struct JournalOutcome: Error, Sendable {
    /// The run.
    public var run: RunID
    /// Lines that were read, those left out included.
    public private(set) var lineCount = 0
    /// Lines that were left out, by reason.
    public private(set) var refused: [JournalRefusal: Int] = [:]
    /// Files of which something was read.
    public internal(set) var fileCount = 0
    /// Files and places that could not be read, for a person.
    public internal(set) var incomplete: [String] = []
    /// By how many minutes the machine's clock was set back since the last reading; `nil` for not.
    public internal(set) var clockSetBackMinutes: Int?
    /// Whether nothing of the journal was known before.
    var isFirst = false
    var earliestMicroseconds = Int64.max

    init(run: RunID) { self.run = run }

    /// When the earliest operation happened that is news; `nil` for none.
    var earliest: Date? {
        guard !isFirst, earliestMicroseconds != .max else { return nil }
        return Date(timeIntervalSince1970: Double(earliestMicroseconds) / 1e6)
    }

    /// Operations that were stored.
    public var entryCount: Int { lineCount - refused.values.reduce(0, +) }

    /// 0 done · 3 done, but something could not be read.
    public var exitCode: Int32 { incomplete.isEmpty ? 0 : 3 }

    /// The counts by the names of `run_stage`.
    var counts: [String: Int] {
        var counts = ["lines": lineCount, "operations": entryCount, "files": fileCount]
        for (reason, count) in refused { counts["refused_\(reason.rawValue)"] = count }
        if let clockSetBackMinutes { counts["clock_set_back_minutes"] = clockSetBackMinutes }
        return counts
    }

    mutating func add(_ lines: Int, _ refused: [JournalRefusal: Int]) {
        lineCount += lines
        self.refused.merge(refused) { $0 + $1 }
    }

    /// Adds what a list that a system keeps had new.
    mutating func add(_ reading: EntityReading) {
        let taken = reading.takenOver
        add(taken.entryCount + taken.refused.values.reduce(0, +), taken.refused)
        incomplete += reading.incomplete
        if let earliest = taken.earliest {
            earliestMicroseconds = Int64(earliest.timeIntervalSince1970 * 1e6)
        }
    }
}
