import Collection
import Definitions
import FileSource
import Foundation
import Records
import TestSupport
import Testing

/// A folder into which a test exports, and the entities and mappings of the program.
struct ExportFixture {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    static func entity(_ name: String) throws -> EntityDefinition {
        try EntityFile.read(
            ProjectFolders.root.appending(path: "templates/entities/\(name).yaml"))
    }

    static let names = ["counterparty", "product", "price", "stock", "order", "payment"]

    static func mapping(_ name: String) throws -> MappingDefinition {
        try MappingFile.read(
            ProjectFolders.root.appending(path: "templates/mappings/\(name).yaml"),
            entities: names.map(entity))
    }

    /// Writes a file that was modified so many seconds after the year 2026 began.
    func write(_ bytes: [UInt8], to name: String, modified seconds: Double = 0) throws {
        let place = folder.url.appending(path: name)
        try Data(bytes).write(to: place)
        let date = Date(timeIntervalSince1970: 1_767_225_600 + seconds)
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: place.path)
    }

    func write(_ text: String, to name: String, modified seconds: Double = 0) throws {
        try write(Array(text.utf8), to: name, modified: seconds)
    }

    /// Takes files of another folder over.
    func copy(_ files: [String], from other: URL) throws {
        for file in files {
            try write(
                Array(Data(contentsOf: other.appending(path: file))),
                to: file.replacing("/", with: "-"))
        }
    }

    func source(
        _ mapping: String, settings: XMLFolderSource.Settings? = nil
    ) throws -> XMLFolderSource {
        XMLFolderSource(
            name: SourceName("export"), folder: folder.url, mapping: try Self.mapping(mapping),
            settings: settings ?? .init(intake: IntakeSettings(completeness: .asFound)),
            clock: MonotonicClock(ManualClock()))
    }

    /// Everything that is read of an entity.
    func read(
        _ entity: String, _ mapping: String = "commerceml",
        settings: XMLFolderSource.Settings? = nil
    ) async throws -> (rows: [Row], certificate: Certificate) {
        let source = try source(mapping, settings: settings)
        let definition = try Self.entity(entity)
        var rows: [Row] = []
        let certificate = try await source.collect(definition, progress: { _, _ in }) { page in
            rows += page.map { Row(record: $0, entity: definition) }
        }
        return (rows, certificate)
    }

    /// Why reading is refused.
    func refusal(
        _ entity: String = "product", _ mapping: String = "commerceml",
        settings: XMLFolderSource.Settings? = nil
    ) async throws -> CollectionError {
        try await #require(throws: CollectionError.self) {
            try await read(entity, mapping, settings: settings)
        }
    }
}

/// A record whose fields are asked for by their names.
struct Row {
    let record: Record
    let entity: EntityDefinition

    var id: String { record.id.rawValue }

    subscript(field: String) -> String? {
        entity.fields.firstIndex { $0.name.rawValue == field }
            .flatMap { record.fields[$0]?.plainText }
    }
}
