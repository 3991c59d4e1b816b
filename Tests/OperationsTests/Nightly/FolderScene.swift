import DatabaseTestSupport
import Foundation
import PostgresClient
import Records
import Storage
import TestSupport

@testable import Operations

/// Two folders of files, and a third one of a journal, as the systems of a night.
struct FolderScene: Sendable {
    let folder: TemporaryFolder
    var configuration: Configuration

    /// Sets the scene, plays, and puts everything away.
    ///
    /// - Parameters:
    ///   - files: The files' contents by place: `left/counterparty.csv`.
    ///   - settings: Lines of `sverka.yaml` beside sources and database.
    ///   - sources: Lines under `sources:` beside left and right.
    ///   - play: The test.
    /// - Throws: What the test throws; what keeps the scene from being set.
    static func play(
        _ files: [String: String], settings: String, sources: String = "",
        _ play: (FolderScene) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        for name in ["left", "right", "journal"] {
            try FileManager.default.createDirectory(
                at: folder.url.appending(path: name), withIntermediateDirectories: true)
        }
        for (place, text) in files { _ = try folder.write(text, to: place) }
        // Whole from the beginning, so that no night has to watch them.
        for side in ["left", "right"] { _ = try folder.write("", to: side + "/done") }
        try await withTestDatabase { database in
            let yaml = """
                data: data
                database: {url: "\(NightScene.url(of: database))"}
                \(settings)
                sources:
                  left: {name: 1c, kind: files, folder: left, ready_file: done}
                  right: {name: crm, kind: files, folder: right, ready_file: done}
                \(sources)

                """
            let file = try folder.write(yaml, to: "sverka.yaml")
            try await play(
                FolderScene(folder: folder, configuration: ConfigurationFile.read(file)))
        }
    }

    /// Runs the nightly job once.
    func night(entities: [EntityName]? = nil) async throws -> JobOutcome {
        try await NightlyAudit(
            configuration, resources: ResourceFolders(overrides: nil), progress: SilentProgress()
        ).run(entities: entities)
    }

    /// Works with what the nights stored.
    func withStore<Value: Sendable>(_ body: (Store) async throws -> Value) async throws -> Value {
        try await DatabaseSession(configuration, resources: ResourceFolders(overrides: nil))
            .withStore(progress: SilentProgress(), body)
    }
}
