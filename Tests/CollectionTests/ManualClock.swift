import Synchronization

/// A clock that stands still but for those who sleep: each sleep moves it on at once.
final class ManualClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let state = Mutex(Instant(offset: .zero))
    private let pauses = Mutex<[Duration]>([])

    var now: Instant { state.withLock { $0 } }
    var minimumResolution: Duration { .zero }

    /// Every pause that somebody slept.
    var slept: [Duration] { pauses.withLock { $0 } }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        let start = now
        pauses.withLock { $0.append(deadline.offset - start.offset) }
        state.withLock { $0 = max($0, deadline) }
    }
}
