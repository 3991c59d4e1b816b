internal import Foundation
public import Storage

/// The outbox, for the command line.
public struct StoredOutbox: Sendable {
    private let configuration: Configuration
    private let session: DatabaseSession

    /// Makes a reader.
    public init(_ configuration: Configuration) {
        self.configuration = configuration
        session = DatabaseSession(
            configuration, resources: ResourceFolders(overrides: configuration.overrides))
    }

    /// Messages, the latest first; without states those that were not sent.
    public func messages(
        _ states: [DeliveryStatus.State]?, channel: String?, limit: Int
    ) async throws -> [DeliveryStatus] {
        try await session.withStore(progress: SilentProgress()) { store in
            try await store.outbox(
                states ?? [.pending, .sending, .failed], channel: channel, limit: limit)
        }
    }

    /// One message with its content and its tries.
    ///
    /// - Throws: `StorageError` when there is none with this number.
    public func message(
        _ id: Int64
    ) async throws -> (status: DeliveryStatus, content: [UInt8]?, attempts: [DeliveryAttempt]) {
        try await session.withStore(progress: SilentProgress()) { try await $0.outboxMessage(id) }
    }

    /// Has messages tried again; `nil` for all dead letters.
    ///
    /// - Returns: How many.
    public func retry(_ ids: [Int64]?) async throws -> Int {
        try await session.withStore(progress: SilentProgress()) { store in
            try await store.retryMessages(ids, by: NSUserName())
        }
    }

    /// Gives messages up for good.
    ///
    /// - Returns: How many.
    public func drop(_ ids: [Int64]) async throws -> Int {
        try await session.withStore(progress: SilentProgress()) { store in
            try await store.dropMessages(ids, by: NSUserName())
        }
    }

    /// Sends what is due now.
    public func send() async throws -> Deliveries {
        try await session.withStore(progress: SilentProgress()) { store in
            try await Deliverer(configuration).drain(store)
        }
    }
}
