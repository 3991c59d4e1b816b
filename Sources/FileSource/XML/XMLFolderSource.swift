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
/// reading, and sets of changes and left-over files make the snapshot doubtful.
public struct XMLFolderSource: SnapshotSource {
    /// How to tell that the export has ended.
    public enum Completeness: Hashable, Sendable {
        /// Two looks with a pause between them find the same files, sizes and times.
        case stable(pause: Duration, deadline: Duration)
        /// A file of this name is there.
        case marker(String)
    }

    /// What the configuration says of the folder.
    public struct Settings: Sendable {
        /// How to tell that the export has ended.
        public var completeness: Completeness
        /// Where ``XMLFolderSource/putAway(_:)`` moves files to; `nil` to leave them.
        public var takenFolder: URL?
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
            completeness: Completeness = .stable(pause: .seconds(3), deadline: .seconds(900)),
            takenFolder: URL? = nil, archiveLimits: ArchiveLimits = ArchiveLimits(),
            exportDuration: TimeInterval = 6 * 3_600, timeZone: TimeZone = .gmt,
            pageSize: Int = 500
        ) {
            self.completeness = completeness
            self.takenFolder = takenFolder
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
    private let clock: MonotonicClock

    /// Names a folder; nothing is read yet.
    public init(
        name: SourceName, folder: URL, mapping: MappingDefinition,
        settings: Settings = Settings(), clock: MonotonicClock = .system
    ) {
        self.name = name
        self.folder = ExportFolder(url: folder)
        self.mapping = mapping
        self.settings = settings
        self.clock = clock
    }

    /// Reads all files of the folder.
    public func collect(
        _ entity: EntityDefinition,
        progress: @Sendable (_ delivered: Int, _ announced: Int?) -> Void,
        deliver: ([Record]) async throws -> Void
    ) async throws -> Certificate {
        try await collect(entity, except: [], progress: progress, deliver: deliver).certificate
    }

    /// Reads the files of the folder that were not taken before.
    ///
    /// - Parameters:
    ///   - entity: What to read.
    ///   - taken: Files that were taken before for this entity; one is the same when name, size
    ///     and checksum are. When some are left out, the snapshot is not the whole.
    ///   - progress: As in ``SnapshotSource``.
    ///   - deliver: As in ``SnapshotSource``.
    /// - Returns: The certificate, and the files that were read now; to be kept by the caller once
    ///   the records are safe.
    /// - Throws: ``CollectionError`` when a file cannot be read to the end, or none is new.
    public func collect(
        _ entity: EntityDefinition, except taken: Set<TakenFile>,
        progress: @Sendable (_ delivered: Int, _ announced: Int?) -> Void,
        deliver: ([Record]) async throws -> Void
    ) async throws -> (certificate: Certificate, files: [TakenFile]) {
        let (pattern, decoder) = try prepare(entity)
        let builder = CertificateBuilder(clock: clock)
        let files = try await folder.completeFiles(settings.completeness, clock: clock)
        let fresh = try files.filter { file in
            guard taken.contains(where: { $0.name == file.name && $0.byteCount == file.byteCount })
            else { return true }
            let checksum = try CyclicChecksum.of(folder.url.appending(path: file.name))
            return !taken.contains(
                TakenFile(name: file.name, byteCount: file.byteCount, checksum: checksum))
        }
        guard !fresh.isEmpty else {
            throw CollectionError(
                .unreachable,
                "\(folder.url.path): no new files; the \(files.count) that are there were taken "
                    + "before. See that the export ran.")
        }
        let reading = XMLReading(
            pattern: pattern, changes: mapping.changes, decoder: decoder, settings: settings,
            folder: folder, builder: builder)
        if fresh.count < files.count {
            reading.builder.doubt(
                .partial(detail: "\(files.count - fresh.count) files were taken before"))
        }
        var read: [TakenFile] = []
        for file in fresh {
            read.append(try await reading.read(file, progress: progress, deliver: deliver))
        }
        return (try reading.finish(), read)
    }

    /// Moves files out of the way that were taken, if the settings say where to.
    ///
    /// To be called when the records are safe. A file that changed meanwhile stays.
    ///
    /// - Throws: ``CollectionError`` when a file cannot be moved.
    public func putAway(_ files: [TakenFile]) throws(CollectionError) {
        guard let target = settings.takenFolder else { return }
        do {
            try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
            for file in files {
                let source = folder.url.appending(path: file.name)
                guard try folder.files().contains(where: { $0.name == file.name }),
                    try CyclicChecksum.of(source) == file.checksum
                else { continue }
                try FileManager.default.moveItem(at: source, to: Self.free(file.name, in: target))
            }
        } catch {
            throw CollectionError(
                .unreachable, "files that were taken cannot be moved to \(target.path): \(error)")
        }
    }

    /// A name that no file has yet: `import.xml`, `import-2.xml`.
    private static func free(_ name: String, in folder: URL) -> URL {
        var url = folder.appending(path: name)
        let (base, ending) = (url.deletingPathExtension().lastPathComponent, url.pathExtension)
        var number = 2
        while FileManager.default.fileExists(atPath: url.path) {
            url = folder.appending(path: "\(base)-\(number).\(ending)")
            number += 1
        }
        return url
    }

    /// Tries whether the mapping fits and files are there.
    public func check(_ entity: EntityDefinition) async -> [SourceCheck] {
        do {
            _ = try prepare(entity)
            let names = try folder.files().map(\.name)
            let list = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
            return [
                SourceCheck(
                    subject: "folder \(folder.url.lastPathComponent)", isPassed: !names.isEmpty,
                    detail: names.isEmpty
                        ? "there are no .xml or .zip files; see that the export ran"
                        : "\(names.count) files: \(list)")
            ]
        } catch {
            return [SourceCheck(subject: "folder", isPassed: false, detail: "\(error)")]
        }
    }

    /// A file has no address to open a record at.
    public func webAddress(of id: RecordID, entity: EntityName) -> String? { nil }

    private func prepare(
        _ entity: EntityDefinition
    ) throws(CollectionError) -> (ElementPattern, RecordDecoder) {
        guard let mapping = mapping[entity.name] else {
            throw CollectionError(
                .misconfigured, "source '\(name)': its mapping has no '\(entity.name)'")
        }
        guard let pattern = ElementPattern(mapping.list) else {
            throw CollectionError(
                .misconfigured,
                "source '\(name)': '\(mapping.list)' does not name elements; expected the form "
                    + "A/B/C, A[Attribute=Value]/B, A/B | C/D")
        }
        return (pattern, RecordDecoder(mapping, entity: entity, timeZone: settings.timeZone))
    }
}
