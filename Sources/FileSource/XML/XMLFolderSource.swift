public import Archives
public import Collection
public import Foundation
public import Records

/// A folder of XML files that a system exports, such as 1C's CommerceML, EnterpriseData or a plain
/// dump, whole or in parts, packed or not.
///
/// Which elements are records and where their fields stand is said by a mapping: its `list` is an
/// ``ElementPattern`` like `Каталог/Товары/Товар`, its paths read the element as JSON
/// (``ElementPayload``). All files of the folder together are the snapshot.
///
/// Nothing is certified that may be a part: files that are not well-formed or not complete end the
/// reading, and sets of changes and left-over files make the snapshot doubtful. Changes are read as
/// what they are, the newest form of an object first, and what they say is deleted as a record that
/// is removed; they are not applied to an earlier snapshot here, since nothing in such files proves
/// that none of them is missing.
public struct XMLFolderSource: IntakeSource {
    /// What the configuration says of the folder.
    public struct Settings: Sendable {
        /// When files are taken, how often, and what becomes of them.
        public var intake: IntakeSettings
        /// What archives may not exceed.
        public var archiveLimits: ArchiveLimits
        /// Files of one export are written within this time; others are left over from an earlier.
        public var exportDuration: TimeInterval
        /// Where the source's clock hangs, for moments that come without an offset.
        public var timeZone: TimeZone
        /// How many records a page has, at least.
        public var pageSize: Int

        /// Makes settings.
        public init(
            intake: IntakeSettings = IntakeSettings(),
            archiveLimits: ArchiveLimits = ArchiveLimits(),
            exportDuration: TimeInterval = 6 * 3_600, timeZone: TimeZone = .gmt,
            pageSize: Int = 500
        ) {
            self.intake = intake
            self.archiveLimits = archiveLimits
            self.exportDuration = exportDuration
            self.timeZone = timeZone
            self.pageSize = pageSize
        }
    }

    /// The name in the configuration.
    public let name: SourceName
    private let folder: ExportFolder
    private let mapping: MappingDefinition
    private let settings: Settings
    private let ledger: IntakeLedger
    private let watched: WatchedFolder
    private let clock: MonotonicClock

    /// Names a folder; nothing is read yet.
    ///
    /// - Parameters:
    ///   - name: The name in the configuration.
    ///   - folder: Where the files are.
    ///   - mapping: Which elements are records, and where their fields stand.
    ///   - settings: How files are taken and read.
    ///   - clock: Waits for files to be complete.
    public init(
        name: SourceName, folder: URL, mapping: MappingDefinition,
        settings: Settings = Settings(), clock: MonotonicClock = .system
    ) {
        self.name = name
        self.folder = ExportFolder(url: folder, endings: ["xml", "zip"])
        self.mapping = mapping
        self.settings = settings
        self.clock = clock
        ledger = IntakeLedger(settings.intake, sharesFiles: true, folder: self.folder)
        watched = WatchedFolder(self.folder, settings.intake.completeness, clock: clock)
    }

    /// Reads the files of the folder that were not taken before, the newest first.
    ///
    /// Of two files that are the same part of two exports by their names and times only the newer
    /// is read, when it is whole.
    public func collect(
        _ entity: EntityDefinition,
        progress: @Sendable (_ delivered: Int, _ announced: Int?) -> Void,
        deliver: ([Record]) async throws -> Void
    ) async throws -> Certificate {
        let (mapping, pattern) = try prepare(entity)
        var builder = CertificateBuilder(clock: clock)
        builder.expectNoSkips(of: mapping)
        let files = try await watched.completeFiles()
        let taken = try ledger.taken(for: entity.name)
        let fresh = files.filter { !taken.contains($0) }
        guard !fresh.isEmpty else { throw nothingNew(files) }
        let lookups = ListedLookups(
            of: mapping, records: self.mapping.entities.compactMap { ElementPattern($0.list) },
            limits: settings.archiveLimits)
        let reading = XMLReading(
            pattern: pattern, deletions: try mapping.deletions.map { try self.pattern($0.list) },
            list: mapping.list, changes: mapping.changes ?? self.mapping.changes,
            decoder: RecordDecoder(
                mapping, entity: entity, lookups: try lookups.tables(from: files, in: folder),
                timeZone: settings.timeZone),
            settings: settings, folder: folder, builder: builder)
        for file in fresh {
            let family = ExportName.family(of: file.name)
            let newer = reading.wholeFiles.first { ExportName.family(of: $0.name) == family }
            if let newer, file.isOlder(than: newer, by: settings.exportDuration) {
                reading.builder.countNote("superseded_file")
                continue
            }
            let repeatedShare = try await reading.read(file, progress: progress, deliver: deliver)
            if newer != nil, repeatedShare > 0.5 { reading.doubtLeftOver(file) }
        }
        let parts = Set(reading.wholeFiles.map { ExportName.family(of: $0.name) })
        if !parts.isEmpty {
            for part in try ledger.lastParts(of: entity.name) where !parts.contains(part) {
                reading.builder.doubt(
                    .partial(detail: "'\(part)', a part of the export before, was not exported"))
            }
        }
        let certificate = try reading.finish()
        ledger.expect(IntakeLedger.Reading(files: fresh, parts: Array(parts)), for: entity.name)
        return certificate
    }

    /// Notes that what was last collected of an entity is stored.
    public func settle(_ entity: EntityName) throws(CollectionError) { try ledger.settle(entity) }

    /// Tries whether the mapping fits, and whether files are there that have such records.
    public func check(_ entity: EntityDefinition) async -> [SourceCheck] {
        do {
            let (mapping, pattern) = try prepare(entity)
            let names = try folder.files().map(\.name)
            let search = PlaceSearch(folder: folder, limits: settings.archiveLimits)
            let hasPlace = try await search.finds(
                pattern, deletions: mapping.deletions.map { try self.pattern($0.list) })
            return [
                SourceCheck(
                    subject: "folder \(folder.url.lastPathComponent)", isPassed: hasPlace,
                    detail: names.isEmpty
                        ? "there are no .xml or .zip files; see that the export ran"
                        : hasPlace
                            ? "\(names.count) files: \(XMLReading.listed(names))"
                            : XMLReading.otherExport(names))
            ]
        } catch {
            return [SourceCheck(subject: "folder", isPassed: false, detail: "\(error)")]
        }
    }

    /// A file has no address to open a record at.
    public func webAddress(of id: RecordID, entity: EntityName) -> String? { nil }

    private func nothingNew(_ files: [ExportFile]) -> CollectionError {
        CollectionError(
            .unreachable,
            files.isEmpty
                ? "\(folder.url.path): there are no .xml or .zip files; see that the export ran"
                : "\(folder.url.path): no new files; the \(files.count) that are there were taken "
                    + "before. See that the export ran.")
    }

    private func prepare(
        _ entity: EntityDefinition
    ) throws(CollectionError) -> (EntityMapping, ElementPattern) {
        guard let mapping = mapping[entity.name] else {
            throw CollectionError(
                .misconfigured, "source '\(name)': its mapping has no '\(entity.name)'")
        }
        guard mapping.sum == nil else {
            throw CollectionError(
                .misconfigured,
                "source '\(name)': its mapping adds up '\(entity.name)' (sum), which only rows of 1C's "
                    + "virtual tables are. Take 'sum' out of the mapping.")
        }
        for lookup in mapping.lookups { _ = try pattern(lookup.list) }
        if let deletions = mapping.deletions { _ = try pattern(deletions.list) }
        return (mapping, try pattern(mapping.list))
    }

    private func pattern(_ list: String) throws(CollectionError) -> ElementPattern {
        if let pattern = ElementPattern(list) { return pattern }
        throw CollectionError(
            .misconfigured,
            "source '\(name)': '\(list)' does not name elements; expected the form "
                + "A/B/C, A[Attribute=Value]/B, A/B | C/D")
    }
}
