internal import Storage

/// Sends what falls due in the outbox, again and again, until it is cancelled.
struct OutboxKeeper: Sendable {
    /// How long it rests between two looks.
    static let rest = Duration.seconds(10)

    private let store: Store
    private let deliverer: @Sendable () -> Deliverer
    private let pause: @Sendable (Duration) async throws -> Void
    private let log: @Sendable (String) -> Void

    /// Makes a keeper.
    ///
    /// - Parameters:
    ///   - store: Where the outbox is.
    ///   - deliverer: Who sends; asked at each look, since the configuration may change.
    ///   - pause: Waits so long.
    ///   - log: Told what could not be sent.
    init(
        _ store: Store, deliverer: @escaping @Sendable () -> Deliverer,
        pause: @escaping @Sendable (Duration) async throws -> Void,
        log: @escaping @Sendable (String) -> Void
    ) {
        self.store = store
        self.deliverer = deliverer
        self.pause = pause
        self.log = log
    }

    /// Keeps the outbox.
    ///
    /// - Throws: `CancellationError` only: a database that is away is logged.
    func run() async throws {
        while true {
            try Task.checkCancellation()
            do {
                for line in try await deliverer().drain(store).unsent { log(line) }
            } catch let error where !(error is CancellationError) && !Task.isCancelled {
                log("the outbox could not be looked at: " + error.explained)
            }
            try await pause(Self.rest)
        }
    }
}
