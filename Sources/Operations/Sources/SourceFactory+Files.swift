internal import Collection
internal import FileSource
internal import Foundation
internal import Records
internal import RemoteFiles

extension SourceFactory {
    /// A folder of CSV or JSON Lines files, one for each entity.
    func files(
        _ role: SourceRole, _ settings: Configuration.Source, _ entities: [EntityDefinition]
    ) throws -> ConfiguredSource {
        let place = URL(filePath: settings.address)
        var options = RecordFile.Options()
        options.timeZone = settings.timeZone ?? timeZone
        let folder = FolderSource(
            name: settings.name, folder: place, options: options,
            intake: intake(settings, entities))
        let lack: @Sendable (EntityName) -> ConfiguredSource.Lack? = { entity in
            // A folder that cannot be read, or into which nothing was fetched yet, lacks nothing
            // that could be told of; the reading says what is wrong.
            guard let keeps = try? folder.keeps(entity), !keeps,
                settings.remote == nil || !Self.isEmpty(place)
            else { return nil }
            return .noFile(folder: settings.address)
        }
        guard let remote = try remote(settings) else {
            return ConfiguredSource(role, folder, lack: lack)
        }
        return ConfiguredSource(
            role, RemoteFolderSource(remote, into: place, local: folder), lack: lack)
    }

    /// A folder of XML files that a system exports.
    func exports(
        _ role: SourceRole, _ settings: Configuration.Source, _ mapping: MappingDefinition,
        _ entities: [EntityDefinition]
    ) throws -> ConfiguredSource {
        let place = URL(filePath: settings.address)
        let folder = XMLFolderSource(
            name: settings.name, folder: place, mapping: mapping,
            settings: XMLFolderSource.Settings(
                intake: intake(settings, entities.filter { mapping[$0.name] != nil }),
                timeZone: settings.timeZone ?? timeZone))
        guard let remote = try remote(settings) else {
            return mapped(role, settings, mapping, folder)
        }
        return mapped(
            role, settings, mapping, RemoteFolderSource(remote, into: place, local: folder))
    }

    /// Fetches what is new in the folder of another machine that a source names, if it names one.
    ///
    /// - Throws: `CollectionError`.
    func fetch(_ settings: Configuration.Source) async throws {
        do {
            guard let remote = try remote(settings) else { return }
            _ = try await remote.fetch(into: URL(filePath: settings.address))
        } catch let error as RemoteError {
            throw CollectionError(.unreachable, error.message)
        }
    }

    /// When the files of a source are taken, how often, and what becomes of them.
    func intake(
        _ settings: Configuration.Source, _ entities: [EntityDefinition]
    ) -> IntakeSettings {
        let marker = settings.intake.readyFile.map(IntakeSettings.Completeness.marker)
        return IntakeSettings(
            // What was fetched is whole; whether the export has ended is asked over there.
            completeness: settings.remote == nil
                ? marker ?? IntakeSettings().completeness : .asFound,
            ledger: settings.intake.ledger, takenFolder: settings.intake.takenFolder,
            entities: entities.map(\.name))
    }

    private func remote(_ settings: Configuration.Source) throws -> RemoteFolder? {
        guard let remote = settings.remote else { return nil }
        let credentials = remote.user.map { user in
            remote.privateKey.map { key in
                RemoteCredentials(user: user, privateKey: key, passphrase: remote.passphrase)
            } ?? RemoteCredentials(user: user, password: remote.password ?? "")
        }
        var fetching = RemoteSettings(
            certificateFile: remote.certificateAuthority, knownHosts: remote.knownHosts,
            hostKey: remote.hostKey)
        if let marker = settings.intake.readyFile { fetching.completeness = .marker(marker) }
        return try RemoteFolder(
            RemoteAddress(remote.address), credentials: credentials, settings: fetching)
    }

    private static func isEmpty(_ folder: URL) -> Bool {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        return names?.contains { !$0.hasPrefix(".") } != true
    }
}
