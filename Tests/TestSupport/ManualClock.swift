internal import Synchronization

/// A clock that stands still but for those who sleep: each sleep moves it on at once.
public final class ManualClock: Clock {
    /// A moment of the clock: the time since it was made.
    public struct Instant: InstantProtocol {
        /// The time since the clock was made.
        public var offset: Duration

        /// The moment so much later.
        public func advanced(by duration: Duration) -> Instant {
            Instant(offset: offset + duration)
        }

        /// The time from this moment to another.
        public func duration(to other: Instant) -> Duration { other.offset - offset }

        /// Orders moments by time.
        public static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let state = Mutex((now: Instant(offset: .zero), pauses: [Duration]()))

    /// Makes a clock at its beginning.
    public init() {}

    /// The moment that it shows.
    public var now: Instant { state.withLock { $0.now } }

    /// There is nothing shorter than it can tell.
    public var minimumResolution: Duration { .zero }

    /// Every pause that somebody slept.
    public var slept: [Duration] { state.withLock { $0.pauses } }

    /// Moves the clock on.
    public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        state.withLock { state in
            state.pauses.append(state.now.duration(to: deadline))
            state.now = max(state.now, deadline)
        }
    }
}
