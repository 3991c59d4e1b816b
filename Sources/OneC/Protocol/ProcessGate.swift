internal import Collection
internal import Foundation

/// Lets the requests of several processes of one machine through to an infobase, so many at a time.
///
/// Each place is a lock on a file, which ends with its process, however that ends. Whoever wants one first
/// takes its turn, a lock of its own that it holds until it has a place: a process that asks again and
/// again stands behind the one that waits, and a journal does not starve beside a night.
struct ProcessGate: Sendable {
    /// How long a request waits for those of other processes.
    struct Patience: Sendable {
        var clock: MonotonicClock
        /// After so long the request is given up.
        var deadline: Duration
    }

    /// Between two looks whether a place is free: `flock` itself would block a thread of the pool.
    private static let pause = Duration.milliseconds(20)
    /// A wait of so long is told.
    private static let longWait = Duration.seconds(10)

    private let folder: URL
    private let name: String
    private let label: String
    private let tell: @Sendable (String) -> Void

    /// Makes a gate; nothing is locked or written yet.
    ///
    /// - Parameters:
    ///   - address: The infobase; whoever reads it, there is one gate.
    ///   - folder: Where the locks lie.
    ///   - tell: Told when a request waits for long.
    init(
        to address: InfobaseAddress, in folder: URL, tell: @escaping @Sendable (String) -> Void
    ) {
        self.folder = folder
        name = address.publicationDigest
        label = address.label
        self.tell = tell
    }

    /// Runs something on a place that no other process has.
    ///
    /// Where the locks cannot be written it runs all the same: a full disk is no reason not to read.
    ///
    /// - Parameters:
    ///   - places: How many places this process may take of, at least one. Those of fewer get the first
    ///     ones, which others take last.
    ///   - patience: How long to wait.
    ///   - body: What to do.
    /// - Returns: What `body` returns.
    /// - Throws: ``CollectionError`` when there was no place in time; `CancellationError`; what `body`
    ///   throws.
    func pass<Value: Sendable>(
        places: Int, patience: Patience, _ body: () async throws -> Value
    ) async throws -> Value {
        guard let place = try await place(of: places, patience) else { return try await body() }
        defer { place.release() }
        return try await body()
    }

    /// A place that was taken; `nil` where none can be locked.
    private func place(of places: Int, _ patience: Patience) async throws -> PlaceLock? {
        try? PrivateFolder.make(folder, in: folder.deletingLastPathComponent())
        let start = patience.clock.elapsed
        var isTold = false
        guard let turn = PlaceLock(path(of: "turn")) else { return nil }
        defer { turn.release() }
        while !turn.take() { try await wait(since: start, patience, &isTold) }
        let locks = (0..<max(1, places)).reversed().compactMap { PlaceLock(path(of: "\($0)")) }
        guard !locks.isEmpty else { return nil }
        var taken: PlaceLock?
        // The others are closed, also when the wait is cancelled.
        defer {
            for lock in locks where lock !== taken { lock.release() }
        }
        while true {
            taken = locks.first { $0.take() }
            if let taken { return taken }
            try await wait(since: start, patience, &isTold)
        }
    }

    private func wait(
        since start: Duration, _ patience: Patience, _ isTold: inout Bool
    ) async throws {
        let waited = patience.clock.elapsed - start
        guard waited < patience.deadline else {
            throw CollectionError(
                .limited,
                "\(label) is read by another process of this machine; waited "
                    + "\(waited.components.seconds) s for its turn. Run again when that one is "
                    + "done; 'requests_at_once' allows more than one request at a time.")
        }
        if waited >= Self.longWait, !isTold {
            isTold = true
            tell(
                "\(label) is read by another process of this machine; waiting for its turn since "
                    + "\(waited.components.seconds) s")
        }
        try await patience.clock.sleep(for: Self.pause)
    }

    private func path(of part: String) -> String {
        folder.appending(path: "\(name).\(part).lock").path
    }
}

/// A lock on a file, which ends with ``release()`` or with its process.
private final class PlaceLock: Sendable {
    private let descriptor: Int32

    /// Opens the file and takes no lock yet; `nil` where it cannot be opened.
    ///
    /// The descriptor is closed in child processes, or they would keep the lock.
    init?(_ path: String) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        if descriptor < 0 { return nil }
    }

    /// Takes the lock if nobody holds it; where the file system has no locks, there is none to take.
    func take() -> Bool {
        flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK && errno != EINTR
    }

    /// Ends the lock; it may be called once.
    func release() { close(descriptor) }
}
