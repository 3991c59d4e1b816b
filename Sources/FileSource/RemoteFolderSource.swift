public import Collection
public import Foundation
public import Records
public import RemoteFiles

/// A folder on another machine: its files are fetched into a folder here, and read from it.
///
/// What is read in what way is said by the source of the local folder, which is asked only after
/// the fetching ended well.
public struct RemoteFolderSource<Local: IntakeSource>: IntakeSource {
    /// The source of the local folder.
    public let local: Local
    private let remote: RemoteFolder
    private let folder: URL
    private let gate = FetchGate()

    /// Puts a remote folder before a local one.
    ///
    /// - Parameters:
    ///   - remote: Where the files come from.
    ///   - folder: Where they are fetched to; the folder of `local`.
    ///   - local: Reads them.
    public init(_ remote: RemoteFolder, into folder: URL, local: Local) {
        self.remote = remote
        self.folder = folder
        self.local = local
    }

    /// The name in the configuration.
    public var name: SourceName { local.name }

    /// Fetches what is new, then reads.
    public func collect(
        _ entity: EntityDefinition,
        progress: @Sendable (_ delivered: Int, _ announced: Int?) -> Void,
        deliver: ([Record]) async throws -> Void
    ) async throws -> Certificate {
        do {
            let result = try await gate.pass { [remote, folder] in
                try await remote.fetch(into: folder)
            }
            var certificate = try await local.collect(entity, progress: progress, deliver: deliver)
            certificate.requests += result.fetched.count
            certificate.retries += result.retries
            return certificate
        } catch let error as RemoteError {
            throw CollectionError(Self.kind(of: error), error.message)
        }
    }

    /// Notes that what was last collected of an entity is stored.
    public func settle(_ entity: EntityName) throws(CollectionError) { try local.settle(entity) }

    /// Tries to look into the remote folder; nothing is fetched.
    public func check(_ entity: EntityDefinition) async -> [SourceCheck] {
        do {
            let names = try await remote.files().map(\.name)
            let found = SourceCheck(
                subject: "remote folder \(remote.address)", isPassed: !names.isEmpty,
                detail: names.isEmpty
                    ? "there are no files to fetch; see that the export ran"
                    : "\(names.count) files: \(XMLReading.listed(names))")
            return [found]
        } catch {
            return [
                SourceCheck(
                    subject: "remote folder \(remote.address)", isPassed: false, detail: "\(error)")
            ]
        }
    }

    /// A file has no address to open a record at.
    public func webAddress(of id: RecordID, entity: EntityName) -> String? {
        local.webAddress(of: id, entity: entity)
    }

    private static func kind(of error: RemoteError) -> CollectionError.Kind {
        switch error.kind {
        case .misconfigured, .notFound: .misconfigured
        case .authentication, .untrusted: .refused
        case .refused: .limited
        case .connection, .incomplete, .local: .unreachable
        }
    }
}

/// Lets one fetching after another through, as two into one folder would write the same files.
private actor FetchGate {
    private var last: Task<Void, Never>?

    func pass(
        _ fetch: @escaping @Sendable () async throws -> FetchedFiles
    ) async throws -> FetchedFiles {
        let before = last
        let task = Task {
            await before?.value
            try Task.checkCancellation()
            return try await fetch()
        }
        last = Task { _ = await task.result }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}
